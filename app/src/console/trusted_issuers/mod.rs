//! Who else may say who a user is (RFC 7523 section 2.1). They are part of a subscription's settings: a page here is
//! about one of their list, by its number, and saves the subscription.

pub mod delete;
pub mod edit;
mod fields;
pub mod new;
mod one;
mod section;

pub use section::TrustedIssuers;
