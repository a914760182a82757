//! Use cases on both engines. One binary, since linking is dear.

#[macro_use]
mod harness;
// Both crates' tests take their keys from one heap.
mod fixture;
#[path = "../../../tests/it/support/kept_keys.rs"]
mod kept_keys;

mod admin;
mod administrators;
mod api_connections;
mod applications;
mod apply;
mod audit;
mod branding;
mod claims;
mod consents;
mod detail_types;
mod duplicate;
mod history;
mod identity_scopes;
mod importing;
mod isolation;
mod keys;
mod overview;
mod revisions;
mod roles;
mod secret_life;
mod stages;
mod subscriptions;
mod trusted_issuers;
mod users;
