//! Use cases on both engines. One binary, since linking is dear.

#[macro_use]
mod harness;
mod fixture;

mod admin;
mod administrators;
mod api_connections;
mod applications;
mod apply;
mod audit;
mod claims;
mod identity_scopes;
mod isolation;
mod keys;
mod overview;
mod revisions;
mod roles;
mod subscriptions;
mod users;
