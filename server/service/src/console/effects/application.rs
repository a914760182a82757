//! What a change of an application does to its people.

use model::Role;
use model::spec::{ApplicationSpec, Asking, GrantType};
use oidc::scope::OPENID;
use oidc::tenant::Tenant;
use store::Conn;

use super::{Among, Deletion, Effect};
use crate::actor::Actor;
use crate::compliance::{self, EXACT, Figures};
use crate::console::place::{enter, in_use};
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Of saving an application as this form has it. Viewers may ask.
pub async fn of_edit(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, unsaved: &ApplicationSpec) -> Result<Vec<Effect>> {
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(Vec::new()) };
    let tenant = &snap.tenant;
    let application = tenant.application_by_id(id).ok_or(Error::NotFound)?;
    if !application.is_enabled() {
        return Ok(Vec::new());
    }
    let look = Look { tenant, id, saved: application.spec(), unsaved, now: ctx.now() };
    let mut conn = ctx.read().await?;
    let mut effects = look.required_claims(&mut conn).await?;
    effects.extend(look.identity_scopes(&mut conn).await?);
    effects.extend(look.addresses());
    effects.extend(look.grants(&mut conn).await?);
    Ok(effects)
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

impl Look<'_> {
    async fn required_claims(&self, conn: &mut Conn) -> Result<Vec<Effect>> {
        let asking = |spec: &ApplicationSpec, claim: &str| {
            let found = spec.required_claims.iter().find(|required| required.claim == claim);
            found.map_or(Asking::Nobody, |required| required.asking(self.now))
        };
        let stricter = self.unsaved.required_claims.iter().filter_map(|required| {
            let (before, after) = (asking(self.saved, &required.claim), required.asking(self.now));
            let spec = self.tenant.claim(&required.claim)?;
            (after > before).then_some((required, spec, before != Asking::Nobody, after))
        });
        let stricter: Vec<_> = stricter.collect();
        if stricter.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<&str> = stricter.iter().map(|(required, ..)| required.claim.as_str()).collect();
        let figures = compliance::figures(conn, self.tenant, self.id, &names, &names).await?;
        let mut effects = Vec::new();
        for (required, spec, already, asking) in stricter {
            let lacking = figures.as_ref().and_then(|f| Some((f.lacking(&required.claim)?, among(f))));
            if lacking.is_some_and(|(lacking, _)| lacking == 0) {
                continue;
            }
            let until = required.until.clone().filter(|_| asking == Asking::Skippable);
            effects.push(Effect::Asked { claim: spec.title().to_owned(), asking, until, already, lacking });
        }
        if effects.len() > 1
            && let Some(figures) = figures
            && let Some(lacking) = figures.asked
        {
            effects.push(Effect::AskedTogether { lacking, among: among(&figures) });
        }
        Ok(effects)
    }

    async fn identity_scopes(&self, conn: &mut Conn) -> Result<Vec<Effect>> {
        let mut effects = Vec::new();
        let left = &self.unsaved.allowed_identity_scopes;
        let removed: Vec<&str> = gone(&self.saved.allowed_identity_scopes, left).collect();
        effects.extend(removed.contains(&OPENID).then_some(Effect::NoIdentity));
        let lost: Vec<(&str, Vec<&str>)> = removed.into_iter().map(|scope| (scope, self.lost_with(scope))).collect();
        let lost: Vec<_> = lost.into_iter().filter(|(_, claims)| !claims.is_empty()).collect();
        let counted: Vec<&str> = lost.iter().flat_map(|(_, claims)| claims).copied().collect();
        if !counted.is_empty() {
            let figures = compliance::figures(conn, self.tenant, self.id, &counted, &[]).await?;
            for (scope, claims) in lost {
                let count = |f: &Figures| claims.iter().filter_map(|claim| f.complying(claim)).max();
                let holders = figures.as_ref().and_then(count);
                if holders != Some(0) {
                    effects.push(Effect::TakesAway {
                        scope: scope.to_owned(),
                        claims: claims.into_iter().map(str::to_owned).collect(),
                        holders,
                        counted_at: figures.as_ref().and_then(|f| f.counted_at),
                    });
                }
            }
        }
        let api = gone(&self.saved.allowed_api_scopes, &self.unsaved.allowed_api_scopes);
        effects.extend(api.map(|scope| Effect::NoApiScope(scope.to_owned())));
        Ok(effects)
    }

    /// Claims that no scope lets out any more when this one goes. What is derived goes without saying: it
    /// has no value that could be counted.
    fn lost_with(&self, scope: &str) -> Vec<&str> {
        let left = &self.unsaved.allowed_identity_scopes;
        let lets_out = |claim: &&str| {
            !model::standard_claims::is_derived(claim)
                && !self.tenant.scopes_of_claim(claim).any(|other| left.contains(&other.name))
        };
        let claims = self.tenant.identity_scope(scope).map(|spec| spec.claims.as_slice()).unwrap_or_default();
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
