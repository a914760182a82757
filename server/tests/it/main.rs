//! The server as its callers see it: one binary for all integration tests, since linking is dear.
//!
//! `TESSERA_TEST_POSTGRES_URL` names a PostgreSQL database whose user is a superuser: see the crate `testing`.

#[macro_use]
mod support;

mod assets;
mod branding;
mod cli;
mod conformance;
mod console_access;
mod console_session;
mod csrf;
mod headers;
mod health;
mod hosts;
mod importing;
mod input;
mod language;
mod limits;
mod methods;
mod oauth;
mod process;
mod settings;
mod sign_in;
mod tls;
