//! Custom claims: facts about users that the standard does not know.

pub mod delete;
pub mod edit;
pub mod fields;
pub mod new;
