//! Types of authorization details of an API connection (RFC 9396). They are part of it: a page here is about one of its
//! list, by its number, and saves the connection.

pub mod delete;
pub mod edit;
mod fields;
pub mod new;
mod one;
