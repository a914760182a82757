//! What the tests of several crates share: a database for each of them, and a way to run them. No program uses it.

mod database;
mod run;
mod schema;

pub use database::Database;
pub use run::{Running, run, until_the_end};
