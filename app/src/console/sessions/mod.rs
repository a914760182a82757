//! Who is signed in to the subscription.

pub mod end;
pub mod list;
mod rows;

pub use rows::Rows;
