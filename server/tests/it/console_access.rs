//! Who may open and submit which page of the console (docs/security.md 62-67, 80).

mod administrators;
mod failures;
mod forms;
mod ids;
mod lists;
mod matrix;
mod objects;
pub mod people;
