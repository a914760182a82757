//! The audit log; one change of the configuration with its difference; taking it back; an object as it was.

mod circumstance;
mod difference;
pub mod export;
mod filter;
mod label;
pub mod list;
pub mod restore;
pub mod undo;
pub mod view;

pub use circumstance::circumstances;
pub use difference::Fields;
pub use label::{field, kind, value_of, word};
