//! Which applications a claim or a scope concerns, to look at what they get.

use model::Role;
use oidc::tenant::{Application, Tenant};

use super::place::{enter_to_people, in_use};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// What a preview is to be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A claim, by its name.
    Claim(String),
    /// A scope of either kind, by its name.
    Scope(String),
}

impl Subject {
    /// True for an application that may ask for it.
    fn concerns(&self, tenant: &Tenant, application: &Application) -> bool {
        match self {
            Self::Claim(name) => {
                tenant.scopes_of_claim(name).any(|scope| application.allows_identity_scope(&scope.name))
            }
            Self::Scope(name) => application.allows_scope(name),
        }
    }
}

/// An application to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Row id.
    pub id: String,
    /// As in requests.
    pub client_id: String,
    /// What people read.
    pub name: String,
}

/// The applications of a subscription, those first that may ask for the subject, and after all others those
/// out of use, which get nothing; none where the subscription is out of use, or where the reader may not see
/// what applications get.
pub async fn candidates(ctx: &Ctx, actor: &Actor, slug: &str, subject: &Subject) -> Result<Vec<Candidate>> {
    let subscription = match enter_to_people(&mut ctx.read().await?, actor, slug, Role::Viewer).await {
        Err(Error::Forbidden) => return Ok(Vec::new()),
        entered => entered?,
    };
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(Vec::new()) };
    let rank = |a: &Application| (!a.is_enabled(), !subject.concerns(&snap.tenant, a));
    let mut found: Vec<_> = snap.tenant.applications().map(|a| (rank(a), a)).collect();
    found.sort_by(|(a, one), (b, other)| (a, one.client_id()).cmp(&(b, other.client_id())));
    let candidate = |application: &Application| Candidate {
        id: application.id().to_owned(),
        client_id: application.client_id().to_owned(),
        name: application.spec().name.clone(),
    };
    Ok(found.into_iter().map(|(_, application)| candidate(application)).collect())
}
