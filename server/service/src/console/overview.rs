//! A subscription at a glance: what happens in it, and what needs somebody. Viewers and above.

use std::collections::HashSet;

use model::Role;
use model::spec::{ApiConnectionSpec, ApplicationSpec};
use store::activity::{Counted, Counts, DAY, HOUR};
use store::{Conn, attention};

use super::key_age::{self, KeyAge};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// Hours and days that are shown.
const HOURS: i64 = 24;
const DAYS: i64 = 30;
/// Seconds after which something that was never used is told.
const UNUSED_AFTER: i64 = 7 * DAY;
/// Seconds before its end at which a secret is told.
const SECRET_ENDS_WITHIN: i64 = 14 * DAY;
/// Applications and secrets that are told at most, of each.
const MOST: usize = 5;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewView {
    /// The last 24 hours, the oldest first; the last one is still running.
    pub hours: Vec<Bar>,
    /// The last 30 days (UTC), the oldest first; the last one is still running.
    pub days: Vec<Bar>,
    /// What needs somebody, the gravest first.
    pub attention: Vec<Attention>,
    /// There are more applications or secrets to tell of than are told.
    pub and_more: bool,
}

/// What happened in an hour or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Unix seconds.
    pub starts_at: i64,
    /// How much.
    pub counts: Counts,
}

/// An application or an API connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// True for an API connection.
    pub is_connection: bool,
    /// Row id.
    pub id: String,
    /// Name for people.
    pub name: String,
}

/// Something that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attention {
    /// A signing key ends, or has signed for long.
    Key(KeyAge),
    /// Sign-ins failed or requests were refused in the last 24 hours.
    Failures(i64),
    /// A secret ends at this time.
    SecretEnds(Owner, i64),
    /// An application never got a token since it was made.
    ApplicationUnused(Owner, i64),
    /// A secret was never used since it was made.
    SecretUnused(Owner, i64),
}

/// The overview of the subscription of this row id.
pub async fn get(ctx: &Ctx, actor: &Actor, subscription_id: &str) -> Result<OverviewView> {
    actor.require(subscription_id, Role::Viewer)?;
    let now = ctx.now();
    let mut conn = ctx.read().await?;
    let (first_hour, first_day) = (floor(now, HOUR) - (HOURS - 1) * HOUR, floor(now, DAY) - (DAYS - 1) * DAY);
    let mut counted = store::activity::of_subscription(&mut conn, subscription_id, first_hour, first_day).await?;
    for (hour, counts) in ctx.activity.unwritten(subscription_id) {
        counted.extend([of(false, hour, counts), of(true, floor(hour, DAY), counts)]);
    }
    let hours = bars(&counted, false, first_hour, HOURS);
    let days = bars(&counted, true, first_day, DAYS);
    let (attention, and_more) = attention(&mut conn, subscription_id, now, &hours).await?;
    Ok(OverviewView { hours, days, attention, and_more })
}

fn floor(at: i64, span: i64) -> i64 {
    at - at.rem_euclid(span)
}

fn of(is_day: bool, starts_at: i64, counts: Counts) -> Counted {
    let Counts { sign_ins, tokens, failures } = counts;
    Counted { is_day, starts_at, sign_ins, tokens, failures }
}

/// One bar for each hour or day, those without anything too.
fn bars(counted: &[Counted], is_day: bool, first: i64, how_many: i64) -> Vec<Bar> {
    let span = if is_day { DAY } else { HOUR };
    let bar = |n: i64| {
        let starts_at = first + n * span;
        let mut counts = Counts::default();
        let same = counted.iter().filter(|one| one.is_day == is_day && one.starts_at == starts_at);
        same.for_each(|one| counts.add(one.counts()));
        Bar { starts_at, counts }
    };
    (0..how_many).map(bar).collect()
}

async fn attention(conn: &mut Conn, subscription_id: &str, now: i64, hours: &[Bar]) -> Result<(Vec<Attention>, bool)> {
    let mut found = Vec::new();
    let keys = store::signing_keys::lifetimes(conn, subscription_id, now).await?;
    found.extend(keys.into_iter().filter_map(|keys| key_age::told(keys, now)).map(Attention::Key));
    let failures: i64 = hours.iter().map(|bar| bar.counts.failures).sum();
    found.extend((failures > 0).then_some(Attention::Failures(failures)));
    let (unused_before, ends_before) = (now - UNUSED_AFTER, now + SECRET_ENDS_WITHIN);
    let limit = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let mut applications = attention::applications(conn, subscription_id, unused_before, limit).await?;
    let mut secrets = attention::secrets(conn, subscription_id, now, unused_before, ends_before, limit).await?;
    let and_more = applications.len() > MOST || secrets.len() > MOST;
    applications.truncate(MOST);
    secrets.truncate(MOST);
    let mut unused = HashSet::new();
    for one in applications {
        found.extend(of_application(one, unused_before, &mut unused)?);
    }
    for one in secrets {
        found.extend(of_secret(one, ends_before, &unused)?);
    }
    found.sort_by_key(gravity);
    // One owner with several such secrets is one thing to look at.
    found.dedup_by(|a, b| matches!((a, b), (Attention::SecretUnused(a, _), Attention::SecretUnused(b, _)) if a == b));
    Ok((found, and_more))
}

fn gravity(one: &Attention) -> u8 {
    match one {
        Attention::Key(_) => 0,
        Attention::Failures(_) => 1,
        Attention::SecretEnds(..) => 2,
        Attention::ApplicationUnused(..) => 3,
        Attention::SecretUnused(..) => 4,
    }
}

/// An application that is not used.
fn of_application(
    one: attention::Application,
    unused_before: i64,
    unused: &mut HashSet<String>,
) -> Result<Option<Attention>> {
    let spec: ApplicationSpec = one.spec.decode()?;
    let owner = Owner { is_connection: false, id: one.id.clone(), name: spec.name };
    let is_unused = one.last_used_at.is_none() && one.created_at < unused_before;
    if is_unused {
        unused.insert(one.id);
    }
    Ok(is_unused.then_some(Attention::ApplicationUnused(owner, one.created_at)))
}

/// A secret that ends is told in any case; one that was never used, unless its application was not either.
fn of_secret(one: attention::Secret, ends_before: i64, unused: &HashSet<String>) -> Result<Option<Attention>> {
    let owner = match (one.application_id.zip(one.application), one.api_connection_id.zip(one.api_connection)) {
        (Some((id, spec)), _) => Owner { is_connection: false, id, name: spec.decode::<ApplicationSpec>()?.name },
        (None, Some((id, spec))) => {
            Owner { is_connection: true, id, name: spec.decode::<ApiConnectionSpec>()?.display_name }
        }
        (None, None) => return Ok(None),
    };
    match one.expires_at.filter(|at| *at < ends_before) {
        Some(at) => Ok(Some(Attention::SecretEnds(owner, at))),
        None if unused.contains(&owner.id) => Ok(None),
        None => Ok(Some(Attention::SecretUnused(owner, one.created_at))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_without_anything_are_there_too() {
        let one = Counts { sign_ins: 1, tokens: 2, failures: 3 };
        let counted = [of(false, HOUR, one), of(false, HOUR, one), of(true, 0, one), of(false, 9 * HOUR, one)];
        let bars = bars(&counted, false, 0, 3);
        assert_eq!(bars.iter().map(|bar| bar.starts_at).collect::<Vec<_>>(), [0, HOUR, 2 * HOUR]);
        assert_eq!(bars.iter().map(|bar| bar.counts.tokens).collect::<Vec<_>>(), [0, 4, 0]);
    }
}
