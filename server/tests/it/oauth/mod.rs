//! The protocol as an application, an API and a browser see it: one file per RFC or endpoint.

pub mod ask;
pub mod forge;
pub mod library;
pub mod world;

mod activity;
mod canary;
mod dialects;
mod disabling;
mod discovery;
mod form_post;
mod isolation;
mod jwks;
mod kinds;
mod nodes;
mod oidc_claims;
mod oidc_prompt;
mod passwords;
mod preview;
mod refused;
mod rfc6749_authorize;
mod rfc6749_client_auth;
mod rfc6749_client_credentials;
mod rfc6749_code;
mod rfc6749_refresh;
mod rfc6750_userinfo;
mod rfc7009_revocation;
mod rfc7636_pkce;
mod rfc7662_introspection;
mod rfc8628_device;
mod rfc8725_tampering;
mod rfc9207_iss;
mod rp_initiated_logout;
mod sessions;
mod sign_in;
mod stages;
mod steps;
