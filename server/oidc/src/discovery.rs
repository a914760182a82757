//! Metadata (OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2): the truth, and no more.

use model::spec::{ContentEncryption, EncryptionAlg, GrantType, ResponseType, SigningAlg, SubjectType};
use serde_json::{Map, Value, json};

use crate::acr;
use crate::authorize::{Prompt, ResponseMode};
use crate::certificate::Support;
use crate::client_auth::AuthMethod;
use crate::endpoint;
use crate::introspection;
use crate::jose::{Alg, MacAlg};
use crate::protected_resource;
use crate::scope::OFFLINE_ACCESS;
use crate::tenant::{Connection, Tenant};

/// Methods by which an API connection authenticates.
const CONNECTION_METHODS: [AuthMethod; 3] =
    [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt];
/// Methods of applications.
const ALL_METHODS: [AuthMethod; 5] = [
    AuthMethod::ClientSecretBasic,
    AuthMethod::ClientSecretPost,
    AuthMethod::ClientSecretJwt,
    AuthMethod::PrivateKeyJwt,
    AuthMethod::None,
];

/// What is so for every subscription of an installation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Installation<'a> {
    /// Languages of the pages.
    pub ui_locales: &'a [&'a str],
    /// What it learns of clients' certificates.
    pub certificates: Support,
}

/// Metadata for RFC 8414.
pub fn oauth(tenant: &Tenant, installation: Installation<'_>) -> Value {
    Value::Object(common(tenant, installation))
}

/// Metadata for OpenID Connect Discovery.
pub fn openid(tenant: &Tenant, installation: Installation<'_>) -> Value {
    let mut metadata = common(tenant, installation);
    let mut put = |name: &str, value: Value| {
        metadata.insert(name.to_owned(), value);
    };
    let url = |path| json!(endpoint::url(tenant.issuer(), path));
    put("userinfo_endpoint", url(endpoint::USERINFO));
    put("end_session_endpoint", url(endpoint::END_SESSION));
    // Back-Channel Logout section 2.1.
    put("backchannel_logout_supported", json!(true));
    put("backchannel_logout_session_supported", json!(true));
    // Front-Channel Logout section 3.
    put("frontchannel_logout_supported", json!(true));
    put("frontchannel_logout_session_supported", json!(true));
    // Session Management section 3.3.
    if tenant.settings().session_management {
        put("check_session_iframe", url(endpoint::CHECK_SESSION));
    }
    put("subject_types_supported", json!(names(SubjectType::ALL, SubjectType::as_str)));
    let by_secret = tenant.applications().any(|one| one.is_enabled() && one.spec().identity_token_alg().is_by_secret());
    let by_secret = by_secret.then_some(SigningAlg::Hs256.as_str());
    let algs: Vec<&str> = names_of_keys().into_iter().chain(by_secret).collect();
    put("id_token_signing_alg_values_supported", json!(algs));
    put("userinfo_signing_alg_values_supported", json!(names_of_keys()));
    // Discovery section 3. By which algorithms the key and the content are encrypted is each application's own setting.
    let (algs, encs) =
        (names(EncryptionAlg::ALL, EncryptionAlg::as_str), names(ContentEncryption::ALL, ContentEncryption::as_str));
    for what in ["id_token", "userinfo"] {
        put(&format!("{what}_encryption_alg_values_supported"), json!(algs));
        put(&format!("{what}_encryption_enc_values_supported"), json!(encs));
    }
    put("claim_types_supported", json!(["normal"]));
    put("claims_supported", json!(claims(tenant)));
    put("claims_parameter_supported", json!(true));
    put("acr_values_supported", json!(acr::SUPPORTED));
    let create = |prompt: &Prompt| *prompt != Prompt::Create || tenant.settings().registration;
    let prompts: Vec<&str> = Prompt::ALL.iter().filter(|(_, p)| create(p)).map(|(name, _)| *name).collect();
    put("prompt_values_supported", json!(prompts));
    Value::Object(metadata)
}

fn common(tenant: &Tenant, installation: Installation<'_>) -> Map<String, Value> {
    let mut metadata = Map::new();
    let mut put = |name: &str, value: Value| {
        metadata.insert(name.to_owned(), value);
    };
    let url = |path| json!(endpoint::url(tenant.issuer(), path));
    put("issuer", json!(tenant.issuer()));
    put("authorization_endpoint", url(endpoint::AUTHORIZE));
    put("token_endpoint", url(endpoint::TOKEN));
    put("jwks_uri", url(endpoint::JWKS));
    put("introspection_endpoint", url(endpoint::INTROSPECT));
    put("revocation_endpoint", url(endpoint::REVOCATION));
    let algs = json!(Alg::ALL.map(Alg::as_str));
    let of_assertions: Vec<&str> =
        Alg::ALL.map(Alg::as_str).into_iter().chain(MacAlg::ALL.map(MacAlg::as_str)).collect();
    put("token_endpoint_auth_signing_alg_values_supported", json!(of_assertions));
    put("revocation_endpoint_auth_signing_alg_values_supported", json!(of_assertions));
    // RFC 9449 section 5.1.
    put("dpop_signing_alg_values_supported", algs.clone());
    // RFC 9126 section 5. Whether an application must push is its own setting.
    put("pushed_authorization_request_endpoint", url(endpoint::PUSHED_REQUEST));
    put("require_pushed_authorization_requests", json!(false));
    // Discovery section 3, RFC 9101 section 10.5. Whether an application must sign is its own setting.
    put("request_parameter_supported", json!(true));
    put("request_uri_parameter_supported", json!(true));
    put("require_request_uri_registration", json!(true));
    put("request_object_signing_alg_values_supported", algs);
    put("require_signed_request_object", json!(false));
    // RFC 8414 section 2: only where somebody may register.
    if tenant.settings().client_registration.is_on() {
        put("registration_endpoint", url(endpoint::REGISTER));
    }
    // draft-ietf-oauth-client-id-metadata-document-00 section 5.
    if tenant.settings().client_registration.metadata_documents {
        put("client_id_metadata_document_supported", json!(true));
    }
    // OpenID Connect CIBA section 4.
    if is_offered(tenant, GrantType::Ciba) {
        put("backchannel_authentication_endpoint", url(endpoint::BACKCHANNEL_AUTHENTICATION));
        put("backchannel_token_delivery_modes_supported", json!(["poll", "ping"]));
        put("backchannel_user_code_parameter_supported", json!(false));
    }
    // RFC 8628 section 4.
    put("device_authorization_endpoint", url(endpoint::DEVICE_AUTHORIZATION));
    put("scopes_supported", json!(scopes(tenant)));
    // RFC 9396 section 10.
    let details = tenant.connections().iter().flat_map(|one| &one.spec().authorization_details_types);
    let details: Vec<&str> = details.map(|one| one.name.as_str()).collect();
    if !details.is_empty() {
        put("authorization_details_types_supported", json!(details));
    }
    let response_types = response_types(tenant);
    // RFC 9728 section 4.
    let resources = protected_resource::resources(tenant);
    if !resources.is_empty() {
        put("protected_resources", json!(resources));
    }
    put("response_types_supported", json!(names(&response_types, ResponseType::as_str)));
    put("response_modes_supported", json!(ResponseMode::names().collect::<Vec<_>>()));
    // JWT Secured Authorization Response Mode section 4.
    put("authorization_signing_alg_values_supported", json!(names_of_keys()));
    // Discovery section 3 counts the response types without a code as a grant type.
    let implicit = response_types.iter().any(|one| !one.has_code()).then_some("implicit");
    let grants = GrantType::ALL.iter().filter(|grant| is_offered(tenant, **grant));
    let grants: Vec<&str> = grants.map(|grant| grant.as_str()).chain(implicit).collect();
    put("grant_types_supported", json!(grants));
    put("code_challenge_methods_supported", json!(["S256"]));
    let methods = methods(installation.certificates);
    put("token_endpoint_auth_methods_supported", json!(methods));
    // RFC 8705 section 3.3.
    if installation.certificates != Support::None {
        put("tls_client_certificate_bound_access_tokens", json!(true));
    }
    put("introspection_endpoint_auth_methods_supported", json!(names(&CONNECTION_METHODS, AuthMethod::as_str)));
    put("introspection_endpoint_auth_signing_alg_values_supported", json!(Alg::ALL.map(Alg::as_str)));
    // RFC 9701 section 7.
    put("introspection_signing_alg_values_supported", json!([introspection::ALG.as_str()]));
    put("revocation_endpoint_auth_methods_supported", json!(methods));
    // RFC 9207 section 3.
    put("authorization_response_iss_parameter_supported", json!(true));
    put("ui_locales_supported", json!(installation.ui_locales));
    metadata
}

/// Those that need more than a registration are listed once an application has them. RFC 9700 section 2.4 on passwords:
/// nobody is invited to use them who does not have to.
fn is_offered(tenant: &Tenant, grant: GrantType) -> bool {
    let in_use = || tenant.applications().any(|one| one.is_enabled() && one.has_grant(grant));
    !matches!(grant, GrantType::Password | GrantType::JwtBearer | GrantType::Ciba) || in_use()
}

/// RFC 8705 section 2: those by a certificate only where the server gets to see it.
fn methods(certificates: Support) -> Vec<&'static str> {
    let by_authority = (certificates == Support::Authorities).then_some(AuthMethod::TlsClientAuth);
    let by_itself = (certificates != Support::None).then_some(AuthMethod::SelfSignedTls);
    ALL_METHODS.into_iter().chain(by_authority).chain(by_itself).map(AuthMethod::as_str).collect()
}

/// A code, and what else an application has switched on.
fn response_types(tenant: &Tenant) -> Vec<ResponseType> {
    let on = |one: ResponseType| {
        tenant.applications().any(|app| app.is_enabled() && app.spec().response_types.contains(&one))
    };
    ResponseType::ALL.iter().copied().filter(|one| !one.is_front() || on(*one)).collect()
}

/// Algorithms of our own keys.
fn names_of_keys() -> Vec<&'static str> {
    SigningAlg::of_keys().map(SigningAlg::as_str).collect()
}

fn names<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    values.iter().copied().map(name).collect()
}

fn scopes(tenant: &Tenant) -> Vec<&str> {
    let identity = tenant.identity_scopes().iter().map(|s| s.spec.name.as_str());
    let api = tenant.connections().iter().flat_map(Connection::scopes).map(|s| s.name.as_str());
    identity.chain(api).chain([OFFLINE_ACCESS]).collect()
}

/// The protocol's own, and the claims that some identity scope lets out.
fn claims(tenant: &Tenant) -> Vec<&str> {
    let mut names: Vec<&str> =
        ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid"].to_vec();
    let held = tenant.claims().keys().filter(|name| tenant.scopes_of_claim(name).next().is_some());
    for name in held {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}
