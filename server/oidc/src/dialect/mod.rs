//! The shape of an application's tokens: one file per dialect, and this table that picks one.
//!
//! A dialect says what stands in a token and in an introspection answer, and whether an access
//! token can be a JWT at all. It never changes scopes, grants or who may have what.

mod connect;
mod grantid;
mod standard;

use model::spec::{AccessTokenFormat, Dialect};
use serde_json::{Map, Value};

use crate::grant::{AccessTokenData, AccessTokenSpec, IdentityTokenSpec};
use crate::tenant::{Application, Connection, Tenant};
use crate::token::ACCESS_TOKEN_TYPE;

/// Payload of a JWT access token.
pub(crate) fn access_payload(
    tenant: &Tenant,
    application: &Application,
    spec: &AccessTokenSpec,
    jti: &str,
) -> Map<String, Value> {
    match application.spec().dialect {
        Dialect::Standard | Dialect::Next => standard::access_payload(tenant, spec, jti),
        Dialect::Grantid => grantid::access_payload(tenant, spec),
        Dialect::Connect => connect::access_payload(tenant, spec),
    }
}

/// `typ` in the header of a JWT access token.
pub(crate) fn access_type(application: &Application) -> &'static str {
    match application.spec().dialect {
        Dialect::Standard | Dialect::Next => ACCESS_TOKEN_TYPE,
        Dialect::Grantid | Dialect::Connect => "JWT",
    }
}

/// True where a JWT access token counts only while it is stored: its content says neither which grant it
/// belongs to nor that it is an access token, and in `connect` the application itself could make one.
pub(crate) fn is_stored(application: &Application) -> bool {
    match application.spec().dialect {
        Dialect::Standard | Dialect::Next => application.spec().format() == AccessTokenFormat::Reference,
        Dialect::Grantid | Dialect::Connect => true,
    }
}

/// Payload of an identity token.
pub(crate) fn identity_payload(
    tenant: &Tenant,
    application: &Application,
    spec: &IdentityTokenSpec,
    access_token: Option<&str>,
) -> Map<String, Value> {
    match application.spec().dialect {
        Dialect::Standard | Dialect::Connect | Dialect::Next => standard::identity_payload(tenant, spec, access_token),
        Dialect::Grantid => grantid::identity_payload(tenant, spec, access_token),
    }
}

/// True where an identity token of the token endpoint says which code was redeemed for it, which is optional
/// (OpenID Connect Core section 3.3.3.6).
pub(crate) fn tells_code(application: &Application) -> bool {
    application.spec().dialect == Dialect::Grantid
}

/// The UserInfo answer, from what the claims engine lets out.
pub(crate) fn userinfo(application: &Application, claims: Map<String, Value>) -> Map<String, Value> {
    match application.spec().dialect {
        Dialect::Standard | Dialect::Connect | Dialect::Next => claims,
        Dialect::Grantid => grantid::with_phone(claims),
    }
}

/// What introspection tells an API connection of a live token that is meant for it.
pub(crate) fn introspection(
    tenant: &Tenant,
    application: &Application,
    connection: &Connection,
    token: &AccessTokenData,
    claims: Map<String, Value>,
) -> Map<String, Value> {
    match application.spec().dialect {
        Dialect::Standard | Dialect::Connect | Dialect::Next => {
            standard::introspection(tenant, connection, token, claims)
        }
        Dialect::Grantid => grantid::introspection(tenant, connection, token, grantid::with_phone(claims)),
    }
}
