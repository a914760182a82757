//! Who may open and submit which page of the console (docs/security.md 62-67, 80).

mod failures;
mod forms;
mod ids;
mod lists;
mod matrix;
mod objects;
mod people;
mod playground;
