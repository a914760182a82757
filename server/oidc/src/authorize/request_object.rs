//! Request objects (RFC 9101, OpenID Connect Core section 6): all parameters of an authorization request in one message
//! that the application signed. Not for requests that it pushed: those are in [`super::pushed`].

use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer_to::Redirection;
use super::checks;
use super::refusal::{PageError, Refusal};
use super::request::ResponseMode;
use crate::authorization_details::PARAMETER;
use crate::digest;
use crate::error::{ErrorCode, OAuthError};
use crate::jose::{CheckSignature, PublicKey, Signed};
use crate::params::Params;
use crate::tenant::{Application, Tenant};
use crate::verified_uri::VerifiedRedirectUri;
use crate::verify::{Audience, SKEW};

/// `typ` of a request object (RFC 9101 section 10.8). Older clients send none, or that of any JWT.
const TYPES: [&str; 2] = ["oauth-authz-req+jwt", "jwt"];
/// Seconds between the beginning and the end of one, and since its beginning, where an application must sign (FAPI 2.0
/// Message Signing section 5.3.1: "no longer than 60 minutes").
const LONGEST: i64 = 3_600;
/// What a JWT says about itself. The rest are parameters.
const OWN: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// How a request object comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed<'a> {
    /// In the request: `request`.
    Value(&'a str),
    /// At an address: `request_uri`.
    Reference(&'a str),
}

/// The request object of a request, if it has one.
///
/// # Errors
/// RFC 9101 section 5: "The client MAY send the parameters included in the Request Object duplicated [...], but it
/// MUST NOT send both" `request` and `request_uri`.
pub fn passed(params: &Params) -> Result<Option<Passed<'_>>, OAuthError> {
    for name in ["request", "request_uri"] {
        if params.is_repeated(name) {
            return Err(OAuthError::invalid_request(format!("parameter {name} is repeated")));
        }
    }
    match (params.get("request"), params.get("request_uri")) {
        (None, None) => Ok(None),
        (Some(object), None) => Ok(Some(Passed::Value(object))),
        (None, Some(uri)) => Ok(Some(Passed::Reference(uri))),
        (Some(_), Some(_)) => Err(OAuthError::invalid_request("request and request_uri exclude each other")),
    }
}

/// The application whose object it must be: the one that the request itself names. RFC 9101 section 5 has `client_id`
/// required beside the object, too.
///
/// # Errors
/// Pages: there is nobody to redirect to.
pub fn application<'t>(tenant: &'t Tenant, params: &Params) -> Result<&'t Application, Refusal> {
    checks::client::find(tenant, params)
}

/// A registered address of a request object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// As it is registered.
    pub url: &'a str,
    hash: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// Reads `request_uri`. Only registered addresses are asked, compared as exact strings: a stranger must not choose
    /// whom the server calls (RFC 9101 section 10.4.1).
    ///
    /// # Errors
    /// `request_uri_not_supported` where the application has registered none, `invalid_request_uri` for another.
    pub fn read(application: &Application, request_uri: &'a str) -> Result<Self, OAuthError> {
        let registered = &application.spec().request_uris;
        if registered.is_empty() {
            let text = "the application has registered no request_uri";
            return Err(OAuthError::new(ErrorCode::RequestUriNotSupported, text));
        }
        // Core section 6.2: the fragment is "the base64url-encoded SHA-256 hash of the referenced resource contents".
        let (url, hash) = request_uri.split_once('#').map_or((request_uri, None), |(url, hash)| (url, Some(hash)));
        if registered.iter().any(|one| one == url) {
            return Ok(Self { url, hash });
        }
        Err(invalid_uri("the application has not registered this request_uri"))
    }

    /// False where the request names other contents than these.
    pub fn may_be(&self, contents: &[u8]) -> bool {
        self.hash.is_none_or(|hash| hash == digest::sha256_base64url(contents))
    }
}

/// What an object is checked with.
pub struct Expected<'a> {
    /// The application's keys.
    pub keys: &'a [PublicKey],
    /// The one it must be meant for.
    pub issuer: &'a str,
    /// The cryptography.
    pub signatures: &'a dyn CheckSignature,
    /// Unix seconds.
    pub now: i64,
}

/// The parameters of an object that was found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened(Params);

impl Opened {
    /// All that count. RFC 9101 section 6.3: the server "MUST only use the parameters in the Request Object, even if
    /// the same parameter is provided in the query parameter".
    pub fn params(&self) -> &Params {
        &self.0
    }
}

/// The key that an object says it is signed with. Not to be believed before the signature was checked.
pub fn claimed_key(object: &str) -> Option<String> {
    Signed::parse(object).ok()?.kid
}

/// Opens an object of this application.
///
/// # Errors
/// `request_not_supported` for one that nobody signed, else `invalid_request_object`.
pub fn open(object: &str, application: &Application, expected: &Expected<'_>) -> Result<Opened, OAuthError> {
    // RFC 7515 appendix A.5: an unsecured JWS ends with its empty signature.
    if object.ends_with('.') {
        let text = "request objects must be signed";
        return Err(OAuthError::new(ErrorCode::RequestNotSupported, text));
    }
    let signed = Signed::parse(object).map_err(|error| refused(format!("the request object is {error}")))?;
    if signed.typ.as_deref().is_some_and(|typ| !TYPES.contains(&typ)) {
        return Err(refused("typ of the request object must be oauth-authz-req+jwt"));
    }
    // Section 6.2: "If signature validation fails, the authorization server MUST return an invalid_request_object
    // error".
    if !signed.is_signed_by(expected.keys, expected.signatures) {
        return Err(refused("the request object is not signed with a key of this application"));
    }
    check_parties(&signed, application, expected.issuer)?;
    check_times(&signed.payload, application, expected.now)?;
    parameters(&signed.payload).map(Opened)
}

/// Applications that must sign their requests (RFC 9101 section 10.5).
///
/// # Errors
/// `invalid_request` for one of those.
pub(super) fn may_be_plain(application: &Application) -> Result<(), OAuthError> {
    if application.spec().require_signed_request_object {
        return Err(OAuthError::invalid_request("the application must sign its authorization requests"));
    }
    Ok(())
}

/// Where it is told that an object is not good: to the application, if the request itself names a registered redirect
/// URI; what an object says that is not good is not listened to.
pub fn refuse(application: &Application, params: &Params, error: OAuthError) -> Refusal {
    let registered = &application.spec().redirect_uris;
    let named = params.get("redirect_uri").and_then(|received| VerifiedRedirectUri::verify(registered, received));
    let Some(redirect_uri) = named else { return PageError::RequestObject(error).into() };
    let response_type = checks::response_type::read(params);
    let response_mode = checks::response_mode::read(params, response_type, &redirect_uri);
    let response_mode = response_mode.unwrap_or_else(|_| ResponseMode::usual(response_type));
    let state = params.get("state").map(str::to_owned);
    Refusal::Redirect { to: Redirection { redirect_uri, redirect_uri_given: true, response_mode, state }, error }
}

/// From whom, for whom, and nothing else that was once signed with the same key.
fn check_parties(signed: &Signed<'_>, application: &Application, issuer: &str) -> Result<(), OAuthError> {
    // Section 6.3: "The client ID values in the client_id request parameter and in the Request Object client_id claim
    // MUST be identical." Section 4 has `iss` and `aud` where it is signed: "The value of aud should be the value of
    // the authorization server issuer". An object for another server must not count here, so both are needed.
    for name in ["client_id", "iss"] {
        if signed.text(name) != Some(application.client_id()) {
            return Err(refused(format!("{name} of the request object must be the client_id of the request")));
        }
    }
    let audience = signed.payload.get("aud").and_then(|aud| Audience::deserialize(aud).ok());
    if !audience.is_some_and(|audience| audience.into_vec().iter().any(|one| one == issuer)) {
        return Err(refused("aud of the request object must be this issuer"));
    }
    // Section 10.8: a client assertion (RFC 7523) has the client as its subject, and must not pass for one.
    if signed.text("sub") == Some(application.client_id()) {
        return Err(refused("sub of the request object must not be the client_id"));
    }
    // Section 4: "The request and request_uri parameters MUST NOT be included in Request Objects."
    if ["request", "request_uri"].iter().any(|name| signed.payload.contains_key(*name)) {
        return Err(refused("a request object must not hold request or request_uri"));
    }
    Ok(())
}

/// Unix seconds. Whole numbers: a string or a fraction is refused, never skipped.
#[derive(Deserialize)]
struct Times {
    exp: Option<i64>,
    nbf: Option<i64>,
    iat: Option<i64>,
}

fn check_times(payload: &Map<String, Value>, application: &Application, now: i64) -> Result<(), OAuthError> {
    let times = Times::deserialize(&Value::Object(payload.clone()))
        .map_err(|_| refused("exp, nbf and iat of the request object must be whole numbers"))?;
    if times.exp.is_some_and(|exp| exp.saturating_add(SKEW) <= now) {
        return Err(refused("the request object has expired"));
    }
    if [times.nbf, times.iat].into_iter().flatten().any(|from| from > now + SKEW) {
        return Err(refused("the request object is not valid yet"));
    }
    if !application.spec().require_signed_request_object {
        return Ok(());
    }
    // FAPI 2.0 Message Signing section 5.3.1: the server "shall require the request object to contain an nbf claim
    // that is no longer than 60 minutes in the past" and "an exp claim that has a lifetime of no longer than 60
    // minutes after the nbf claim".
    let (Some(exp), Some(nbf)) = (times.exp, times.nbf) else {
        return Err(refused("the request object needs exp and nbf"));
    };
    if nbf < now - LONGEST - SKEW || exp > nbf.saturating_add(LONGEST) {
        return Err(refused("the request object must have begun, and must end, within an hour"));
    }
    Ok(())
}

/// The members as parameters. Section 4: "Parameter names and string values MUST be included as JSON strings.
/// [...] Numerical values MUST be included as JSON numbers"; what is JSON as a parameter, such as `claims`, is JSON
/// here, too (Core section 6.1), and what may repeat is a list.
fn parameters(payload: &Map<String, Value>) -> Result<Params, OAuthError> {
    let mut pairs = Vec::new();
    for (name, value) in payload.iter().filter(|(name, _)| !OWN.contains(&name.as_str())) {
        match value {
            Value::Null => {}
            // RFC 9396 section 3: a JSON array, as `claims` is a JSON object; not one inside of a text.
            Value::String(_) if name == PARAMETER => {
                return Err(refused("authorization_details of the request object must be a list"));
            }
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            Value::Array(values) if Params::may_repeat(name) => {
                let texts = values.iter().map(|value| Some((name.clone(), value.as_str()?.to_owned())));
                let texts: Option<Vec<_>> = texts.collect();
                pairs.extend(texts.ok_or_else(|| refused(format!("{name} must be a list of strings")))?);
            }
            other => pairs.push((name.clone(), other.to_string())),
        }
    }
    Params::from_pairs(pairs).map_err(|error| refused(format!("the request object: {}", error.description)))
}

fn refused(text: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidRequestObject, text)
}

/// `invalid_request_uri` (RFC 9101 section 7).
pub fn invalid_uri(text: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidRequestUri, text)
}

/// `invalid_request_object`, where the caller could not even begin.
pub fn unreadable(text: &'static str) -> OAuthError {
    refused(text)
}
