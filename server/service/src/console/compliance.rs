//! How many of an application's people comply with its required claims. Viewers may ask.

use model::Role;
use model::spec::{Asking, RequiredClaim, Stage};

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
}

/// Counts the required claims of an application as it is saved, but for those that are off. `None` when
/// there are none, or the subscription is out of use.
pub async fn meter(ctx: &Ctx, actor: &Actor, slug: &str, application_id: &str) -> Result<Option<Meter>> {
    let subscription = enter(&mut ctx.read().await?, actor, slug, Role::Viewer).await?;
    let Some(snap) = in_use(ctx, &subscription).await? else { return Ok(None) };
    let tenant = &snap.tenant;
    let application = tenant.application_by_id(application_id).ok_or(Error::NotFound)?;
    let counted = application.spec().required_claims.iter().filter(|required| required.stage != Stage::Off);
    let claims = counted.filter_map(|r| Some((r.clone(), tenant.claim(&r.claim)?.title().to_owned())));
    let claims: Vec<(RequiredClaim, String)> = claims.collect();
    if claims.is_empty() {
        return Ok(None);
    }
    let mut conn = ctx.read().await?;
    let names: Vec<&str> = claims.iter().map(|(required, _)| required.claim.as_str()).collect();
    let asked = claims.iter().filter(|(required, _)| required.asking(ctx.now()) != Asking::Nobody);
    let asked: Vec<&str> = asked.map(|(required, _)| required.claim.as_str()).collect();
    let figures = compliance::figures(&mut conn, tenant, application_id, &names, &asked).await?;
    Ok(Some(Meter { figures, claims }))
}
