//! What tests are written with.

#[macro_use]
mod both;
pub mod app;
pub mod authority;
pub mod binary;
pub mod browser;
pub mod database;
pub mod fields;
mod kept_keys;
pub mod party;
pub mod reply;

pub use app::{Setup, TestApp};
pub use browser::Browser;
pub use database::Database;
pub use reply::Reply;
