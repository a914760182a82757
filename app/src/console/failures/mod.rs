//! The failure doctor: a refused request by its reference.

pub mod allow;
mod view;

pub use view::show;
