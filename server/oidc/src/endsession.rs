//! RP-Initiated Logout 1.0.

use serde::{Deserialize, Serialize};

use crate::authorize::SessionFacts;
use crate::error::OAuthError;
use crate::params::Params;
use crate::tenant::{Application, Tenant};
use crate::verified_uri::{self, VerifiedRedirectUri};
use crate::verify::{HintClaims, VerifyError};

/// The request (section 2), as it is kept while the user is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutRequest {
    /// An identity token, perhaps expired.
    pub id_token_hint: Option<String>,
    /// The application.
    pub client_id: Option<String>,
    /// Where to go afterwards.
    pub post_logout_redirect_uri: Option<String>,
    /// Given back as it came.
    pub state: Option<String>,
    /// Languages that the user prefers, best first.
    pub ui_locales: Option<String>,
}

/// Reads a request, by GET or POST.
///
/// # Errors
/// `invalid_request` for repeated parameters and for longer ones than anybody needs: a request waits
/// in the database, and anybody can send one.
pub fn read(params: &Params) -> Result<LogoutRequest, OAuthError> {
    params.once()?;
    let get = |name: &str, most: usize| match params.get(name) {
        Some(value) if value.len() > most => Err(OAuthError::invalid_request(format!("{name} is too long"))),
        value => Ok(value.map(str::to_owned)),
    };
    Ok(LogoutRequest {
        id_token_hint: get("id_token_hint", 8_192)?,
        client_id: get("client_id", 255)?,
        post_logout_redirect_uri: get("post_logout_redirect_uri", 2_048)?,
        state: get("state", 4_096)?,
        ui_locales: get("ui_locales", 255)?,
    })
}

/// Whether the user is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Ask: anybody can make a browser call this URL.
    Ask,
    /// The hint proves that it is about this session, or there is no session.
    Skip,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutPlan {
    /// Ask first?
    pub question: Question,
    /// The application that asks, where it is known.
    pub client_id: Option<String>,
    #[serde(with = "optional_uri")]
    return_to: Option<VerifiedRedirectUri>,
    state: Option<String>,
}

impl LogoutPlan {
    /// Where the browser goes once the session has ended; `None` for our own signed-out page.
    pub fn location(&self) -> Option<String> {
        let state = self.state.iter().map(|s| ("state", s.clone())).collect::<Vec<_>>();
        self.return_to.as_ref().map(|uri| uri.with_query(&state))
    }

    /// The verified URI, for a page's `form-action`.
    pub fn return_to(&self) -> Option<&VerifiedRedirectUri> {
        self.return_to.as_ref()
    }
}

/// Decides. `hint` is what became of the `id_token_hint` where there was one.
///
/// # Errors
/// `invalid_request`, to be shown on a page: a bad hint, a bad or unproved target. Nobody is
/// redirected then.
pub fn decide(
    tenant: &Tenant,
    request: &LogoutRequest,
    hint: Option<&Result<HintClaims, VerifyError>>,
    session: Option<&SessionFacts>,
) -> Result<LogoutPlan, OAuthError> {
    let hint = match hint {
        Some(Err(_)) => return Err(OAuthError::invalid_request("id_token_hint is not an identity token of ours")),
        Some(Ok(claims)) => Some(claims),
        None => None,
    };
    let application = asking(tenant, request, hint)?;
    let return_to = target(request, application)?;
    Ok(LogoutPlan {
        question: question(tenant, hint, session),
        client_id: application.map(|a| a.client_id().to_owned()),
        state: request.state.clone().filter(|_| return_to.is_some()),
        return_to,
    })
}

/// Section 2: "When both `client_id` and `id_token_hint` are present, the OP MUST verify that the
/// Client Identifier matches the one used when issuing the ID Token."
fn asking<'t>(
    tenant: &'t Tenant,
    request: &LogoutRequest,
    hint: Option<&HintClaims>,
) -> Result<Option<&'t Application>, OAuthError> {
    let hinted = hint.and_then(|h| h.audience.first());
    let client_id = match (request.client_id.as_ref(), hint) {
        (Some(client_id), Some(hint)) if !hint.audience.contains(client_id) => {
            return Err(OAuthError::invalid_request("client_id differs from the one of id_token_hint"));
        }
        (Some(client_id), _) => Some(client_id),
        (None, _) => hinted,
    };
    match client_id {
        None => Ok(None),
        Some(client_id) => tenant
            .application(client_id)
            .map(Some)
            .ok_or_else(|| OAuthError::invalid_request("no application has this client_id")),
    }
}

/// Section 3: "the OP MUST NOT perform post-logout redirection if the `post_logout_redirect_uri`
/// value supplied does not exactly match one of the previously registered" values.
fn target(
    request: &LogoutRequest,
    application: Option<&Application>,
) -> Result<Option<VerifiedRedirectUri>, OAuthError> {
    let Some(uri) = &request.post_logout_redirect_uri else { return Ok(None) };
    let application = application
        .ok_or_else(|| OAuthError::invalid_request("post_logout_redirect_uri needs an id_token_hint or a client_id"))?;
    VerifiedRedirectUri::verify_exact(&application.spec().post_logout_redirect_uris, uri)
        .map(Some)
        .ok_or_else(|| OAuthError::invalid_request("the application has not registered this post_logout_redirect_uri"))
}

/// Section 2: "the OP SHOULD ask the End-User whether to log out of the OP as well. Furthermore, the
/// OP MUST ask the End-User this question if an `id_token_hint` was not provided or if the supplied
/// ID Token does not belong to the current OP session with the RP and/or currently logged in
/// End-User."
fn question(tenant: &Tenant, hint: Option<&HintClaims>, session: Option<&SessionFacts>) -> Question {
    // By the names that the application knows.
    let is_theirs = |hint: &HintClaims, session: &SessionFacts| {
        let application = hint.audience.first().and_then(|client_id| tenant.application(client_id));
        application.is_some_and(|application| {
            tenant.subject_for(application, &session.user_id) == hint.sub.as_str()
                && hint.sid.as_deref() == Some(&*tenant.session_for(application, &session.id))
        })
    };
    match (hint, session) {
        (_, None) => Question::Skip,
        (Some(hint), Some(session)) if is_theirs(hint, session) => Question::Skip,
        _ => Question::Ask,
    }
}

/// For storing a plan while the user is asked.
mod optional_uri {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{VerifiedRedirectUri, verified_uri};

    #[derive(Serialize, Deserialize)]
    struct Uri(#[serde(with = "verified_uri::stored")] VerifiedRedirectUri);

    #[expect(clippy::ref_option, reason = "serde calls it by reference to the field")]
    pub fn serialize<S: Serializer>(uri: &Option<VerifiedRedirectUri>, serializer: S) -> Result<S::Ok, S::Error> {
        uri.clone().map(Uri).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<VerifiedRedirectUri>, D::Error> {
        Option::<Uri>::deserialize(deserializer).map(|uri| uri.map(|u| u.0))
    }
}
