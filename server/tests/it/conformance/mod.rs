//! The modules of the OpenID Foundation's certification suite, done over HTTP as the suite does them: one test
//! for each module, by its name, in one file for each profile.

#[macro_use]
mod plan;
mod modules;
mod suite;

mod basic;
mod config;
mod dynamic;
mod fapi2_security_profile;
mod form_post;
mod hybrid;
mod logout_by_others;
mod rp_initiated_logout;
