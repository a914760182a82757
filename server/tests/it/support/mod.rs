//! What tests are written with.

#[macro_use]
pub mod both;
pub mod app;
pub mod authority;
pub mod binary;
pub mod browser;
pub mod fields;
mod kept_keys;
pub mod party;
pub mod reply;

pub use app::{Setup, TestApp};
pub use browser::Browser;
pub use reply::Reply;
pub use testing::Database;
