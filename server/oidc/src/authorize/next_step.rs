//! What comes next for a validated request, decided from stored state alone: calling a later URL
//! skips nothing. OpenID Connect Core sections 3.1.2.3 and 3.1.2.4.

use model::spec::{ApplicationType, GrantType};

use super::{AnswerTo, AuthorizationRequest, Hint, InteractionState, PageError, Prompt};
use crate::authorization_details;
use crate::claims::{Missing, Skippable};
use crate::consent;
use crate::error::{ErrorCode, OAuthError};
use crate::tenant::{Application, Tenant};
use crate::verified_uri::VerifiedRedirectUri;

/// Seconds that somebody who has just signed in has for the pages that follow, however small `max_age`.
const REST_OF_THE_WAY: i64 = 300;

/// The session of this browser, in this subscription, neither ended nor expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionFacts {
    /// Row id.
    pub id: String,
    /// Row id of its user.
    pub user_id: String,
    /// Unix seconds of the sign-in.
    pub auth_time: i64,
    /// False for a disabled user, whose session counts for nothing.
    pub user_enabled: bool,
}

/// What the decision looks at besides the request.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Unix seconds.
    pub now: i64,
    /// What happened so far.
    pub state: &'a InteractionState,
    /// Who is signed in.
    pub session: Option<SessionFacts>,
    /// [`crate::claims::missing_required`] for the session's user.
    pub missing_claims: Missing,
    /// Scopes to which that user agreed earlier for this application.
    pub consented_scopes: Option<Vec<String>>,
}

/// Why somebody must sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginReason {
    /// Nobody is signed in.
    NoSession,
    /// The application asked for it by `prompt=login`.
    Prompt,
    /// The last sign-in is longer ago than `max_age`.
    MaxAge,
    /// The application expects somebody else.
    OtherUser,
}

/// The next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sign in.
    Login {
        /// Why.
        reason: LoginReason,
    },
    /// Register.
    Register,
    /// Say which account.
    SelectAccount,
    /// Say that the device is one's own, and is to be connected (RFC 8628 section 3.3).
    Device,
    /// Say whether the application may have the sign-in that it asked for (OpenID Connect CIBA section 8).
    Backchannel,
    /// Give these claims.
    Claims {
        /// Without these nothing is issued. In the order of the application's list.
        missing: Vec<String>,
        /// These can be left out for now.
        skippable: Vec<Skippable>,
    },
    /// Agree to these scopes.
    Consent {
        /// All that would be granted.
        scopes: Vec<String>,
    },
    /// Issue a code, or let the device have its tokens.
    Issue,
    /// Stop, and tell whoever asked.
    Refuse(OAuthError),
    /// Stop: there is nobody left to tell.
    Stop(PageError),
}

/// Decides the next step.
pub fn next_step(tenant: &Tenant, request: &AuthorizationRequest, facts: &Facts<'_>) -> Step {
    let application = match still_valid(tenant, request) {
        Ok(application) => application,
        Err(page) => return Step::Stop(page),
    };
    match &request.answer_to {
        AnswerTo::Device(_) if !application.has_grant(GrantType::DeviceCode) => {
            return refuse(ErrorCode::UnauthorizedClient, "the application may no longer connect devices");
        }
        AnswerTo::Backchannel(_) if !application.has_grant(GrantType::Ciba) => {
            return refuse(ErrorCode::UnauthorizedClient, "the application may no longer ask people");
        }
        AnswerTo::Browser(_) if !application.spec().response_types.contains(&request.response_type) => {
            return refuse(ErrorCode::UnauthorizedClient, "the application may no longer use this response type");
        }
        _ => {}
    }
    // Types may have changed, too, and nobody agrees to what is not shown.
    if let Err(error) = authorization_details::check(tenant, application, &request.authorization_details) {
        return Step::Refuse(error);
    }
    if facts.state.hint == Hint::Invalid {
        return refuse(ErrorCode::InvalidRequest, "id_token_hint is not an identity token of this issuer");
    }
    let step = sign_in_step(tenant, application, request, facts)
        .or_else(|| device_step(request, facts))
        .or_else(|| backchannel_step(request, facts))
        .or_else(|| claims_step(request, facts))
        .or_else(|| consent_step(tenant, application, request, facts))
        .unwrap_or(Step::Issue);
    if request.has_prompt(Prompt::None) { silently(step) } else { step }
}

/// Configuration may have changed since the request was validated.
fn still_valid<'t>(tenant: &'t Tenant, request: &AuthorizationRequest) -> Result<&'t Application, PageError> {
    if !tenant.is_enabled() {
        return Err(PageError::DisabledSubscription);
    }
    let application = tenant
        .application_by_id(&request.application_id)
        .ok_or_else(|| PageError::UnknownClient { client_id: request.client_id.clone() })?;
    if !application.is_enabled() {
        return Err(PageError::DisabledApplication);
    }
    // The server's own is registered with nobody, and stays.
    if request.playground_run.is_some() {
        return Ok(application);
    }
    // Nor does a device have one.
    let Some(to) = request.answer_to.redirection() else { return Ok(application) };
    let received = to.redirect_uri.as_str();
    match VerifiedRedirectUri::verify(&application.spec().redirect_uris, received) {
        Some(_) => Ok(application),
        None => Err(PageError::UnregisteredRedirectUri { received: received.to_owned() }),
    }
}

fn sign_in_step(
    tenant: &Tenant,
    application: &Application,
    request: &AuthorizationRequest,
    facts: &Facts<'_>,
) -> Option<Step> {
    let registration_open = tenant.settings().registration && application.spec().allow_registration;
    let wants_registration = request.has_prompt(Prompt::Create) && registration_open;
    let Some(session) = facts.session.as_ref().filter(|s| s.user_enabled) else {
        let step = if wants_registration { Step::Register } else { Step::Login { reason: LoginReason::NoSession } };
        return Some(step);
    };
    let fresh = is_fresh(facts, session);
    let login = |reason| Some(Step::Login { reason });
    if wants_registration && !fresh {
        return Some(Step::Register);
    }
    // Core section 3.1.2.1 on login: "The Authorization Server SHOULD prompt the End-User for
    // reauthentication."
    if request.has_prompt(Prompt::Login) && !fresh {
        return login(LoginReason::Prompt);
    }
    // On max_age: "If the elapsed time is greater than this value, the OP MUST attempt to actively
    // re-authenticate the End-User."
    // And: "Note that max_age=0 is equivalent to prompt=login", so for a sign-in of this very second too.
    let age = facts.now.saturating_sub(session.auth_time);
    let too_old = |max: i64| if fresh { age > max.max(REST_OF_THE_WAY) } else { max == 0 || age > max };
    if request.max_age.is_some_and(too_old) {
        return login(LoginReason::MaxAge);
    }
    if request.has_prompt(Prompt::SelectAccount)
        && !fresh
        && facts.state.confirmed_user.as_ref() != Some(&session.user_id)
    {
        return Some(Step::SelectAccount);
    }
    if !is_expected(request, facts, &tenant.subject_for(application, &session.user_id)) {
        // On id_token_hint: "If the End-User identified by the ID Token is already logged in or is
        // logged in as a result of the request [...], then the Authorization Server returns a
        // positive response; otherwise, it MUST return an error, such as login_required."
        if fresh {
            return Some(refuse(ErrorCode::LoginRequired, "another user signed in than the one expected"));
        }
        return login(LoginReason::OtherUser);
    }
    None
}

/// Signed in through this very interaction, since each proof begins a session of its own: one of
/// another tab, or one from before, does not answer a request to sign in anew.
fn is_fresh(facts: &Facts<'_>, session: &SessionFacts) -> bool {
    facts.state.signed_in_session.as_ref() == Some(&session.id)
}

/// True when neither the hint nor the `claims` parameter names another user.
fn is_expected(request: &AuthorizationRequest, facts: &Facts<'_>, subject: &str) -> bool {
    let hinted = match &facts.state.hint {
        Hint::Subject { sub } => sub == subject,
        Hint::Absent | Hint::Invalid => true,
    };
    hinted
        && request
            .answer_to
            .backchannel()
            .is_none_or(|waiting| facts.session.as_ref().is_some_and(|session| session.user_id == waiting.asked_user))
        && request.requested_claims.subjects.as_ref().is_none_or(|subjects| subjects.iter().any(|sub| sub == subject))
}

/// RFC 8628 section 5.4: "the authorization server SHOULD [...] inform the user that they are authorizing a
/// device during the user-interaction step [...] and to confirm that the device is in their possession". Asked
/// each time, before anything else is asked of whoever is signed in, and whatever was agreed to before.
fn device_step(request: &AuthorizationRequest, facts: &Facts<'_>) -> Option<Step> {
    let AnswerTo::Device(_) = &request.answer_to else { return None };
    let user_id = facts.session.as_ref().map(|s| s.user_id.as_str());
    match facts.state.device.as_ref().filter(|answer| Some(answer.user_id.as_str()) == user_id) {
        Some(answer) if answer.connect => None,
        Some(_) => Some(refuse(ErrorCode::AccessDenied, "the user did not connect the device")),
        None => Some(Step::Device),
    }
}

/// OpenID Connect CIBA section 8: the person is asked each time, whatever was agreed to before: nobody is at the other screen
/// who could say that it is theirs.
fn backchannel_step(request: &AuthorizationRequest, facts: &Facts<'_>) -> Option<Step> {
    request.answer_to.backchannel()?;
    let user_id = facts.session.as_ref().map(|s| s.user_id.as_str());
    match facts.state.backchannel.as_ref().filter(|answer| Some(answer.user_id.as_str()) == user_id) {
        Some(answer) if answer.allow => None,
        Some(_) => Some(refuse(ErrorCode::AccessDenied, "the user did not agree")),
        None => Some(Step::Backchannel),
    }
}

/// What can be skipped is asked for beside what is required, or by itself until it was skipped. It never
/// stands in the way of a request that allows no page.
fn claims_step(request: &AuthorizationRequest, facts: &Facts<'_>) -> Option<Step> {
    let Missing { required, skippable } = &facts.missing_claims;
    let user_id = facts.session.as_ref().map(|s| s.user_id.as_str());
    let skipped = facts.state.skipped.as_ref().filter(|skipped| Some(skipped.user_id.as_str()) == user_id);
    let left_out = |claim: &String| skipped.is_some_and(|skipped| skipped.claims.contains(claim));
    let skippable: Vec<Skippable> = skippable.iter().filter(|s| !left_out(&s.claim)).cloned().collect();
    let asked = !required.is_empty() || (!skippable.is_empty() && !request.has_prompt(Prompt::None));
    asked.then(|| Step::Claims { missing: required.clone(), skippable })
}

fn consent_step(
    tenant: &Tenant,
    application: &Application,
    request: &AuthorizationRequest,
    facts: &Facts<'_>,
) -> Option<Step> {
    let user_id = facts.session.as_ref().map(|s| s.user_id.as_str());
    match facts.state.consent.as_ref().filter(|answer| Some(answer.user_id.as_str()) == user_id) {
        Some(answer) if answer.granted => return None,
        Some(_) => return Some(refuse(ErrorCode::AccessDenied, "the user did not agree")),
        None => {}
    }
    let needed = consent::needed(tenant, application, &request.scopes, &request.requested_claims);
    let covered = consent::covers(facts.consented_scopes.as_deref(), &needed);
    // RFC 8252 section 8.6: "authorization servers SHOULD NOT process authorization requests
    // automatically without user consent or interaction, except when the identity of the client can be
    // assured". Another program of the device may have claimed the scheme, or listen on the port.
    let to_anybody = request.answer_to.redirection().is_some_and(|to| !to.redirect_uri.is_https());
    let anybody = application.spec().kind == ApplicationType::Native && to_anybody;
    let signed_in_now = facts.session.as_ref().is_some_and(|session| is_fresh(facts, session));
    // One payment is not the next: what was agreed to before was something else.
    let in_detail = !request.authorization_details.is_empty();
    let asked = request.has_prompt(Prompt::Consent)
        || in_detail
        || (application.spec().require_consent && !covered)
        || (anybody && !signed_in_now);
    asked.then_some(Step::Consent { scopes: needed })
}

/// Core section 3.1.2.1 on none: "The Authorization Server MUST NOT display any authentication or
/// consent user interface pages. An error is returned if an End-User is not already authenticated
/// or the Client does not have pre-configured consent for the requested Claims or does not fulfill
/// other conditions for processing the request."
fn silently(step: Step) -> Step {
    match step {
        Step::Issue | Step::Refuse(_) | Step::Stop(_) => step,
        Step::Login { .. } | Step::Register | Step::SelectAccount => {
            refuse(ErrorCode::LoginRequired, "the user must sign in")
        }
        Step::Device => refuse(ErrorCode::InteractionRequired, "the user must say that the device is theirs"),
        Step::Backchannel => refuse(ErrorCode::InteractionRequired, "the user must answer"),
        Step::Claims { missing, .. } => {
            let text = format!("the user must give required claims: {}", missing.join(" "));
            refuse(ErrorCode::InteractionRequired, text)
        }
        Step::Consent { .. } => refuse(ErrorCode::ConsentRequired, "the user must agree"),
    }
}

fn refuse(code: ErrorCode, text: impl Into<std::borrow::Cow<'static, str>>) -> Step {
    Step::Refuse(OAuthError::new(code, text))
}
