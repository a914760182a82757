//! Dialect `grantid`: what Grantid and Code 100 ID documented of their tokens, so that software written for
//! them works unchanged.

use serde_json::{Map, Value, json};

use super::standard::{self, one_or_many};
use crate::grant::{AccessTokenData, AccessTokenSpec, IdentityTokenSpec};
use crate::tenant::{Connection, Tenant};

/// `nbf exp iss aud client_id sub auth_time scope amr`: the scopes as an array, the issuer among the audiences.
pub fn access_payload(tenant: &Tenant, spec: &AccessTokenSpec) -> Map<String, Value> {
    let data = &spec.data;
    // Claims of the user first: what the protocol says afterwards overwrites, never the reverse.
    let mut payload = with_phone(spec.claims.clone());
    let mut put = |name: &str, value: Value| {
        payload.insert(name.to_owned(), value);
    };
    put("nbf", json!(data.issued_at));
    put("exp", json!(data.expires_at));
    put("iss", json!(tenant.issuer()));
    put("aud", one_or_many(&audience(tenant, &data.audience)));
    put("client_id", json!(data.client_id));
    put("sub", json!(data.subject()));
    put("scope", json!(data.scopes));
    if let Some(auth_time) = data.auth_time {
        put("auth_time", json!(auth_time));
    }
    if !data.amr.is_empty() {
        put("amr", json!(data.amr));
    }
    if let Some(actor) = &data.actor {
        put("act", json!(actor));
    }
    if let Some(may_act) = &data.may_act {
        put("may_act", json!(may_act));
    }
    payload
}

/// As OpenID Connect Core has it, with `nbf`.
pub fn identity_payload(tenant: &Tenant, spec: &IdentityTokenSpec, access_token: Option<&str>) -> Map<String, Value> {
    let mut payload = with_phone(standard::identity_payload(tenant, spec, access_token));
    payload.insert("nbf".to_owned(), json!(spec.issued_at));
    payload
}

/// `aud` an array with the issuer and the connection, `amr` one string, `nbf` where RFC 7662 has `iat`.
pub fn introspection(
    tenant: &Tenant,
    connection: &Connection,
    token: &AccessTokenData,
    claims: Map<String, Value>,
) -> Map<String, Value> {
    let mut answer = standard::introspection(tenant, connection, token, claims);
    for undocumented in ["iat", "token_type", "acr"] {
        answer.remove(undocumented);
    }
    answer.insert("nbf".to_owned(), json!(token.issued_at));
    let name = connection.named_in(&token.audience).unwrap_or(connection.name());
    answer.insert("aud".to_owned(), json!([tenant.issuer(), name]));
    if !token.amr.is_empty() {
        answer.insert("amr".to_owned(), json!(token.amr.join(" ")));
    }
    answer
}

/// The product called the phone number `phone`. A claim of that name stays what it is.
pub fn with_phone(mut claims: Map<String, Value>) -> Map<String, Value> {
    if let Some(number) = claims.get("phone_number").cloned() {
        claims.entry("phone").or_insert(number);
    }
    claims
}

/// The issuer, and the granted connections.
fn audience(tenant: &Tenant, granted: &[String]) -> Vec<String> {
    let connections = granted.iter().filter(|name| *name != tenant.issuer());
    std::iter::once(tenant.issuer().to_owned()).chain(connections.cloned()).collect()
}
