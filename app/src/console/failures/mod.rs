//! The failure doctor: a refused request by its reference.

pub mod allow;
pub mod lift;
mod sign_in;
mod view;

pub use view::show;
