//! FAPI 2.0 Security Profile, authorization server: `private_key_jwt`, DPoP, OpenID Connect, unsigned requests. Names are
//! those of the suite's plan `fapi2-security-profile-final`, whose modules for other countries' profiles, signed requests
//! and grant management are left out.

/// One test for each module.
macro_rules! module {
    ($name:ident, |$suite:ident| $body:expr) => {
        both!($name, |app| async move {
            let $suite = $crate::conformance::fapi2_security_profile::suite::Suite::open(&app).await;
            $body
        });
    };
}

mod suite;

mod proofs;
mod pushed;
mod requests;
mod tokens;
