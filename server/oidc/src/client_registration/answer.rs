//! The client information response (RFC 7591 section 3.2.1, RFC 7592 section 3).

use model::spec::{ApplicationSpec, ApplicationType, ClientAuthentication, Encryption, GrantType, ResponseType};
use serde_json::{Map, Value, json};

use super::Statement;
use super::application::IMPLICIT;
use super::software_statement;
use crate::client_auth::AuthMethod;

/// What goes with the metadata.
#[derive(Clone, Copy, Debug)]
pub struct Issued<'a> {
    /// Only where it was made in this very request: it is kept as a hash.
    pub client_secret: Option<&'a str>,
    /// Unix seconds.
    pub client_id_issued_at: i64,
    /// The management token.
    pub registration_access_token: &'a str,
    /// Where it counts.
    pub registration_client_uri: &'a str,
    /// How it said that it would send its secret.
    pub secret_method: &'a str,
    /// With which statement it came, as it was sent.
    pub software_statement: Option<&'a str>,
}

/// Section 3.2.1: "the authorization server MUST return all registered metadata about this client".
pub fn registered(spec: &ApplicationSpec, issued: &Issued<'_>) -> Value {
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| {
        answer.insert(name.to_owned(), value);
    };
    put("client_id", json!(spec.client_id));
    put("client_id_issued_at", json!(issued.client_id_issued_at));
    if let Some(secret) = issued.client_secret {
        put("client_secret", json!(secret));
        // "OPTIONAL if no client secret is issued, otherwise REQUIRED […] or 0 if it will not expire".
        put("client_secret_expires_at", json!(0));
    }
    put("registration_access_token", json!(issued.registration_access_token));
    put("registration_client_uri", json!(issued.registration_client_uri));
    // Section 3.2.1: "its value MUST be returned unmodified in the response along with other metadata", and "Client
    // metadata elements used from the software statement MUST also be returned directly as top-level client metadata
    // values".
    if let Some(text) = issued.software_statement {
        put(software_statement::MEMBER, json!(text));
        let said = Statement::kept(text).ok();
        let software = said
            .iter()
            .flat_map(|said| [("software_id", said.software_id()), ("software_version", said.software_version())]);
        for (name, value) in software.filter_map(|(name, value)| Some((name, value?))) {
            put(name, json!(value));
        }
    }
    put("client_name", json!(spec.name));
    put("application_type", json!(application_type(spec.kind)));
    put("token_endpoint_auth_method", json!(method(spec, issued.secret_method)));
    put("grant_types", json!(grant_types(spec)));
    put("response_types", json!(response_types(spec)));
    put("redirect_uris", json!(spec.redirect_uris));
    let scopes: Vec<&str> =
        spec.allowed_identity_scopes.iter().chain(&spec.allowed_api_scopes).map(String::as_str).collect();
    put("scope", json!(scopes.join(" ")));
    put("subject_type", json!(spec.subject_type.as_str()));
    put("id_token_signed_response_alg", json!(spec.identity_token_alg().as_str()));
    let texts = [
        ("client_uri", &spec.client_uri),
        ("logo_uri", &spec.logo_uri),
        ("sector_identifier_uri", &spec.sector_identifier_uri),
        ("policy_uri", &spec.policy_uri),
        ("tos_uri", &spec.tos_uri),
        ("jwks_uri", &spec.jwks_uri),
        ("backchannel_logout_uri", &spec.backchannel_logout_uri),
        ("frontchannel_logout_uri", &spec.frontchannel_logout_uri),
        ("backchannel_client_notification_endpoint", &spec.backchannel_client_notification_endpoint),
    ];
    for (name, value) in texts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        put(name, json!(value));
    }
    if spec.grant_types.contains(&GrantType::Ciba) {
        let mode = if spec.backchannel_client_notification_endpoint.is_some() { "ping" } else { "poll" };
        put("backchannel_token_delivery_mode", json!(mode));
    }
    if let Some(set) = &spec.jwks {
        put("jwks", set.clone());
    }
    if let Some(name) = &spec.tls_client_auth {
        let (kind, value) = name.parts();
        put(&format!("tls_client_auth_{kind}"), json!(value));
    }
    if let Some(alg) = spec.userinfo_signed_response_alg {
        put("userinfo_signed_response_alg", json!(alg.as_str()));
    }
    for (what, encryption) in [("id_token", spec.identity_token_encryption()), ("userinfo", spec.userinfo_encryption())]
    {
        if let Some(Encryption { alg, enc }) = encryption {
            put(&format!("{what}_encrypted_response_alg"), json!(alg.as_str()));
            put(&format!("{what}_encrypted_response_enc"), json!(enc.as_str()));
        }
    }
    let lists = [
        ("post_logout_redirect_uris", &spec.post_logout_redirect_uris),
        ("request_uris", &spec.request_uris),
        ("authorization_details_types", &spec.allowed_authorization_details_types),
    ];
    for (name, values) in lists.into_iter().filter(|(_, values)| !values.is_empty()) {
        put(name, json!(values));
    }
    for (name, on) in [
        ("backchannel_logout_session_required", spec.backchannel_logout_session_required),
        ("frontchannel_logout_session_required", spec.frontchannel_logout_session_required),
        ("require_pushed_authorization_requests", spec.require_pushed_authorization_requests),
        ("require_signed_request_object", spec.require_signed_request_object),
        ("dpop_bound_access_tokens", spec.dpop_bound_access_tokens),
        ("tls_client_certificate_bound_access_tokens", spec.tls_client_certificate_bound_access_tokens),
    ] {
        put(name, json!(on));
    }
    Value::Object(answer)
}

fn application_type(kind: ApplicationType) -> &'static str {
    match kind {
        ApplicationType::Native => "native",
        ApplicationType::Web | ApplicationType::SinglePage | ApplicationType::Service | ApplicationType::Device => {
            "web"
        }
    }
}

fn method<'a>(spec: &ApplicationSpec, secret_method: &'a str) -> &'a str {
    match spec.token_endpoint_auth_method {
        _ if !spec.kind.is_confidential() => AuthMethod::None.as_str(),
        ClientAuthentication::Secret => secret_method,
        other => other.as_str(),
    }
}

fn grant_types(spec: &ApplicationSpec) -> Vec<&'static str> {
    let implicit = spec.response_types.iter().any(|one| one.is_front()).then_some(IMPLICIT);
    spec.grant_types.iter().map(|grant| grant.as_str()).chain(implicit).collect()
}

/// One that redeems no codes is answered with none.
fn response_types(spec: &ApplicationSpec) -> Vec<&'static str> {
    let codes = spec.grant_types.contains(&GrantType::AuthorizationCode);
    let all = spec.response_types.iter().filter(|one| codes || !one.has_code());
    all.copied().map(ResponseType::as_str).collect()
}
