//! The token preview: what an application gets with a form as it stands, saved or not. On the page of an
//! application it is about that one; on those of claims and scopes the reader chooses one.

pub mod object;
mod question;
mod section;

pub use question::{FIELDS, Shown, is_asked, look, nothing};
pub use section::{ANCHOR, PreviewButton, TokenPreviewSection};
