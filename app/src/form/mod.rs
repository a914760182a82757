//! The form mechanism: a [`Form`] around fields that know their name only.
//!
//! What was typed or stored, the problems at each field, and what somebody else saved meanwhile are
//! in the [`FormState`] that the page hands to its [`Form`]; fields find it in the context. Field
//! names are the keys of the `apply` file.

pub mod choice;
pub mod claim;
mod conflict;
pub mod field;
pub mod file;
pub mod frame;
pub mod group;
pub mod guard;
pub mod lifetime;
pub mod merge;
pub mod staged;
pub mod state;
pub mod summary;
pub mod text;

pub use choice::{CheckboxField, Opt, SelectField};
pub use claim::ClaimField;
pub use field::Hidden;
pub use file::{ColourField, FileField};
pub use frame::{Folded, Form, Here, Section, SubmitBar};
pub use group::{CheckboxGroup, RadioGroup};
pub use guard::{fixed, only, version};
pub use lifetime::LifetimeField;
pub use merge::Merge;
pub use state::{FormState, Trouble};
pub use summary::ErrorSummary;
pub use text::{PasswordField, TextArea, TextField};

#[cfg(test)]
mod tests;
