//! Grant type `urn:ietf:params:oauth:grant-type:token-exchange` (RFC 8693): an application that holds a user's access
//! token gets another one, for an API or an application that it calls in turn.
//!
//! The new token names who acts: delegation. Only where its settings say so for that target, the application is the
//! user there (section 1.1 calls that impersonation).

use model::spec::{AccessTokenFormat, GrantType};
use serde_json::Map;

use super::actor::{Actor, MAX_DEPTH};
use super::data::AccessTokenData;
use super::plan::{AccessTokenSpec, TokenPlan};
use super::{check_grant, subject};
use crate::authorization_details::{PARAMETER, refused};
use crate::certificate;
use crate::client_auth::AuthenticatedClient;
use crate::dialect;
use crate::dpop;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::scope;
use crate::tenant::{Application, Connection, Tenant};
use crate::user::UserFacts;

/// Section 3: an access token, of whatever kind.
pub const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
/// Section 3: "JWT". Our JWTs that can be exchanged are access tokens.
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

/// The request. `Debug` hides the token.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Looked up by the caller.
    pub subject_token: String,
    /// Names of the targets, from `audience` and `resource`.
    pub targets: Vec<String>,
    /// No more than the subject token has; all of it that the target takes when absent.
    pub scope: Option<String>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "token_exchange(targets: {:?})", self.targets)
    }
}

impl Request {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        let is_access_token = |kind: &str| kind == ACCESS_TOKEN || kind == JWT;
        if !is_access_token(params.required("subject_token_type")?) {
            let text = format!("subject_token_type must be {ACCESS_TOKEN}: other tokens cannot be exchanged");
            return Err(OAuthError::invalid_request(text));
        }
        if params.get("requested_token_type").is_some_and(|kind| !is_access_token(kind)) {
            let text = format!("requested_token_type must be {ACCESS_TOKEN}: other tokens are not issued");
            return Err(OAuthError::invalid_request(text));
        }
        // The one who acts is the one who calls, and has just proved who it is.
        if params.get("actor_token").is_some() || params.get("actor_token_type").is_some() {
            return Err(OAuthError::invalid_request("actor_token is not supported: the actor is the application"));
        }
        // RFC 9396 leaves open what a detail is worth in other hands than the ones it was granted to.
        if params.get(PARAMETER).is_some() {
            return Err(refused("an exchanged token carries no authorization details"));
        }
        let targets = params.all("audience").chain(params.all("resource")).map(str::to_owned).collect();
        let subject_token = params.required("subject_token")?.to_owned();
        Ok(Self { subject_token, targets, scope: params.get("scope").map(str::to_owned) })
    }
}

/// The one that exposes what the new token is for.
#[derive(Clone, Copy, Debug)]
pub enum Target<'t> {
    /// An API.
    Connection(&'t Connection),
    /// Another application, which decides the token's shape.
    Application(&'t Application),
}

impl<'t> Target<'t> {
    fn find(tenant: &'t Tenant, name: &str) -> Option<Self> {
        let application = || tenant.application(name).filter(|one| one.is_enabled()).map(Self::Application);
        tenant.addressed(name).map(Self::Connection).or_else(application)
    }

    fn name(&self) -> &'t str {
        match self {
            Self::Connection(connection) => connection.name(),
            Self::Application(application) => application.client_id(),
        }
    }

    fn takes(&self, scope: &str) -> bool {
        match self {
            Self::Connection(connection) => connection.owns_scope(scope),
            Self::Application(application) => application.allows_scope(scope),
        }
    }
}

/// What to issue, and in whose shape.
#[derive(Clone, Debug)]
pub struct Exchange<'t> {
    /// What to issue.
    pub plan: TokenPlan,
    /// The application whose dialect and whose key it has.
    pub shape: &'t Application,
    /// The name of the target, where the token does not say who acts.
    pub impersonated_at: Option<&'t str>,
}

/// Decides what a living access token of this subscription is exchanged for. `user` is `None` for a deleted user, and
/// for a token that is about no user.
///
/// # Errors
/// `invalid_request` for a subject token that cannot be exchanged, `invalid_target` for a target that is none, or
/// towards which the application may not exchange, `invalid_scope`.
pub fn decide<'t>(
    tenant: &'t Tenant,
    client: &AuthenticatedClient<'t>,
    request: &Request,
    token: &AccessTokenData,
    user: Option<&UserFacts>,
    now: i64,
) -> Result<Exchange<'t>, OAuthError> {
    check_grant(client, GrantType::TokenExchange)?;
    let caller = client.application;
    check_subject(tenant, caller, token)?;
    dpop::same_key(client.jkt, token.jkt.as_deref())?;
    certificate::same(client.x5t, token.x5t.as_deref())?;
    let user_id = token.user_id.as_deref().ok_or_else(|| unusable("the subject_token is not about a user"))?;
    subject::active(tenant, user, user_id)?;
    let (target, name) = target(tenant, caller, request)?;
    let scopes = scopes(&target, request, token)?;
    let actor = Actor::after(caller.client_id(), token.actor.as_ref());
    if actor.depth() > MAX_DEPTH {
        return Err(unusable("the subject_token was exchanged too often"));
    }
    // Whoever acted before is never forgotten.
    let impersonates = caller.spec().impersonation_targets.iter().any(|one| one == target.name());
    let actor = if impersonates { token.actor.clone() } else { Some(actor) };
    let shape = match target {
        Target::Connection(_) => caller,
        Target::Application(application) => application,
    };
    // It would tell the application what others call the user.
    if caller.spec().is_pairwise() && shape.spec().format() != AccessTokenFormat::Reference {
        let text = "users have names of this application's own, and a token of the target would tell it another one";
        return Err(OAuthError::new(ErrorCode::InvalidTarget, text));
    }
    // Never longer than what it came from.
    let lifetime = shape.spec().access_token_lifetime.min(token.expires_at - now);
    let data = AccessTokenData {
        client_id: caller.client_id().to_owned(),
        audience: vec![name.to_owned()],
        scopes: scopes.clone(),
        issued_at: now,
        expires_at: now + lifetime,
        authorization_details: Vec::new(),
        userinfo_claims: Vec::new(),
        jkt: client.jkt.map(str::to_owned),
        x5t: client.x5t.map(str::to_owned),
        actor,
        may_act: None,
        ..token.clone()
    };
    let plan = TokenPlan {
        grant_id: token.grant_id.clone(),
        application_id: caller.id().to_owned(),
        user_id: Some(user_id.to_owned()),
        session_id: None,
        scopes,
        access_token: AccessTokenSpec {
            format: shape.spec().format(),
            is_stored: dialect::is_stored(shape),
            lifetime,
            data,
            claims: Map::new(),
        },
        identity_token: None,
        refresh_token: None,
    };
    Ok(Exchange { plan, shape, impersonated_at: impersonates.then(|| target.name()) })
}

/// A token that nobody issued, or that is dead.
pub fn unknown_subject() -> OAuthError {
    unusable("the subject_token is unknown, expired or revoked")
}

/// Section 2.2.2: "If the request itself is not valid or if either the `subject_token` or `actor_token` are invalid
/// for any reason, or are unacceptable based on policy, [...] The value of the error parameter MUST be the
/// `invalid_request` error code".
fn unusable(text: &'static str) -> OAuthError {
    OAuthError::invalid_request(text)
}

/// An application exchanges what it was given: its own token, one that somebody else exchanged towards it, or one that
/// says that it may act. One that it found elsewhere is not its to pass on.
///
/// Section 4.4: `may_act` "can be used by the authorization server to determine whether the client [...] is authorized to
/// engage in the requested delegation or impersonation". It has to be so now, too, and not only when the token was issued.
fn check_subject(tenant: &Tenant, caller: &Application, token: &AccessTokenData) -> Result<(), OAuthError> {
    let is_caller = |name: &str| name == caller.client_id();
    let said_then = token.may_act.as_ref().is_some_and(|may_act| is_caller(&may_act.sub));
    let issued_to = tenant.application(&token.client_id);
    let said_now = issued_to.and_then(|one| one.spec().may_act.as_deref()).is_some_and(is_caller);
    let own = token.actor.is_none() && token.client_id == caller.client_id();
    let for_it = token.actor.is_some() && token.audience.iter().any(|name| name == caller.client_id());
    if own || for_it || (said_then && said_now) {
        return Ok(());
    }
    Err(unusable("the subject_token was issued neither to this application nor for it"))
}

/// Section 2.2.2: "If the authorization server is unwilling or unable to issue a token for any target service indicated
/// by the resource or audience parameters, the `invalid_target` error code SHOULD be used".
///
/// Gives the target, and what the request calls it: an API by its name, or by its resource indicator (RFC 8707).
fn target<'t, 'r>(
    tenant: &'t Tenant,
    caller: &Application,
    request: &'r Request,
) -> Result<(Target<'t>, &'r str), OAuthError> {
    let refused = |text: String| Err(OAuthError::new(ErrorCode::InvalidTarget, text));
    let [name] = request.targets.as_slice() else {
        return refused("audience must name one API connection or application".to_owned());
    };
    // In the same words where there is none: what exists is not told to those who may not use it.
    let is_allowed = |target: &Target<'_>| caller.spec().exchange_targets.iter().any(|one| one == target.name());
    match Target::find(tenant, name).filter(is_allowed) {
        Some(target) => Ok((target, name)),
        None => refused(format!("the application may not exchange tokens towards {name}")),
    }
}

fn scopes(target: &Target<'_>, request: &Request, token: &AccessTokenData) -> Result<Vec<String>, OAuthError> {
    let within: Vec<String> = token.scopes.iter().filter(|scope| target.takes(scope)).cloned().collect();
    let Some(text) = request.scope.as_deref() else { return Ok(within) };
    let asked = scope::parse(text)?;
    match asked.iter().find(|scope| !scope::contains(&within, scope)) {
        None => Ok(asked),
        Some(other) => Err(OAuthError::invalid_scope(format!(
            "scope {other} is not one that the subject_token has and the target takes"
        ))),
    }
}
