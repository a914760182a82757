//! What an application would get, without issuing it. The request goes through the very functions of
//! the endpoints, in their order; only proofs of identity are taken for granted, and what is random or
//! comes from a session stands as [`LATER`].

use model::spec::GrantType;
use serde_json::{Map, Value, json};

use crate::authorize::{self, DroppedScope, PageError, RequestedClaims};
use crate::claims::{self, Destination, Explanation, GRANT_ID, Missing};
use crate::client_auth::{AuthMethod, AuthenticatedClient};
use crate::consent;
use crate::device;
use crate::digest;
use crate::error::OAuthError;
use crate::grant::authorization_code::{self, Request};
use crate::grant::{AnsweredGrant, CODE_LIFETIME, CodeRow, TokenPlan, client_credentials, device_code, subject};
use crate::introspection;
use crate::params::Params;
use crate::tenant::{Application, Tenant};
use crate::token;
use crate::user::{Authentication, UserFacts};
use crate::userinfo;

/// Stands for what is known only once it is issued.
pub const LATER: &str = "…";

/// A verifier of RFC 7636 for requests that nobody sends.
const VERIFIER: &str = "preview-preview-preview-preview-preview-preview";

/// Everything of one token response, and what the other endpoints say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview<'t> {
    /// Scopes of the tokens.
    pub granted: Vec<String>,
    /// Scopes that were asked for beyond these.
    pub dropped: Vec<DroppedScope>,
    /// Required claims that the user would be asked for first.
    pub missing: Missing,
    /// Scopes that the user would be asked to agree to, if they have not yet.
    pub consent: Vec<String>,
    /// Payload of the identity token.
    pub identity_token: Option<Part<'t>>,
    /// Payload of a JWT access token; what a reference token stands for only introspection tells.
    pub access_token: Option<Part<'t>>,
    /// The UserInfo answer.
    pub userinfo: Option<Part<'t>>,
    /// What each API connection is told by introspection, under its name.
    pub introspection: Vec<(String, Part<'t>)>,
}

/// One token or answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'t> {
    /// Its members.
    pub payload: Map<String, Value>,
    /// What became of each claim of the subscription; nothing where there is no user.
    pub explanation: Vec<Explanation<'t>>,
}

/// A user signs in (RFC 6749 section 4.1; RFC 8628 for an application that has devices only), having given what is
/// required and agreed to everything.
///
/// # Errors
/// What the endpoints would answer instead.
pub fn for_user<'t>(
    tenant: &'t Tenant,
    application: &'t Application,
    user: &UserFacts,
    scope: &str,
    claims: Option<&str>,
    now: i64,
) -> Result<Preview<'t>, OAuthError> {
    let by_device =
        application.has_grant(GrantType::DeviceCode) && !application.has_grant(GrantType::AuthorizationCode);
    let redeemed = if by_device {
        by_device_code(tenant, application, user, scope, now)?
    } else {
        by_code(tenant, application, user, scope, claims, now)?
    };
    let Redeemed { plan, dropped, consent, requested } = redeemed;
    let mut preview = of_plan(tenant, application, &plan, Some(user), now);
    preview.dropped = dropped;
    preview.missing = claims::missing_required(tenant, application, user, now);
    preview.consent = if application.spec().require_consent { consent } else { Vec::new() };
    if let Some(part) = &mut preview.identity_token {
        part.explanation = explain(tenant, application, &plan, user, &requested.id_token, Destination::IdentityToken);
    }
    Ok(preview)
}

/// What comes of a request and its redemption.
struct Redeemed {
    plan: TokenPlan,
    dropped: Vec<DroppedScope>,
    /// Scopes to agree to.
    consent: Vec<String>,
    requested: RequestedClaims,
}

fn by_code(
    tenant: &Tenant,
    application: &Application,
    user: &UserFacts,
    scope: &str,
    claims: Option<&str>,
    now: i64,
) -> Result<Redeemed, OAuthError> {
    let redirect_uri = application.spec().redirect_uris.first().cloned().unwrap_or_default();
    let pairs = [
        ("response_type", "code".to_owned()),
        ("client_id", application.client_id().to_owned()),
        ("redirect_uri", redirect_uri.clone()),
        ("scope", scope.to_owned()),
        ("claims", claims.unwrap_or_default().to_owned()),
        ("code_challenge", digest::sha256_base64url(VERIFIER.as_bytes())),
        ("code_challenge_method", "S256".to_owned()),
    ];
    let params = Params::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)))?;
    let request = authorize::validate(tenant, &params).map_err(|refusal| refusal.error())?;
    let to = request.answer_to.redirection().ok_or_else(|| PageError::MissingRedirectUri.error())?;
    let consent = consent::needed(tenant, application, &request.scopes, &request.requested_claims);
    let row = CodeRow {
        grant_id: LATER.to_owned(),
        data: request.code_data(to, authentication(user, now)),
        expires_at: now + CODE_LIFETIME,
        consumed: false,
        grant_revoked: false,
    };
    let redemption = Request {
        code: LATER.to_owned(),
        redirect_uri: Some(redirect_uri),
        code_verifier: Some(VERIFIER.to_owned()),
        resources: Vec::new(),
        details: None,
        playground_run: None,
    };
    let client = authenticated(application);
    let plan = authorization_code::decide(tenant, &client, &redemption, &row, Some(user), Some(&consent), now);
    let plan = plan.map_err(|denied| denied.error().clone())?;
    Ok(Redeemed { plan, dropped: request.dropped, consent, requested: row.data.requested_claims })
}

/// What is required counts as given: what the user would be asked for is said beside.
fn by_device_code(
    tenant: &Tenant,
    application: &Application,
    user: &UserFacts,
    scope: &str,
    now: i64,
) -> Result<Redeemed, OAuthError> {
    let params = Params::from_pairs([("scope".to_owned(), scope.to_owned())])?;
    let client = authenticated(application);
    let request = device::read(tenant, &client, &params)?;
    let user = subject::active(tenant, Some(user), &user.sub)?;
    let granted = AnsweredGrant {
        grant_id: LATER.to_owned(),
        authentication: authentication(user, now),
        scopes: request.scopes.clone(),
        authorization_details: Vec::new(),
        grant_revoked: false,
    };
    let redemption = device_code::Request { device_code: LATER.to_owned(), resources: Vec::new(), details: None };
    let plan = device_code::plan(tenant, &client, &granted, &redemption, user, Some(&request.scopes), now)?;
    let (consent, requested) = (request.scopes, RequestedClaims::default());
    Ok(Redeemed { plan, dropped: request.dropped, consent, requested })
}

/// An application acts for itself (RFC 6749 section 4.4); without scopes, for all it is allowed.
///
/// # Errors
/// What the token endpoint would answer instead.
pub fn for_itself<'t>(
    tenant: &'t Tenant,
    application: &'t Application,
    scope: Option<&str>,
    now: i64,
) -> Result<Preview<'t>, OAuthError> {
    let request = client_credentials::Request { scope: scope.map(str::to_owned), resources: Vec::new(), details: None };
    let plan = client_credentials::decide(tenant, &authenticated(application), &request, now)?;
    Ok(of_plan(tenant, application, &plan, None, now))
}

fn authenticated(application: &Application) -> AuthenticatedClient<'_> {
    let confidential = application.spec().kind.is_confidential();
    let method = if confidential { AuthMethod::ClientSecretBasic } else { AuthMethod::None };
    AuthenticatedClient { application, secret_id: None, method, secret: None, jkt: None, x5t: None }
}

fn authentication(user: &UserFacts, now: i64) -> Authentication {
    Authentication {
        user_id: user.sub.clone(),
        session_id: Some(LATER.to_owned()),
        auth_time: now,
        amr: vec!["pwd".to_owned()],
        acr: None,
    }
}

fn of_plan<'t>(
    tenant: &'t Tenant,
    application: &'t Application,
    plan: &TokenPlan,
    user: Option<&UserFacts>,
    now: i64,
) -> Preview<'t> {
    let data = &plan.access_token.data;
    let is_jwt = plan.access_token.format == model::spec::AccessTokenFormat::Jwt;
    let why = |destination, requested: &[String]| {
        user.map(|user| explain(tenant, application, plan, user, requested, destination)).unwrap_or_default()
    };
    let identity_token = plan.identity_token.as_ref().map(|spec| {
        let mut payload = token::identity_payload(tenant, application, spec, Some(LATER));
        payload.insert("at_hash".to_owned(), json!(LATER));
        Part { payload, explanation: Vec::new() }
    });
    let access_token = is_jwt.then(|| {
        let payload = token::access_payload(tenant, application, &plan.access_token, LATER);
        Part { payload, explanation: why(Destination::AccessToken, &[]) }
    });
    let userinfo = userinfo::answer(tenant, data, user, now).ok();
    let userinfo =
        userinfo.map(|payload| Part { payload, explanation: why(Destination::UserInfo, &data.userinfo_claims) });
    let asking = data.audience.iter().filter_map(|name| tenant.addressed(name));
    let told = asking.filter_map(|connection| {
        let jti = is_jwt.then_some(LATER);
        match introspection::answer(tenant, connection, Some(data), jti, user, now) {
            Value::Object(payload) => {
                let part = Part { payload, explanation: why(Destination::AccessToken, &[]) };
                Some((connection.name().to_owned(), part))
            }
            _ => None,
        }
    });
    Preview {
        granted: plan.scopes.clone(),
        dropped: Vec::new(),
        missing: Missing::default(),
        consent: Vec::new(),
        introspection: told.collect(),
        identity_token,
        access_token,
        userinfo,
    }
}

fn explain<'t>(
    tenant: &'t Tenant,
    application: &'t Application,
    plan: &TokenPlan,
    user: &UserFacts,
    requested: &[String],
    destination: Destination,
) -> Vec<Explanation<'t>> {
    let granted_scopes = &plan.scopes;
    let input = claims::Input { tenant, user, application, granted_scopes, requested, destination };
    claims::assemble(&input).explanation
}

/// Members that differ from one issuing to the next, and so say nothing of the configuration.
pub fn is_momentary(member: &str) -> bool {
    ["iat", "exp", "nbf", "jti", "at_hash", "c_hash", "auth_time", "sid", "nonce", GRANT_ID].contains(&member)
}
