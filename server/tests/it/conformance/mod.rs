//! The modules of the OpenID Foundation's certification suite, done over HTTP as the suite does them: one test
//! for each module, by its name, in one file (or folder) for each profile.

mod suite;

mod basic;
mod config;
mod rp_initiated_logout;
