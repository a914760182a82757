//! Who may open and submit which page of the console (docs/security.md 62-67, 80).

mod administrators;
mod comfort;
mod detail_types;
mod editing;
mod exchanges;
mod failures;
mod forms;
mod history;
mod ids;
mod lifecycle;
mod lists;
mod logouts;
mod matrix;
mod newcomers;
mod objects;
pub mod people;
mod playground;
mod sign_in_failures;
mod stages;
mod statements;
mod trusted_issuers;
