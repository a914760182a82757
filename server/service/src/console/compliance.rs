//! How many of an application's people comply with its required claims. Viewers may ask.

use model::Role;
use model::spec::{ApplicationSpec, Asking, RequiredClaim, Stage};
use oidc::tenant::Tenant;

use super::place::{enter, in_use};
use crate::actor::Actor;
use crate::compliance;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

pub use crate::compliance::{EXACT, Figures};

/// The figures of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Its people; `None` while a large application waits for its first count.
    pub figures: Option<Figures>,
    /// The claims that are counted, with what people call them, in the application's order.
    pub claims: Vec<(RequiredClaim, String)>,
    /// People who are asked for something at their next sign-in; `None` where so many are not counted
    /// together.
    pub asked: Option<i64>,
}

/// Counts the required claims of an application as it is saved, but for those that are off. `None` when
/// there are none, or the subscription is out of use.
pub async fn meter(ctx: &Ctx, actor: &Actor, slug: &str, application_id: &str) -> Result<Option<Meter>> {
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(None) };
    let tenant = &snap.tenant;
    let application = tenant.application_by_id(application_id).ok_or(Error::NotFound)?;
    let counted = Required::of(tenant, application.spec());
    if counted.claims.is_empty() {
        return Ok(None);
    }
    let names: Vec<&str> = counted.names().collect();
    let figures = compliance::figures(ctx, &mut ctx.read().await?, &snap, application_id, &names).await?;
    Ok(counted.meter(figures, ctx.now()))
}

/// The required claims that a meter shows.
pub(super) struct Required {
    claims: Vec<(RequiredClaim, String)>,
}

impl Required {
    /// Those of an application, but for those that are off.
    pub fn of(tenant: &Tenant, spec: &ApplicationSpec) -> Self {
        let counted = spec.required_claims.iter().filter(|required| required.stage != Stage::Off);
        let claims = counted.filter_map(|r| Some((r.clone(), tenant.claim(&r.claim)?.title().to_owned())));
        Self { claims: claims.collect() }
    }

    /// Names of the claims.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.claims.iter().map(|(required, _)| required.claim.as_str())
    }

    /// The meter, by figures in which each of the names was counted. `now` in Unix seconds.
    pub fn meter(self, figures: Option<Figures>, now: i64) -> Option<Meter> {
        let asked = self.claims.iter().filter(|(required, _)| required.asking(now) != Asking::Nobody);
        let asked: Vec<&str> = asked.map(|(required, _)| required.claim.as_str()).collect();
        let asked = figures.as_ref().and_then(|figures| figures.lacking_any(&asked));
        (!self.claims.is_empty()).then_some(Meter { figures, claims: self.claims, asked })
    }
}
