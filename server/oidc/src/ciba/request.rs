//! What an application asks of a person (OpenID Connect CIBA section 7.1).

use model::spec::GrantType;
use serde::{Deserialize, Serialize};

use super::{LIFETIME, LONGEST};
use crate::authorization_details::{self, Detail};
use crate::authorize::{DroppedScope, select_scopes};
use crate::client_auth::AuthenticatedClient;
use crate::error::{ErrorCode, OAuthError};
use crate::grant::check_grant;
use crate::params::Params;
use crate::scope::OPENID;
use crate::tenant::Tenant;

/// Characters of a binding message: what fits on the smallest screen, and is read at a glance.
const LONGEST_MESSAGE: usize = 100;
/// Section 7.1: "The length of the token MUST NOT exceed 1024 characters".
const LONGEST_TOKEN: usize = 1_024;

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonHint {
    /// A user name or an e-mail address.
    Login(String),
    /// An identity token of ours, whose signature the caller checks.
    IdToken(String),
}

/// How the application learns of the answer (section 5).
#[derive(Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It asks.
    Poll,
    /// It is told, with this token, and asks then.
    Ping(String),
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Poll) { "poll" } else { "ping" })
    }
}

/// A request that passed every check, as it is stored until the person answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationRequest {
    /// What is granted if the person agrees.
    pub scopes: Vec<String>,
    /// What was requested beyond that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<DroppedScope>,
    /// What is asked for in objects (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<Detail>,
    /// What the person compares with what the other screen shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binding_message: Option<String>,
    /// Wished of the sign-in, never demanded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acr_values: Vec<String>,
}

/// What was read beside what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// See there.
    pub request: AuthenticationRequest,
    /// Who is meant.
    pub person: PersonHint,
    /// How it is answered.
    pub delivery: Delivery,
    /// Seconds.
    pub expires_in: i64,
}

/// Validates a request.
///
/// # Errors
/// Section 13: `invalid_request`, `invalid_scope`, `unauthorized_client`, `invalid_binding_message`, `missing_user_code` is none
/// of ours.
pub fn read(tenant: &Tenant, client: &AuthenticatedClient<'_>, params: &Params) -> Result<Asked, OAuthError> {
    params.once()?;
    check_grant(client, GrantType::Ciba)?;
    // Section 7.1.1: the request as one signed object. Nobody here opens them.
    if params.get("request").is_some() {
        return Err(OAuthError::new(
            ErrorCode::RequestNotSupported,
            "authentication requests are not taken as objects",
        ));
    }
    let (scopes, dropped) = select_scopes(tenant, client.application, params.get("scope"))?;
    // Section 7.1: "CIBA authentication requests MUST therefore contain the openid scope value."
    if !scopes.iter().any(|scope| scope == OPENID) {
        return Err(OAuthError::invalid_scope("scope must hold openid"));
    }
    let authorization_details = authorization_details::read(params)?.unwrap_or_default();
    authorization_details::check(tenant, client.application, &authorization_details)?;
    Ok(Asked {
        person: person(params)?,
        delivery: delivery(client, params)?,
        expires_in: expires_in(params)?,
        request: AuthenticationRequest {
            scopes,
            dropped,
            authorization_details,
            binding_message: binding_message(params)?,
            acr_values: params.get("acr_values").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        },
    })
}

/// Section 7.1: "it is REQUIRED that the Client provides one (and only one) of the hints specified above".
fn person(params: &Params) -> Result<PersonHint, OAuthError> {
    let hints = ["login_hint", "id_token_hint", "login_hint_token"].map(|name| params.get(name));
    match hints {
        [Some(login), None, None] => Ok(PersonHint::Login(login.to_owned())),
        [None, Some(token), None] => Ok(PersonHint::IdToken(token.to_owned())),
        [None, None, Some(_)] => Err(OAuthError::invalid_request("login_hint_token is not taken: send login_hint")),
        _ => Err(OAuthError::invalid_request("one of login_hint and id_token_hint is required, and not both")),
    }
}

/// Section 7.1 on `client_notification_token`: "REQUIRED if the Client is registered to use Ping or Push modes."
fn delivery(client: &AuthenticatedClient<'_>, params: &Params) -> Result<Delivery, OAuthError> {
    if client.application.spec().backchannel_client_notification_endpoint.is_none() {
        return Ok(Delivery::Poll);
    }
    let token = params.required("client_notification_token")?;
    // "the token MUST conform to the syntax for Bearer credentials as defined in Section 2.1 of RFC6750".
    let is_bearer = token.trim_end_matches('=').bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b));
    if token.len() > LONGEST_TOKEN || !is_bearer || token.starts_with('=') {
        return Err(OAuthError::invalid_request(
            "client_notification_token must be a bearer token of 1024 characters at most",
        ));
    }
    Ok(Delivery::Ping(token.to_owned()))
}

/// Section 7.1: the message "SHOULD be relatively short and use a limited set of plain text characters".
fn binding_message(params: &Params) -> Result<Option<String>, OAuthError> {
    let Some(message) = params.get("binding_message") else { return Ok(None) };
    if message.chars().count() > LONGEST_MESSAGE || message.chars().any(char::is_control) {
        let text = "binding_message must be plain text of 100 characters at most";
        return Err(OAuthError::new(ErrorCode::InvalidBindingMessage, text));
    }
    Ok(Some(message.to_owned()))
}

fn expires_in(params: &Params) -> Result<i64, OAuthError> {
    let Some(asked) = params.get("requested_expiry") else { return Ok(LIFETIME) };
    // Section 7.1: "A positive integer".
    let asked = asked.parse::<i64>().ok().filter(|seconds| *seconds > 0);
    let asked = asked.ok_or_else(|| OAuthError::invalid_request("requested_expiry must be a positive number"))?;
    Ok(asked.min(LONGEST))
}
