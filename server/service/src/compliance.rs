//! How many of an application's people hold a value for a claim that counts today.
//!
//! People are users who have ever granted the application something and are not disabled. Up to [`EXACT`]
//! of them are counted while the page waits, by the very rule that decides at sign-in
//! ([`oidc::claims::counts`]); more than that are counted in the background, and the figures say when.

mod recent;
mod survey;

use std::collections::BTreeMap;

use oidc::tenant::Tenant;
use store::Conn;
use store::compliance::{Counted, Part};

pub use self::recent::Recent;
use self::survey::Survey;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// People of an application, and users of a subscription, are counted exactly up to here.
pub const EXACT: i64 = store::subscriptions::COUNTED_USERS;
/// People looked at by one statement in the background.
const CHUNK: i64 = 5_000;
/// Seconds after which the figures of a large application are counted anew.
const FRESH: i64 = 3_600;
/// Large applications counted in one turn of the housekeeping.
const AT_MOST: i64 = 10;

/// Figures of one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Its people.
    pub people: i64,
    /// Users of the subscription, counted up to [`EXACT`] and one more for "more" unless `counted_at` is set.
    pub users: i64,
    /// Unix seconds of a count made in the background; `None` when they were counted just now.
    pub counted_at: Option<i64>,
    complying: BTreeMap<String, i64>,
    /// Who holds what together; none of a count in the background.
    survey: Option<Survey>,
}

impl Figures {
    /// People who hold a value for a claim that counts. `None` for a claim that was not counted.
    pub fn complying(&self, claim: &str) -> Option<i64> {
        self.complying.get(claim).copied()
    }

    /// People who hold no value that counts.
    pub fn lacking(&self, claim: &str) -> Option<i64> {
        Some((self.people - self.complying(claim)?).max(0))
    }

    /// People who hold no value that counts for one of these claims, or more. `None` where so many were not
    /// counted together.
    pub fn lacking_any(&self, claims: &[&str]) -> Option<i64> {
        match claims {
            [] => Some(0),
            [one] => self.lacking(one),
            _ => self.survey.as_ref()?.lacking_any(claims),
        }
    }
}

/// The figures for these claims, and for as many others as can be counted with them; those of many people may
/// be some seconds old. `None` while a large application waits for its first count.
pub(crate) async fn figures(
    ctx: &Ctx,
    conn: &mut Conn,
    snap: &Snapshot,
    application_id: &str,
    claims: &[&str],
) -> Result<Option<Figures>> {
    let (tenant, version, now) = (&snap.tenant, snap.config_version(), ctx.now());
    if let Some(figures) = ctx.recent_figures.get(application_id, version, now, claims) {
        return Ok(Some(figures));
    }
    let state = store::compliance::state(conn, tenant.id(), application_id, EXACT).await?;
    if !state.is_large {
        let all = Part { application_id, after: "", limit: EXACT };
        let found = survey::of(conn, tenant, all, &survey::with_others(tenant, claims)).await?;
        let (people, complying) = (found.people, found.complying());
        let figures = Figures { people, users: state.users, counted_at: None, complying, survey: Some(found) };
        ctx.recent_figures.put(application_id, version, now, &figures);
        return Ok(Some(figures));
    }
    let Some(counted) = state.counted else { return Ok(None) };
    let by_id: BTreeMap<String, i64> = store::compliance::counted(conn, application_id).await?.into_iter().collect();
    let known = tenant.claims().iter().filter_map(|(name, claim)| Some((name.clone(), *by_id.get(&claim.id)?)));
    let (people, users, counted_at) = (counted.people, counted.users, Some(counted.counted_at));
    Ok(Some(Figures { people, users, counted_at, complying: known.collect(), survey: None }))
}

/// Counts the people of large applications whose figures are old.
pub(crate) async fn count_large(ctx: &Ctx) -> Result<()> {
    let before = ctx.now() - FRESH;
    let due = store::compliance::to_be_counted(&mut ctx.read().await?, EXACT, before, AT_MOST).await?;
    for (application_id, slug) in due {
        match ctx.snapshots.get(ctx, &slug).await {
            Ok(snap) => count(ctx, &snap.tenant, &application_id).await?,
            Err(Error::NotFound | Error::OutOfUse { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn count(ctx: &Ctx, tenant: &Tenant, application_id: &str) -> Result<()> {
    let names = survey::countable(tenant);
    let (mut people, mut complying) = (0, BTreeMap::<String, i64>::new());
    let mut after = String::new();
    loop {
        // A connection for each part: nobody waits for the whole.
        let mut conn = ctx.read().await?;
        let found = survey::of(&mut conn, tenant, Part { application_id, after: &after, limit: CHUNK }, &names).await?;
        people += found.people;
        for (name, count) in found.complying() {
            *complying.entry(name).or_default() += count;
        }
        match found.last {
            Some(last) => after = last,
            None => break,
        }
    }
    let users = store::compliance::count_users(&mut ctx.read().await?, tenant.id(), i64::MAX).await?;
    let counted = Counted { people, users, counted_at: ctx.now() };
    let by_id = complying.iter().filter_map(|(name, count)| Some((tenant.claims().get(name)?.id.as_str(), *count)));
    let by_id: Vec<(&str, i64)> = by_id.collect();
    let mut tx = ctx.begin().await?;
    store::compliance::keep(&mut tx, application_id, &counted, &by_id).await?;
    Ok(tx.commit().await?)
}
