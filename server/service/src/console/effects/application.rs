//! What a change of an application does to its people.

use std::collections::BTreeSet;

use model::Role;
use model::spec::{ApplicationSpec, Asking, GrantType, RequiredClaim};
use oidc::scope::OPENID;
use oidc::tenant::Tenant;
use store::Conn;

use super::{Among, Deletion, Effect};
use crate::actor::Actor;
use crate::compliance::{self, EXACT, Figures};
use crate::console::compliance::{Meter, Required};
use crate::console::place::{enter, in_use};
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// What an edit does, beside how things are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// What saving it would do; nothing where nobody can sign in.
    pub effects: Vec<Effect>,
    /// Who complies with what is saved.
    pub meter: Option<Meter>,
}

/// Of saving an application as this form has it. Viewers may ask. People are counted once for all of it.
pub async fn of_edit(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, unsaved: &ApplicationSpec) -> Result<Edit> {
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(Edit::default()) };
    let tenant = &snap.tenant;
    let application = tenant.application_by_id(id).ok_or(Error::NotFound)?;
    let look = Look { tenant, id, saved: application.spec(), unsaved, now: ctx.now() };
    let required = Required::of(tenant, look.saved);
    let (stricter, lost) = if application.is_enabled() { (look.stricter(), look.lost()) } else { Default::default() };
    let lost_claims = lost.iter().flat_map(|(_, claims)| claims).copied();
    let counted: BTreeSet<&str> =
        required.names().chain(stricter.iter().map(Stricter::claim)).chain(lost_claims).collect();
    let counted: Vec<&str> = counted.into_iter().collect();
    let mut conn = ctx.read().await?;
    let figures = match counted.as_slice() {
        [] => None,
        counted => compliance::figures(ctx, &mut conn, &snap, id, counted).await?,
    };
    let mut effects = Vec::new();
    if application.is_enabled() {
        effects.extend(asked(&stricter, figures.as_ref()));
        effects.extend(look.scopes(lost, figures.as_ref()));
        effects.extend(look.addresses());
        effects.extend(look.grants(&mut conn).await?);
    }
    Ok(Edit { effects, meter: required.meter(figures, look.now) })
}

/// Of taking an application out of use, or of deleting it. Viewers may ask.
pub async fn of_end(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<Deletion> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let found = store::applications::find(&mut conn, id).await?;
    found.filter(|found| found.subscription_id == subscription.object.id).ok_or(Error::NotFound)?;
    let people = store::grants::count_live_users(&mut conn, id, ctx.now(), EXACT + 1).await?;
    let effects = if people > 0 { vec![Effect::AccessEnds(people)] } else { Vec::new() };
    Ok(Deletion { blocked_by: Vec::new(), effects })
}

/// What is compared.
struct Look<'a> {
    tenant: &'a Tenant,
    id: &'a str,
    saved: &'a ApplicationSpec,
    unsaved: &'a ApplicationSpec,
    now: i64,
}

/// A required claim that asks more of people than it did.
struct Stricter<'a> {
    required: &'a RequiredClaim,
    title: &'a str,
    /// People are asked already, and can skip it.
    already: bool,
    /// As it will be.
    asking: Asking,
}

impl Stricter<'_> {
    fn claim(&self) -> &str {
        &self.required.claim
    }
}

fn asked(stricter: &[Stricter<'_>], figures: Option<&Figures>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for claim in stricter {
        let lacking = figures.and_then(|f| Some((f.lacking(claim.claim())?, among(f))));
        if lacking.is_some_and(|(lacking, _)| lacking == 0) {
            continue;
        }
        let until = claim.required.until.clone().filter(|_| claim.asking == Asking::Skippable);
        let (title, asking, already) = (claim.title.to_owned(), claim.asking, claim.already);
        effects.push(Effect::Asked { claim: title, asking, until, already, lacking });
    }
    let names: Vec<&str> = stricter.iter().map(Stricter::claim).collect();
    if effects.len() > 1
        && let Some(figures) = figures
        && let Some(lacking) = figures.lacking_any(&names)
    {
        effects.push(Effect::AskedTogether { lacking, among: among(figures) });
    }
    effects
}

impl<'a> Look<'a> {
    fn stricter(&self) -> Vec<Stricter<'a>> {
        let asking = |spec: &ApplicationSpec, claim: &str| {
            let found = spec.required_claims.iter().find(|required| required.claim == claim);
            found.map_or(Asking::Nobody, |required| required.asking(self.now))
        };
        let stricter = self.unsaved.required_claims.iter().filter_map(|required| {
            let (before, asking) = (asking(self.saved, &required.claim), required.asking(self.now));
            let title = self.tenant.claim(&required.claim)?.title();
            (asking > before).then_some(Stricter { required, title, already: before != Asking::Nobody, asking })
        });
        stricter.collect()
    }

    /// Identity scopes that go, with the claims that nothing lets out any more.
    fn lost(&self) -> Vec<(&'a str, Vec<&'a str>)> {
        let removed = gone(&self.saved.allowed_identity_scopes, &self.unsaved.allowed_identity_scopes);
        removed.map(|scope| (scope, self.lost_with(scope))).filter(|(_, claims)| !claims.is_empty()).collect()
    }

    fn scopes(&self, lost: Vec<(&str, Vec<&str>)>, figures: Option<&Figures>) -> Vec<Effect> {
        let mut removed = gone(&self.saved.allowed_identity_scopes, &self.unsaved.allowed_identity_scopes);
        let mut effects: Vec<Effect> =
            removed.any(|scope| scope == OPENID).then_some(Effect::NoIdentity).into_iter().collect();
        for (scope, claims) in lost {
            let count = |f: &Figures| claims.iter().filter_map(|claim| f.complying(claim)).max();
            let holders = figures.and_then(count);
            if holders != Some(0) {
                effects.push(Effect::TakesAway {
                    scope: scope.to_owned(),
                    claims: claims.into_iter().map(str::to_owned).collect(),
                    holders,
                    counted_at: figures.and_then(|f| f.counted_at),
                });
            }
        }
        let api = gone(&self.saved.allowed_api_scopes, &self.unsaved.allowed_api_scopes);
        effects.extend(api.map(|scope| Effect::NoApiScope(scope.to_owned())));
        let (saved, unsaved) = (self.saved, self.unsaved);
        let types = gone(&saved.allowed_authorization_details_types, &unsaved.allowed_authorization_details_types);
        effects.extend(types.map(|name| Effect::NoDetailType(name.to_owned())));
        effects
    }

    /// Claims that no scope lets out any more when this one goes. What is derived goes without saying: it
    /// has no value that could be counted.
    fn lost_with(&self, scope: &str) -> Vec<&'a str> {
        let (tenant, left) = (self.tenant, &self.unsaved.allowed_identity_scopes);
        let lets_out = |claim: &&str| {
            !model::standard_claims::is_derived(claim)
                && !tenant.scopes_of_claim(claim).any(|other| left.contains(&other.name))
        };
        let claims = tenant.identity_scope(scope).map(|spec| spec.claims.as_slice()).unwrap_or_default();
        claims.iter().map(String::as_str).filter(lets_out).collect()
    }

    fn addresses(&self) -> Vec<Effect> {
        let (saved, unsaved) = (self.saved, self.unsaved);
        let redirects = gone(&saved.redirect_uris, &unsaved.redirect_uris);
        let redirects = redirects.map(|uri| Effect::NoRedirect(uri.to_owned()));
        let signed_out = gone(&saved.post_logout_redirect_uris, &unsaved.post_logout_redirect_uris);
        let signed_out = signed_out.map(|uri| Effect::NoPostLogout(uri.to_owned()));
        let origins = gone(&saved.cors_origins, &unsaved.cors_origins);
        redirects.chain(signed_out).chain(origins.map(|uri| Effect::NoOrigin(uri.to_owned()))).collect()
    }

    async fn grants(&self, conn: &mut Conn) -> Result<Vec<Effect>> {
        let lost = self.saved.grant_types.iter().filter(|grant| !self.unsaved.grant_types.contains(grant));
        let mut effects = Vec::new();
        for &grant in lost {
            let people = match grant {
                GrantType::ClientCredentials => 0,
                _ => store::grants::count_live_users(conn, self.id, self.now, EXACT + 1).await?,
            };
            effects.push(Effect::NoGrant(grant, people));
        }
        Ok(effects)
    }
}

fn among(figures: &Figures) -> Among {
    Among { people: figures.people, users: figures.users, counted_at: figures.counted_at }
}

/// What is in the first list and not in the second.
fn gone<'a>(before: &'a [String], after: &'a [String]) -> impl Iterator<Item = &'a str> {
    before.iter().filter(|name| !after.contains(name)).map(String::as_str)
}
