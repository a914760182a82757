//! Grant type `urn:ietf:params:oauth:grant-type:jwt-bearer` (RFC 7523 section 2.1): an application brings what an
//! issuer that the subscription trusts says of a user. Nobody signs in by that, and nobody is asked anything.

use model::canonical;
use model::spec::{AssertedSubject, GrantType};
use serde_json::Value;

use super::agreed::{self, Agreed, Wanted};
use super::plan::{AccessTokenSpec, TokenPlan};
use super::{AccessTokenData, resource, subject};
use crate::client_auth::AuthenticatedClient;
use crate::endpoint;
use crate::error::OAuthError;
use crate::jose::{CheckSignature, PublicKey, Signed, Times};
use crate::params::Params;
use crate::scope::OFFLINE_ACCESS;
use crate::tenant::{Tenant, TrustedIssuer};
use crate::user::{Authentication, UserFacts};
use crate::verify::SKEW;

/// Longest `sub`, in bytes.
const MAX_SUBJECT: usize = 512;

/// The request. `Debug` hides the assertion.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// A JWT.
    pub assertion: String,
    /// What is asked for.
    pub scope: Option<String>,
    /// Of the APIs, those that the token is for; none for all (RFC 8707 section 2.2).
    pub resources: Vec<String>,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("jwt_bearer")
    }
}

impl Request {
    /// RFC 7523 section 2.1: "The value of the `assertion` parameter MUST contain a single JWT."
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        agreed::refuse_details(params)?;
        Ok(Self {
            assertion: params.required("assertion")?.to_owned(),
            scope: params.get("scope").map(str::to_owned),
            resources: resource::read(params),
        })
    }
}

/// May this application ask at all, and for these scopes? Looked at before the assertion, which is not used up by that.
///
/// # Errors
/// `unauthorized_client`, `invalid_scope`.
pub fn scopes(tenant: &Tenant, client: &AuthenticatedClient<'_>, request: &Request) -> Result<Vec<String>, OAuthError> {
    // RFC 7523 section 3.1: "Whether or not client authentication is needed in conjunction with a JWT authorization
    // grant [...] are policy decisions at the discretion of the authorization server." It is: whoever finds an
    // assertion has no use for it.
    agreed::check_client(client, GrantType::JwtBearer)?;
    let mut scopes = agreed::scopes(tenant, client.application, request.scope.as_deref())?;
    // There is no refresh token that it could be for.
    scopes.retain(|scope| scope != OFFLINE_ACCESS);
    if scopes.is_empty() {
        return Err(OAuthError::invalid_scope("scope names nothing that an access token could be for"));
    }
    Ok(scopes)
}

/// The issuer of an assertion, if this application may bring what it says; and the name that the assertion gives its
/// key. Neither is to be believed before the signature was checked.
///
/// # Errors
/// `invalid_grant` for what is no JWT, and in the same words for an issuer that is unknown, and for one whose
/// assertions others may bring: whom the subscription trusts is not told to everybody.
pub fn issuer<'t>(
    tenant: &'t Tenant,
    client: &AuthenticatedClient<'_>,
    request: &Request,
) -> Result<(&'t TrustedIssuer, Option<String>), OAuthError> {
    let signed = parse(&request.assertion)?;
    let untrusted = || refused("the issuer of the assertion is not trusted to name users to this application");
    // Section 3 rule 1: "compliant applications MUST compare issuer values using the Simple String Comparison method".
    // What we say of users ourselves is for those we say it to.
    let claimed = signed.text("iss").filter(|claimed| *claimed != tenant.issuer()).ok_or_else(untrusted)?;
    let known = tenant.trusted_issuer(claimed).filter(|one| one.is_for(client.application.client_id()));
    Ok((known.ok_or_else(untrusted)?, signed.kid))
}

/// What an assertion is checked with.
pub struct Expected<'a> {
    /// The issuer's keys.
    pub keys: &'a [PublicKey],
    /// The cryptography.
    pub signatures: &'a dyn CheckSignature,
    /// Unix seconds.
    pub now: i64,
}

/// An assertion that was found good. It counts once: the caller remembers it until its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asserted {
    /// Whom it names.
    pub subject: String,
    /// In which way.
    pub kind: AssertedSubject,
    /// `jti`, among those of the issuer.
    pub id: String,
    /// Unix seconds, from when on it would be refused anyway.
    pub expires_at: i64,
}

/// Checks an assertion of an issuer (RFC 7523 section 3).
///
/// # Errors
/// `invalid_grant` (section 3.1), saying which rule was broken: whoever gets so far is an application that may bring
/// it.
pub fn check(
    tenant: &Tenant,
    issuer: &TrustedIssuer,
    request: &Request,
    expected: &Expected<'_>,
) -> Result<Asserted, OAuthError> {
    let signed = parse(&request.assertion)?;
    // Rule 9: "The authorization server MUST reject JWTs with an invalid signature". A MAC is none here: a secret that
    // two know would let us make assertions, too.
    if !signed.is_signed_by(expected.keys, expected.signatures) {
        return Err(refused("the assertion is not signed with a key of its issuer"));
    }
    // RFC 8725 section 3.11: an access token, or whatever else the issuer signs, is no assertion.
    if signed.typ.as_deref().is_some_and(|typ| typ != "jwt") {
        return Err(refused("typ of the assertion must be JWT, where it has one"));
    }
    if !is_for(&signed, tenant) {
        return Err(refused("aud of the assertion must be this issuer or its token endpoint, and nothing else"));
    }
    // Rules 4 to 6.
    let times = Times::check(&signed, expected.now)
        .map_err(|error| OAuthError::invalid_grant(format!("exp, nbf or iat of the assertion: {error}")))?;
    // Rule 4: "the authorization server may reject JWTs with an exp claim value that is unreasonably far in the
    // future".
    let longest = issuer.spec().longest_lifetime;
    if times.exp > expected.now + longest + SKEW {
        return Err(OAuthError::invalid_grant(format!("the assertion must end within {longest} seconds")));
    }
    // Rule 2: "The JWT MUST contain a sub (subject) claim".
    let is_name = |sub: &&str| (1..=MAX_SUBJECT).contains(&sub.len()) && !sub.chars().any(char::is_control);
    let subject = signed.text("sub").filter(is_name).ok_or_else(|| refused("the assertion needs a sub"))?;
    // Rule 7 leaves it to us: without one, whoever saw an assertion could use it again.
    let id = signed.id().ok_or_else(|| refused("the assertion needs a jti"))?;
    Ok(Asserted {
        subject: subject.to_owned(),
        kind: issuer.spec().subject,
        id: id.to_owned(),
        expires_at: times.exp + SKEW,
    })
}

/// Rule 3: "The JWT MUST contain an aud (audience) claim containing a value that identifies the authorization server as
/// an intended audience. The token endpoint URL of the authorization server MAY be used". One value only: nobody else
/// who is named can bring it here.
fn is_for(signed: &Signed<'_>, tenant: &Tenant) -> bool {
    let audience = match signed.payload.get("aud") {
        Some(Value::Array(values)) => match values.as_slice() {
            [one] => one.as_str(),
            _ => None,
        },
        Some(one) => one.as_str(),
        None => None,
    };
    audience.is_some_and(|one| one == tenant.issuer() || one == endpoint::url(tenant.issuer(), endpoint::TOKEN))
}

/// An assertion that was brought before.
pub fn used() -> OAuthError {
    refused("the assertion was used before")
}

/// Whoever it is that may not: which users there are is not told.
pub fn nobody() -> OAuthError {
    refused("the assertion names no user who may use this application")
}

/// What an assertion is good for.
#[derive(Clone, Copy, Debug)]
pub struct Vouched<'a> {
    /// What it says.
    pub asserted: &'a Asserted,
    /// Whom the caller found by it.
    pub user: Option<&'a UserFacts>,
    /// Row id of the grant that begins.
    pub grant_id: &'a str,
    /// What the user agreed to earlier.
    pub consented: Option<&'a [String]>,
}

/// Decides what to issue: an access token, and nothing else. `scopes` are those of [`scopes`].
///
/// RFC 7521 section 4.1 advises against refresh tokens: the next assertion does what one would be for. An identity
/// token would say that somebody signed in, which nobody here has seen; so an access token does not say when or how,
/// either.
///
/// # Errors
/// `invalid_grant` in one sentence for a user who is not there, disabled, or not to be named so; `invalid_grant` for
/// one who has to be asked something first, since nobody can be asked here: required claims that are enforced, and
/// consent. `invalid_target`.
pub fn decide(
    tenant: &Tenant,
    client: &AuthenticatedClient<'_>,
    request: &Request,
    scopes: &[String],
    vouched: Vouched<'_>,
    now: i64,
) -> Result<TokenPlan, OAuthError> {
    let user = vouched.user.filter(|user| is_named(user, vouched.asserted)).ok_or_else(nobody)?;
    let user = subject::active(tenant, Some(user), &user.sub).map_err(|_| nobody())?;
    subject::required_claims(tenant, client.application, user, now)?;
    let authentication =
        Authentication { user_id: user.sub.clone(), session_id: None, auth_time: now, amr: Vec::new(), acr: None };
    let agreed = Agreed {
        grant_id: vouched.grant_id,
        authentication: &authentication,
        scopes,
        details: &[],
        consented: vouched.consented,
    };
    let wanted = Wanted { resources: &request.resources, details: None };
    let plan = agreed::plan(tenant, client, agreed, wanted, user, now)?;
    let access_token = plan.access_token;
    let data = AccessTokenData { auth_time: None, ..access_token.data };
    let access_token = AccessTokenSpec { data, ..access_token };
    Ok(TokenPlan { access_token, identity_token: None, refresh_token: None, ..plan })
}

/// Is this the user whom the assertion names? An identifier is the public one, also where the application knows its
/// users by names of its own (OpenID Connect Core section 8): the issuer is not the application, and has no other name
/// for them.
fn is_named(user: &UserFacts, asserted: &Asserted) -> bool {
    let subject = asserted.subject.as_str();
    match asserted.kind {
        AssertedSubject::Identifier => user.sub == subject,
        AssertedSubject::Username => {
            let same = |name: &str| canonical::text(name) == canonical::text(subject);
            user.username.as_deref().is_some_and(same)
        }
        // An address that nobody proved may be anybody's.
        AssertedSubject::Email => {
            let same = |address: &str| canonical::email(address) == canonical::email(subject);
            user.email_verified && user.email.as_deref().is_some_and(same)
        }
    }
}

fn parse(assertion: &str) -> Result<Signed<'_>, OAuthError> {
    Signed::parse(assertion).map_err(|error| OAuthError::invalid_grant(format!("the assertion is {error}")))
}

fn refused(text: &'static str) -> OAuthError {
    OAuthError::invalid_grant(text)
}
