//! The token preview: what an application gets for a user, as it is saved and as it would be.

mod shown;

use std::sync::Arc;

use model::Role;
use model::spec::{ApplicationSpec, ClaimSpec, IdentityScopeSpec};
use oidc::preview::{self, Preview};
use oidc::tenant::Tenant;
use oidc::user::UserFacts;
use store::users::{WithValues, find_by_login_with_values, first_with_values};

pub use shown::{Change, LeftOut, Member, PartKind, PreviewPart, Previewed, TokenPreview, Why};

use super::place::enter_to_people;
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who asks for tokens, and how.
    pub grant: PreviewGrant,
    /// User name or address of whoever signs in.
    pub login: String,
    /// Requested scopes, separated by spaces; empty for all that the application may request.
    pub scope: String,
}

/// How tokens are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewGrant {
    /// A user signs in.
    AuthorizationCode,
    /// The application acts for itself.
    ClientCredentials,
}

/// What stands in a form and is not saved yet.
#[derive(Clone, Debug)]
pub enum Unsaved {
    /// Settings of the application that asks.
    Application(Box<ApplicationSpec>),
    /// The definition of a claim, by its row id.
    Claim(String, Box<ClaimSpec>),
    /// An identity scope, by its row id.
    IdentityScope(String, IdentityScopeSpec),
}

impl Unsaved {
    /// The subscription as it would be.
    fn applied(self, saved: &Tenant, application_id: &str) -> Tenant {
        match self {
            Self::Application(spec) => saved.with_application(application_id, *spec),
            Self::Claim(id, spec) => saved.with_claim(&id, *spec),
            Self::IdentityScope(id, spec) => saved.with_identity_scope(&id, spec),
        }
    }
}

/// What an application gets. With `unsaved`, as it would be with that, marked against what is saved.
/// Viewers of the subscription may ask; values of administrators are for owners.
pub async fn tokens(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    application_id: &str,
    unsaved: Option<Unsaved>,
    question: &Question,
) -> Result<Previewed> {
    let look = match look(ctx, actor, slug, application_id).await? {
        Ok(look) => look,
        Err(refused) => return Ok(refused),
    };
    let found = match question.grant {
        PreviewGrant::ClientCredentials => None,
        PreviewGrant::AuthorizationCode => {
            let login = model::canonical::text(question.login.trim());
            let found = match login.len() {
                1..=512 => find_by_login_with_values(&mut ctx.read().await?, look.tenant().id(), &login).await?,
                _ => None,
            };
            if found.is_none() {
                return Ok(Previewed::NoUser);
            }
            found
        }
    };
    Ok(look.answer(found, unsaved, question))
}

/// What an application gets for the first user of the list, with what they sign in with: somebody to look
/// at, so that a preview says something at once. `None` where nobody is there. For whom [`tokens`] is.
pub async fn tokens_of_first(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    application_id: &str,
    unsaved: Option<Unsaved>,
) -> Result<Option<(String, Previewed)>> {
    let look = match look(ctx, actor, slug, application_id).await? {
        Ok(look) => look,
        Err(refused) => return Ok(Some((String::new(), refused))),
    };
    let found = first_with_values(&mut ctx.read().await?, look.tenant().id()).await?;
    let Some(login) = found.as_ref().map(|(user, _)| user.login().to_owned()) else { return Ok(None) };
    let grant = PreviewGrant::AuthorizationCode;
    let question = Question { grant, login: login.clone(), scope: String::new() };
    Ok(Some((login, look.answer(found, unsaved, &question))))
}

/// An application of a subscription in use.
struct Look<'a> {
    snap: Arc<Snapshot>,
    application_id: &'a str,
    now: i64,
}

/// Finds it, for somebody who may; inside, what stands in the place of tokens where none are issued.
async fn look<'a>(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    application_id: &'a str,
) -> Result<std::result::Result<Look<'a>, Previewed>> {
    let subscription = enter_to_people(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    let snap = match ctx.snapshots.as_of(ctx, &subscription).await {
        Err(Error::OutOfUse { name }) => return Ok(Err(out_of_use(&name))),
        snap => snap?,
    };
    snap.tenant.application_by_id(application_id).ok_or(Error::NotFound)?;
    Ok(Ok(Look { snap, application_id, now: ctx.now() }))
}

impl Look<'_> {
    fn tenant(&self) -> &Tenant {
        &self.snap.tenant
    }

    fn answer(&self, user: Option<WithValues>, unsaved: Option<Unsaved>, question: &Question) -> Previewed {
        let (saved, id) = (self.tenant(), self.application_id);
        let user = user.map(|found| crate::facts::of(saved, found));
        let user = user.as_ref();
        let before = ask(saved, id, user, question, self.now);
        let Some(unsaved) = unsaved else {
            let shown = before.clone();
            return shown::against(saved, id, user, shown, before.as_ref().ok());
        };
        let changed = unsaved.applied(saved, id);
        let shown = ask(&changed, id, user, question, self.now);
        shown::against(&changed, id, user, shown, before.as_ref().ok())
    }
}

fn out_of_use(name: &str) -> Previewed {
    Previewed::Refused { error: "unauthorized_client".to_owned(), description: format!("{name} is out of use") }
}

fn ask<'t>(
    tenant: &'t Tenant,
    application_id: &str,
    user: Option<&UserFacts>,
    question: &Question,
    now: i64,
) -> std::result::Result<Preview<'t>, oidc::error::OAuthError> {
    let unknown = || oidc::error::OAuthError::invalid_client("no such application");
    let application = tenant.application_by_id(application_id).ok_or_else(unknown)?;
    let typed = question.scope.trim();
    match user {
        Some(user) => {
            let spec = application.spec();
            let all = spec.allowed_identity_scopes.iter().chain(&spec.allowed_api_scopes);
            let all = all.map(String::as_str).collect::<Vec<_>>().join(" ");
            let scope = if typed.is_empty() { &all } else { typed };
            preview::for_user(tenant, application, user, scope, None, now)
        }
        None => preview::for_itself(tenant, application, Some(typed).filter(|scope| !scope.is_empty()), now),
    }
}
