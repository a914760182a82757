//! The shape of an application's tokens: one file per dialect, and this table that picks one.
//!
//! A dialect says what stands in a token and in an introspection answer, and whether an access
//! token can be a JWT at all. It never changes scopes, grants or who may have what.

mod standard;

use model::spec::Dialect;
use serde_json::{Map, Value};

use crate::grant::{AccessTokenData, AccessTokenSpec, IdentityTokenSpec};
use crate::tenant::{Application, Connection, Tenant};

/// Payload of a JWT access token.
pub(crate) fn access_payload(
    tenant: &Tenant,
    application: &Application,
    spec: &AccessTokenSpec,
    jti: &str,
) -> Map<String, Value> {
    match application.spec().dialect {
        Dialect::Standard => standard::access_payload(tenant, spec, jti),
    }
}

/// Payload of an identity token.
pub(crate) fn identity_payload(
    tenant: &Tenant,
    application: &Application,
    spec: &IdentityTokenSpec,
    access_token: &str,
) -> Map<String, Value> {
    match application.spec().dialect {
        Dialect::Standard => standard::identity_payload(tenant, spec, access_token),
    }
}

/// What introspection tells an API connection of a live token that is meant for it.
pub(crate) fn introspection(
    tenant: &Tenant,
    application: &Application,
    connection: &Connection,
    token: &AccessTokenData,
) -> Map<String, Value> {
    match application.spec().dialect {
        Dialect::Standard => standard::introspection(tenant, connection, token),
    }
}
