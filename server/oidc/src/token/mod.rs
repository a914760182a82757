//! Headers, payloads and the token response. The caller signs.

mod encode;
mod response;

pub use encode::{ACCESS_TOKEN_TYPE, header, signing_input};
pub use response::TokenResponse;

use serde_json::{Map, Value};

use crate::dialect;
use crate::grant::{AccessTokenSpec, IdentityTokenSpec};
use crate::tenant::{Application, Tenant};

/// Payload of a JWT access token. `jti` is random, made by the caller.
pub fn access_payload(
    tenant: &Tenant,
    application: &Application,
    spec: &AccessTokenSpec,
    jti: &str,
) -> Map<String, Value> {
    dialect::access_payload(tenant, application, spec, jti)
}

/// `typ` in the header of a JWT access token of an application.
pub fn access_type(application: &Application) -> &'static str {
    dialect::access_type(application)
}

/// Payload of an identity token, and of which access token it goes with.
pub fn identity_payload(
    tenant: &Tenant,
    application: &Application,
    spec: &IdentityTokenSpec,
    access_token: Option<&str>,
) -> Map<String, Value> {
    dialect::identity_payload(tenant, application, spec, access_token)
}
