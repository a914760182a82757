//! The answer of a token preview: tokens and answers, member by member, against what is saved.

use std::collections::BTreeSet;

use model::spec::{ApplicationSpec, SigningAlg};
use oidc::authorize::DropReason;
use oidc::claims::{By, Outcome, Reason};
use oidc::preview::{self, Part, Preview};
use oidc::tenant::{Application, Tenant};
use oidc::user::UserFacts;
use serde_json::Value;

/// Bytes of a signature and of a header, in base64url with their dots.
fn around_payload(alg: SigningAlg) -> usize {
    match alg {
        SigningAlg::Rs256 | SigningAlg::Rs384 | SigningAlg::Rs512 | SigningAlg::Ps256 => 342 + 140,
        SigningAlg::Es384 => 128 + 140,
        SigningAlg::Es256 | SigningAlg::EdDsa => 86 + 140,
        // No key id.
        SigningAlg::Hs256 => 43 + 38,
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Previewed {
    /// Nobody has this name.
    NoUser,
    /// No application has this `client_id`.
    NoApplication,
    /// The endpoints would refuse, in these words.
    Refused {
        /// OAuth error code.
        error: String,
        /// For a developer.
        description: String,
    },
    /// Tokens.
    Tokens(Box<TokenPreview>),
}

/// What would be issued.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenPreview {
    /// Row id of the user.
    pub user_id: Option<String>,
    /// Scopes of the tokens.
    pub granted: Vec<String>,
    /// Scopes that were asked for beyond these; true for one that does not exist at all.
    pub dropped: Vec<(String, bool)>,
    /// Required claims that the user would be asked for first.
    pub missing: Vec<String>,
    /// Required claims that the user would be asked for and could leave out, with the last day of that.
    pub skippable: Vec<(String, String)>,
    /// Scopes that the user would have to agree to.
    pub consent: Vec<String>,
    /// Each token and answer.
    pub parts: Vec<PreviewPart>,
}

/// Which token or answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// The identity token.
    IdentityToken,
    /// A JWT access token.
    AccessToken,
    /// The UserInfo answer.
    UserInfo,
    /// What this API connection is told.
    Introspection(String),
}

/// One token or answer.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewPart {
    /// Which.
    pub kind: PartKind,
    /// Bytes of the token, roughly, or of the answer.
    pub bytes: usize,
    /// What is in it.
    pub members: Vec<Member>,
    /// What was in it as saved, and would be no more.
    pub gone: Vec<String>,
    /// Claims that stay out, and why. Those that no scope of the application or of the request has to do
    /// with are not here.
    pub left_out: Vec<LeftOut>,
}

/// A member of a token or answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The scope that let it in, an empty text for the `claims` parameter, `None` for what the protocol
    /// sets.
    pub scope: Option<String>,
    /// Against what is saved.
    pub change: Change,
}

/// Against what is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The same.
    Same,
    /// It was not there.
    New,
    /// It had another value.
    Other,
}

/// A claim that stays out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub claim: String,
    /// Row id of its definition.
    pub claim_id: String,
    /// Why.
    pub reason: Why,
}

/// Why a claim stays out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The application may request this scope, and did not.
    NotRequested(String),
    /// The application may not request this scope.
    NotAllowed(String),
    /// The user has no value.
    NoValue,
    /// The user's value fails today's validation.
    InvalidValue,
    /// The claim's definition keeps it out of here.
    Definition,
    /// The application keeps claims out of its identity tokens.
    Application,
}

/// Puts together what is shown of what would be issued, and what is otherwise than `before`.
pub(super) fn against(
    tenant: &Tenant,
    application_id: &str,
    user: Option<&UserFacts>,
    shown: std::result::Result<Preview<'_>, oidc::error::OAuthError>,
    before: Option<&Preview<'_>>,
) -> Previewed {
    let shown = match shown {
        Ok(shown) => shown,
        Err(error) => {
            let (error, description) = (error.code.as_str().to_owned(), error.description.into_owned());
            return Previewed::Refused { error, description };
        }
    };
    let spec = tenant.application_by_id(application_id).map(Application::spec);
    let part = |kind, part: &Part<'_>, before: Option<&Part<'_>>| of_part(tenant, spec, kind, part, before);
    let mut parts = Vec::new();
    if let Some(token) = &shown.identity_token {
        parts.push(part(PartKind::IdentityToken, token, before.and_then(|b| b.identity_token.as_ref())));
    }
    if let Some(token) = &shown.access_token {
        parts.push(part(PartKind::AccessToken, token, before.and_then(|b| b.access_token.as_ref())));
    }
    if let Some(answer) = &shown.userinfo {
        parts.push(part(PartKind::UserInfo, answer, before.and_then(|b| b.userinfo.as_ref())));
    }
    for (name, answer) in &shown.introspection {
        let was = before.and_then(|b| b.introspection.iter().find(|(n, _)| n == name)).map(|(_, part)| part);
        parts.push(part(PartKind::Introspection(name.clone()), answer, was));
    }
    Previewed::Tokens(Box::new(TokenPreview {
        user_id: user.map(|user| user.sub.clone()),
        granted: shown.granted,
        dropped: shown.dropped.into_iter().map(|d| (d.scope, d.reason == DropReason::Unknown)).collect(),
        missing: shown.missing.required,
        skippable: shown.missing.skippable.into_iter().map(|s| (s.claim, s.until)).collect(),
        consent: shown.consent,
        parts,
    }))
}

fn of_part(
    tenant: &Tenant,
    application: Option<&ApplicationSpec>,
    kind: PartKind,
    part: &Part<'_>,
    before: Option<&Part<'_>>,
) -> PreviewPart {
    let lean = application.is_some_and(|spec| !spec.claims_in_identity_token);
    let included = |name: &str| {
        part.explanation.iter().find(|e| e.claim == name).and_then(|e| match &e.outcome {
            Outcome::Included(By::Scope(scope)) => Some((*scope).to_owned()),
            Outcome::Included(By::ClaimsParameter) => Some(String::new()),
            Outcome::Excluded(_) => None,
        })
    };
    let change = |name: &str, value: &Value| match before.map(|before| before.payload.get(name)) {
        None | Some(None) => Change::New,
        Some(Some(was)) if was == value || preview::is_momentary(name) => Change::Same,
        Some(Some(_)) => Change::Other,
    };
    let members = part.payload.iter().map(|(name, value)| Member {
        change: change(name, value),
        scope: included(name),
        name: name.clone(),
        value: value.clone(),
    });
    // What the configuration decides comes first, what the protocol always sets after it.
    let mut members: Vec<Member> = members.collect();
    members.sort_by_key(|member| member.scope.is_none());
    let payload = Value::Object(part.payload.clone()).to_string().len();
    let there: BTreeSet<&String> = part.payload.keys().collect();
    let gone = before.iter().flat_map(|before| before.payload.keys()).filter(|name| !there.contains(name));
    let left_out = part.explanation.iter().filter_map(|e| match &e.outcome {
        Outcome::Included(_) => None,
        Outcome::Excluded(reason) => {
            let reason =
                why(reason, lean && kind == PartKind::IdentityToken, tenant.claim(e.claim)?.in_identity_token)?;
            let claim_id = tenant.claims().get(e.claim)?.id.clone();
            Some(LeftOut { claim: e.claim.to_owned(), claim_id, reason })
        }
    });
    let alg = match kind {
        PartKind::UserInfo | PartKind::Introspection(_) => None,
        PartKind::IdentityToken => Some(application.map(ApplicationSpec::identity_token_alg)),
        PartKind::AccessToken => Some(application.map(ApplicationSpec::access_token_alg)),
    };
    let bytes = alg.map_or(payload, |alg| payload.div_ceil(3) * 4 + around_payload(alg.unwrap_or_default()));
    PreviewPart { bytes, members, gone: gone.cloned().collect(), left_out: left_out.collect(), kind }
}

/// `None` where there is nothing to tell: the name belongs to the protocol, or to no scope.
fn why(reason: &Reason<'_>, lean: bool, in_identity_token: bool) -> Option<Why> {
    Some(match reason {
        Reason::ScopeNotRequested { scope } => Why::NotRequested((*scope).to_owned()),
        Reason::ScopeNotAllowed { scope } => Why::NotAllowed((*scope).to_owned()),
        Reason::NoValue => Why::NoValue,
        Reason::InvalidValue => Why::InvalidValue,
        Reason::WrongDestination if lean && in_identity_token => Why::Application,
        Reason::WrongDestination => Why::Definition,
        Reason::InNoScope | Reason::Reserved => return None,
    })
}
