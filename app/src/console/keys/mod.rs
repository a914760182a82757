//! Signing keys.

pub mod list;
pub mod rotate;
