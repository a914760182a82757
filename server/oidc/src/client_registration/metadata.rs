//! Client metadata as it comes (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2).

use model::spec::{
    CertificateName, ContentEncryption, Encryption, EncryptionAlg, ResponseType, SigningAlg, SubjectType,
};
use serde_json::{Map, Value};

use super::invalid;
use crate::client_auth::AuthMethod;
use crate::error::{ErrorCode, OAuthError};

/// Most values of one list, and characters of one value.
const MAX_VALUES: usize = 50;
const MAX_LENGTH: usize = 2_000;

/// What an application says of itself. `None` and an empty list where it says nothing.
#[expect(clippy::struct_excessive_bools, reason = "members of the metadata")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    pub(super) redirect_uris: Vec<String>,
    pub(super) post_logout_redirect_uris: Vec<String>,
    pub(super) request_uris: Vec<String>,
    pub(super) grant_types: Option<Vec<String>>,
    pub(super) response_types: Option<Vec<ResponseType>>,
    pub(super) token_endpoint_auth_method: Option<String>,
    pub(super) application_type: Option<String>,
    pub(super) client_name: Option<String>,
    pub(super) subject_type: SubjectType,
    pub(super) sector_identifier_uri: Option<String>,
    pub(super) client_uri: Option<String>,
    pub(super) logo_uri: Option<String>,
    pub(super) policy_uri: Option<String>,
    pub(super) tos_uri: Option<String>,
    pub(super) scope: Option<Vec<String>>,
    pub(super) jwks: Option<Value>,
    pub(super) jwks_uri: Option<String>,
    pub(super) id_token_signed_response_alg: Option<SigningAlg>,
    pub(super) userinfo_signed_response_alg: Option<SigningAlg>,
    pub(super) id_token_encryption: Option<Encryption>,
    pub(super) userinfo_encryption: Option<Encryption>,
    pub(super) backchannel_logout_uri: Option<String>,
    pub(super) backchannel_logout_session_required: bool,
    pub(super) backchannel_client_notification_endpoint: Option<String>,
    pub(super) frontchannel_logout_uri: Option<String>,
    pub(super) frontchannel_logout_session_required: bool,
    pub(super) require_pushed_authorization_requests: bool,
    pub(super) require_signed_request_object: bool,
    pub(super) dpop_bound_access_tokens: bool,
    pub(super) tls_client_auth: Option<CertificateName>,
    pub(super) tls_client_certificate_bound_access_tokens: bool,
    pub(super) authorization_details_types: Option<Vec<String>>,
}

impl Metadata {
    /// True for one that sends its secret as a parameter (RFC 6749 section 2.3.1).
    pub fn sends_secret_in_body(&self) -> bool {
        self.token_endpoint_auth_method.as_deref() == Some(AuthMethod::ClientSecretPost.as_str())
    }

    /// Reads the members that count; a software statement is not among them ([`super::Statement::over`] comes before).
    /// Section 2: "The authorization server MUST ignore any client metadata sent by
    /// the client that it does not understand".
    ///
    /// # Errors
    /// Section 3.2.2.
    pub fn read(body: &Map<String, Value>) -> Result<Self, OAuthError> {
        let subject_type = text(body, "subject_type")?
            .map(|kind| SubjectType::parse(&kind).ok_or_else(|| invalid("subject_type: must be public or pairwise")));
        let redirect_uris =
            list(body, "redirect_uris").map_err(|error| OAuthError { code: ErrorCode::InvalidRedirectUri, ..error })?;
        Ok(Self {
            redirect_uris: redirect_uris.unwrap_or_default(),
            post_logout_redirect_uris: list(body, "post_logout_redirect_uris")?.unwrap_or_default(),
            request_uris: list(body, "request_uris")?.unwrap_or_default(),
            grant_types: list(body, "grant_types")?,
            response_types: response_types(body)?,
            token_endpoint_auth_method: text(body, "token_endpoint_auth_method")?,
            application_type: text(body, "application_type")?,
            client_name: text(body, "client_name")?,
            subject_type: subject_type.transpose()?.unwrap_or_default(),
            sector_identifier_uri: text(body, "sector_identifier_uri")?,
            client_uri: text(body, "client_uri")?,
            logo_uri: text(body, "logo_uri")?,
            policy_uri: text(body, "policy_uri")?,
            tos_uri: text(body, "tos_uri")?,
            scope: text(body, "scope")?
                .map(|all| all.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect()),
            jwks: body.get("jwks").filter(|set| !set.is_null()).cloned(),
            jwks_uri: text(body, "jwks_uri")?,
            id_token_signed_response_alg: alg(body, "id_token_signed_response_alg")?,
            userinfo_signed_response_alg: alg(body, "userinfo_signed_response_alg")?,
            id_token_encryption: encryption(body, "id_token")?,
            userinfo_encryption: encryption(body, "userinfo")?,
            backchannel_logout_uri: text(body, "backchannel_logout_uri")?,
            backchannel_logout_session_required: flag(body, "backchannel_logout_session_required")?,
            backchannel_client_notification_endpoint: notified_at(body)?,
            frontchannel_logout_uri: text(body, "frontchannel_logout_uri")?,
            frontchannel_logout_session_required: flag(body, "frontchannel_logout_session_required")?,
            require_pushed_authorization_requests: flag(body, "require_pushed_authorization_requests")?,
            require_signed_request_object: flag(body, "require_signed_request_object")?,
            dpop_bound_access_tokens: flag(body, "dpop_bound_access_tokens")?,
            tls_client_auth: certificate_name(body)?,
            tls_client_certificate_bound_access_tokens: flag(body, "tls_client_certificate_bound_access_tokens")?,
            authorization_details_types: list(body, "authorization_details_types")?,
        })
    }
}

fn short(name: &str, value: &Value) -> Result<String, OAuthError> {
    match value {
        Value::String(text) if text.len() <= MAX_LENGTH => Ok(text.clone()),
        Value::String(_) => Err(invalid(format!("{name}: too long"))),
        _ => Err(invalid(format!("{name}: must be a string"))),
    }
}

/// RFC 7592 section 2.2: "omitted fields MUST be treated as null or empty values". So is an empty text.
fn text(body: &Map<String, Value>, name: &str) -> Result<Option<String>, OAuthError> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => Ok(Some(short(name, value)?).filter(|text| !text.is_empty())),
    }
}

fn list(body: &Map<String, Value>, name: &str) -> Result<Option<Vec<String>>, OAuthError> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(all)) if all.len() > MAX_VALUES => Err(invalid(format!("{name}: too many values"))),
        Some(Value::Array(all)) => all.iter().map(|one| short(name, one)).collect::<Result<_, _>>().map(Some),
        Some(_) => Err(invalid(format!("{name}: must be a list of strings"))),
    }
}

fn flag(body: &Map<String, Value>, name: &str) -> Result<bool, OAuthError> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(on)) => Ok(*on),
        Some(_) => Err(invalid(format!("{name}: must be true or false"))),
    }
}

fn alg(body: &Map<String, Value>, name: &str) -> Result<Option<SigningAlg>, OAuthError> {
    let Some(text) = text(body, name)? else { return Ok(None) };
    SigningAlg::parse(&text).map(Some).ok_or_else(|| invalid(format!("{name}: this algorithm is not supported")))
}

/// OpenID Connect Dynamic Client Registration section 2: "If `id_token_encrypted_response_alg` is specified, the default
/// `id_token_encrypted_response_enc` value is A128CBC-HS256. When `id_token_encrypted_response_enc` is included,
/// `id_token_encrypted_response_alg` MUST also be provided." It has the same of UserInfo.
fn encryption(body: &Map<String, Value>, what: &str) -> Result<Option<Encryption>, OAuthError> {
    let (alg_name, enc_name) = (format!("{what}_encrypted_response_alg"), format!("{what}_encrypted_response_enc"));
    let unknown = |name: &str| invalid(format!("{name}: this algorithm is not supported"));
    let alg = text(body, &alg_name)?.map(|text| EncryptionAlg::parse(&text).ok_or_else(|| unknown(&alg_name)));
    let enc = text(body, &enc_name)?.map(|text| ContentEncryption::parse(&text).ok_or_else(|| unknown(&enc_name)));
    match (alg.transpose()?, enc.transpose()?) {
        (Some(alg), enc) => Ok(Some(Encryption { alg, enc: enc.unwrap_or_default() })),
        (None, Some(_)) => Err(invalid(format!("{enc_name}: {alg_name} is missing"))),
        (None, None) => Ok(None),
    }
}

/// OpenID Connect CIBA section 4: the mode is "One of the following values: poll, ping, or push", and the endpoint is "REQUIRED if
/// the token delivery mode is set to ping or push". Nothing is pushed here.
fn notified_at(body: &Map<String, Value>) -> Result<Option<String>, OAuthError> {
    let at = text(body, "backchannel_client_notification_endpoint")?;
    match text(body, "backchannel_token_delivery_mode")?.as_deref() {
        None | Some("poll") => Ok(None),
        Some("ping") if at.is_some() => Ok(at),
        Some("ping") => Err(invalid("backchannel_client_notification_endpoint: is missing")),
        Some(_) => Err(invalid("backchannel_token_delivery_mode: must be poll or ping")),
    }
}

/// RFC 8705 section 2.1.2: exactly one of them.
fn certificate_name(body: &Map<String, Value>) -> Result<Option<CertificateName>, OAuthError> {
    let mut found = None;
    for kind in CertificateName::KINDS {
        let Some(value) = text(body, &format!("tls_client_auth_{kind}"))? else { continue };
        if found.is_some() {
            return Err(invalid("tls_client_auth_*: only one name of the certificate may be given"));
        }
        found = CertificateName::of(kind, value);
    }
    Ok(found)
}

fn response_types(body: &Map<String, Value>) -> Result<Option<Vec<ResponseType>>, OAuthError> {
    let Some(names) = list(body, "response_types")? else { return Ok(None) };
    let known = |name: &String| {
        ResponseType::read(name).ok_or_else(|| invalid(format!("response_types: {name} is not supported")))
    };
    names.iter().map(known).collect::<Result<_, _>>().map(Some)
}
