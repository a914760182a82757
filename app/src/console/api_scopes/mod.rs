//! API scopes: permissions inside an API connection.

pub mod delete;
pub mod edit;
pub mod fields;
pub mod new;
