//! Identity scopes: a name that an application may request, and the claims that it lets out.

pub mod delete;
pub mod edit;
pub mod fields;
pub mod new;
