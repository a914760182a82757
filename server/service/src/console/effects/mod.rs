//! What a change would do to people and to other objects, told before it is saved. Only what hurts:
//! somebody is asked, something is lost, or facts about people go where they did not go before.

pub mod application;
pub mod claim;
pub mod scope;

use model::spec::{Asking, GrantType};
use oidc::tenant::{Application, Tenant};

/// Among whom people were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Among {
    /// People of the application.
    pub people: i64,
    /// Users of the subscription, as in [`crate::compliance::Figures`].
    pub users: i64,
    /// Unix seconds of a count in the background.
    pub counted_at: Option<i64>,
}

/// An object that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// `application` or `identity_scope`.
    pub object_type: String,
    /// Row id.
    pub id: String,
    /// For people.
    pub name: String,
}

/// Something that hurts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// People will be asked for a claim, or can no longer skip it.
    Asked {
        /// What people call the claim.
        claim: String,
        /// As it will be.
        asking: Asking,
        /// The last day on which it can be skipped.
        until: Option<String>,
        /// They are asked already, and can skip it.
        already: bool,
        /// Who lacks it; `None` while a large application waits for its first count.
        lacking: Option<(i64, Among)>,
    },
    /// People who lack one at least of several claims.
    AskedTogether {
        /// How many.
        lacking: i64,
        /// Among whom.
        among: Among,
    },
    /// Claims that no other scope of the application lets out.
    TakesAway {
        /// The scope that goes.
        scope: String,
        /// Names of the claims.
        claims: Vec<String>,
        /// People who hold the most frequent of them; `None` while they wait for their first count.
        holders: Option<i64>,
        /// Unix seconds of a count in the background.
        counted_at: Option<i64>,
    },
    /// The scope `openid` goes: no identity token, no `UserInfo`.
    NoIdentity,
    /// An API scope goes.
    NoApiScope(String),
    /// A type of authorization details goes.
    NoDetailType(String),
    /// A grant goes; with the users whose access it is.
    NoGrant(GrantType, i64),
    /// Sign-ins that come back here are refused.
    NoRedirect(String),
    /// Nobody comes back here after signing out.
    NoPostLogout(String),
    /// Scripts from here are refused.
    NoOrigin(String),
    /// So many users' access ends, counted up to [`crate::compliance::EXACT`] and one more for "more".
    AccessEnds(i64),
    /// Stored values that pass today and would not any more.
    ValuesFail {
        /// How many.
        failing: i64,
        /// Of how many that were tried.
        tried: i64,
        /// There are more, which were not tried.
        more: bool,
    },
    /// These applications ask for a claim whose values fail.
    AskedAgain(Vec<Linked>),
    /// These applications no longer find a claim in their identity tokens.
    LeavesIdentityToken(Vec<Linked>),
    /// These applications no longer find a claim in their access tokens.
    LeavesAccessToken(Vec<Linked>),
    /// These applications no longer receive a claim.
    LeavesScope(String, Vec<Linked>),
    /// These applications receive a claim that they did not receive before.
    Reaches(String, Vec<Linked>),
    /// These applications find a claim in their access tokens, which APIs read.
    EntersAccessToken(Vec<Linked>),
    /// Users' values go with the claim.
    ValuesGo(i64),
}

/// What deleting an object would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deletion {
    /// What stands in the way.
    pub blocked_by: Vec<Linked>,
    /// What else hurts.
    pub effects: Vec<Effect>,
}

impl Deletion {
    fn blocked_by(users: Vec<store::Usage>) -> Self {
        Self { blocked_by: users.into_iter().map(Linked::from).collect(), effects: Vec::new() }
    }
}

impl From<store::Usage> for Linked {
    fn from(usage: store::Usage) -> Self {
        Self { object_type: usage.object_type, id: usage.id, name: usage.name }
    }
}

impl From<&Application> for Linked {
    fn from(application: &Application) -> Self {
        let name = application.spec().name.clone();
        Self { object_type: "application".to_owned(), id: application.id().to_owned(), name }
    }
}

/// Applications in use of which something is true.
fn applications(tenant: &Tenant, is_so: impl Fn(&Application) -> bool) -> Vec<Linked> {
    tenant.applications().filter(|a| a.is_enabled() && is_so(a)).map(Linked::from).collect()
}

/// True when an application may request a scope that holds a claim, other than `except`.
fn receives(tenant: &Tenant, application: &Application, claim: &str, except: Option<&str>) -> bool {
    let allowed = &application.spec().allowed_identity_scopes;
    tenant.scopes_of_claim(claim).any(|scope| Some(scope.name.as_str()) != except && allowed.contains(&scope.name))
}
