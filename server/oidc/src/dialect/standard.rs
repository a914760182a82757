//! Dialect `standard`: RFC 9068 access tokens, OpenID Connect Core identity tokens, RFC 7662.

use serde_json::{Map, Value, json};

use crate::authorization_details::Detail;
use crate::claims::{GRANT_ID, USERINFO_CLAIMS};
use crate::digest;
use crate::grant::{AccessTokenData, AccessTokenSpec, IdentityTokenSpec};
use crate::scope;
use crate::tenant::{Connection, Tenant};

/// RFC 9068 section 2.2, with the grant as a private claim: a revoked grant kills its tokens.
pub fn access_payload(tenant: &Tenant, spec: &AccessTokenSpec, jti: &str) -> Map<String, Value> {
    let data = &spec.data;
    // Claims of the user first: what the protocol says afterwards overwrites, never the reverse.
    let mut payload = spec.claims.clone();
    let mut put = |name: &str, value: Value| {
        payload.insert(name.to_owned(), value);
    };
    put("iss", json!(tenant.issuer()));
    put("aud", one_or_many(&data.audience));
    put("sub", json!(data.subject()));
    put("client_id", json!(data.client_id));
    put("iat", json!(data.issued_at));
    put("exp", json!(data.expires_at));
    put("jti", json!(jti));
    if !data.scopes.is_empty() {
        put("scope", json!(scope::join(&data.scopes)));
    }
    // RFC 9396 section 9.1.
    if !data.authorization_details.is_empty() {
        put("authorization_details", json!(data.authorization_details));
    }
    if let Some(auth_time) = data.auth_time {
        put("auth_time", json!(auth_time));
    }
    if let Some(acr) = &data.acr {
        put("acr", json!(acr));
    }
    if !data.amr.is_empty() {
        put("amr", json!(data.amr));
    }
    if let Some(grant_id) = &data.grant_id {
        put(GRANT_ID, json!(grant_id));
    }
    if let Some(confirmation) = data.confirmation() {
        put("cnf", confirmation);
    }
    if let Some(actor) = &data.actor {
        put("act", json!(actor));
    }
    if let Some(may_act) = &data.may_act {
        put("may_act", json!(may_act));
    }
    if !data.userinfo_claims.is_empty() {
        put(USERINFO_CLAIMS, json!(data.userinfo_claims));
    }
    payload
}

/// OpenID Connect Core section 2. `at_hash` is optional in the code flow (section 3.1.3.6), REQUIRED where an access token
/// comes along through the browser (section 3.2.2.10), and costs nothing; `azp` is left out, since there is one audience.
pub fn identity_payload(tenant: &Tenant, spec: &IdentityTokenSpec, access_token: Option<&str>) -> Map<String, Value> {
    let mut payload = spec.claims.clone();
    let mut put = |name: &str, value: Value| {
        payload.insert(name.to_owned(), value);
    };
    let authentication = &spec.authentication;
    put("iss", json!(tenant.issuer()));
    put("sub", json!(spec.subject));
    put("aud", json!(spec.client_id));
    put("iat", json!(spec.issued_at));
    put("exp", json!(spec.expires_at));
    put("auth_time", json!(authentication.auth_time));
    if let Some(access_token) = access_token {
        put("at_hash", json!(digest::left_half(spec.alg, access_token)));
    }
    if let Some(c_hash) = &spec.c_hash {
        put("c_hash", json!(c_hash));
    }
    if let Some(nonce) = &spec.nonce {
        put("nonce", json!(nonce));
    }
    if let Some(acr) = &authentication.acr {
        put("acr", json!(acr));
    }
    if !authentication.amr.is_empty() {
        put("amr", json!(authentication.amr));
    }
    if let Some(sid) = &spec.session {
        put("sid", json!(sid));
    }
    payload
}

/// RFC 7662 section 2.2, with the scopes of the asking connection only.
pub fn introspection(
    tenant: &Tenant,
    connection: &Connection,
    token: &AccessTokenData,
    claims: Map<String, Value>,
) -> Map<String, Value> {
    let scopes: Vec<String> = token.scopes.iter().filter(|s| connection.owns_scope(s)).cloned().collect();
    // The protocol's members last: they overwrite, never the reverse.
    let mut answer = claims;
    let mut put = |name: &str, value: Value| {
        answer.insert(name.to_owned(), value);
    };
    put("active", json!(true));
    put("iss", json!(tenant.issuer()));
    put("aud", json!(connection.named_in(&token.audience).unwrap_or(connection.name())));
    put("sub", json!(token.subject()));
    put("client_id", json!(token.client_id));
    put("scope", json!(scope::join(&scopes)));
    put("token_type", json!(token.token_type()));
    // RFC 9396 section 9.2: "filtered and extended for the RS making the introspection request".
    let own = |detail: &&Detail| connection.owns_detail_type(detail.kind());
    let details: Vec<&Detail> = token.authorization_details.iter().filter(own).collect();
    if !details.is_empty() {
        put("authorization_details", json!(details));
    }
    if let Some(confirmation) = token.confirmation() {
        put("cnf", confirmation);
    }
    if let Some(actor) = &token.actor {
        put("act", json!(actor));
    }
    if let Some(may_act) = &token.may_act {
        put("may_act", json!(may_act));
    }
    put("iat", json!(token.issued_at));
    put("exp", json!(token.expires_at));
    if let Some(auth_time) = token.auth_time {
        put("auth_time", json!(auth_time));
    }
    if let Some(acr) = &token.acr {
        put("acr", json!(acr));
    }
    if !token.amr.is_empty() {
        put("amr", json!(token.amr));
    }
    answer
}

/// RFC 7519 section 4.1.3: "In the special case when the JWT has one audience, the aud value MAY be
/// a single case-sensitive string".
pub fn one_or_many(values: &[String]) -> Value {
    match values {
        [one] => json!(one),
        many => json!(many),
    }
}
