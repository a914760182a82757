//! Every query, on both engines. One binary, since linking is dear.

#[macro_use]
mod harness;
mod fixture;

mod administrators;
mod applications;
mod cleaning;
mod compliance;
mod configuration;
mod deleting;
mod device_codes;
mod engine;
mod finding;
mod grouping;
mod history;
mod images;
mod importing;
mod lifecycle;
mod logouts;
mod logs;
mod migrating;
mod people;
mod playground;
mod proofs;
mod racing;
mod searching;
mod sessions;
mod tokens;
mod uniqueness;
