//! What people see: pages, their components, islands and server functions.
//!
//! With the feature `ssr` (the server) pages load their data from `service` and become HTML. With
//! `hydrate` (the browser) only the islands exist. Which page stands at which address is in
//! [`routes`]; what a page is given and answers is in [`visit`]; the document around it is made by
//! [`shell::render`].

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their properties"))]

pub mod islands;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod console;
#[cfg(feature = "ssr")]
pub mod end_user;
#[cfg(feature = "ssr")]
pub mod error_page;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod language;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod visit;

#[cfg(feature = "ssr")]
pub use routes::{Guard, Route};
#[cfg(feature = "ssr")]
pub use shell::{Assets, Rendered, render};
