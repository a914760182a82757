//! How many of an application's people hold a value for a claim that counts today.
//!
//! People are users who have ever granted the application something and are not disabled. Up to [`EXACT`]
//! of them are counted while the page waits, by the very rule that decides at sign-in
//! ([`oidc::claims::counts`]); more than that are counted in the background, and the figures say when.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::spec::ClaimSpec;
use oidc::claims;
use oidc::tenant::Tenant;
use oidc::user::UserFacts;
use store::Conn;
use store::compliance::{Counted, Lacking, Part, People};

use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// People of an application, and users of a subscription, are counted exactly up to here.
pub const EXACT: i64 = store::subscriptions::COUNTED_USERS;
/// People looked at by one statement in the background.
const CHUNK: i64 = 5_000;
/// Seconds after which the figures of a large application are counted anew.
const FRESH: i64 = 3_600;
/// Large applications counted in one turn of the housekeeping.
const AT_MOST: i64 = 10;
/// The claim whose value is a column of the user.
const EMAIL: &str = "email";
/// The claim for which the user name stands in.
const PREFERRED_USERNAME: &str = "preferred_username";

/// Figures of one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Its people.
    pub people: i64,
    /// Users of the subscription, counted up to [`EXACT`] and one more for "more" unless `counted_at` is set.
    pub users: i64,
    /// Unix seconds of a count made in the background; `None` when they were counted just now.
    pub counted_at: Option<i64>,
    /// People who hold no value that counts for one of the claims that are asked for, or more; `None` where
    /// so many are not counted together.
    pub asked: Option<i64>,
    complying: BTreeMap<String, i64>,
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
}

/// The figures for these claims, and how many people lack one of those in `asked` at least. `None` while a
/// large application waits for its first count.
pub(crate) async fn figures(
    conn: &mut Conn,
    tenant: &Tenant,
    application_id: &str,
    claims: &[&str],
    asked: &[&str],
) -> Result<Option<Figures>> {
    let state = store::compliance::state(conn, tenant.id(), application_id, EXACT).await?;
    // Of one claim, each of those who lack it is known without a name.
    let alone = |figures: &Figures| match asked {
        [] => Some(0),
        [one] => figures.lacking(one),
        _ => None,
    };
    if !state.is_large {
        let together = if asked.len() > 1 { asked } else { &[] };
        let all = Part { application_id, after: "", limit: EXACT };
        let found = look(conn, tenant, all, claims, together).await?;
        let (people, users, complying) = (found.people.enabled, state.users, found.complying);
        let mut figures = Figures { people, users, counted_at: None, complying, asked: None };
        figures.asked = alone(&figures).or_else(|| i64::try_from(found.lacking.len()).ok());
        return Ok(Some(figures));
    }
    let Some(counted) = state.counted else { return Ok(None) };
    let by_id: HashMap<String, i64> = store::compliance::counted(conn, application_id).await?.into_iter().collect();
    let known = tenant.claims().iter().filter_map(|(name, claim)| Some((name.clone(), *by_id.get(&claim.id)?)));
    let (people, users, counted_at) = (counted.people, counted.users, Some(counted.counted_at));
    let mut figures = Figures { people, users, counted_at, complying: known.collect(), asked: None };
    figures.asked = alone(&figures);
    Ok(Some(figures))
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
    let names: Vec<&str> = tenant.claims().keys().map(String::as_str).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !model::standard_claims::is_derived(name)).collect();
    let (mut people, mut complying) = (0, BTreeMap::<String, i64>::new());
    let mut after = String::new();
    loop {
        // A connection for each part: nobody waits for the whole.
        let mut conn = ctx.read().await?;
        let found = look(&mut conn, tenant, Part { application_id, after: &after, limit: CHUNK }, &names, &[]).await?;
        people += found.people.enabled;
        for (name, count) in found.complying {
            *complying.entry(name).or_default() += count;
        }
        match found.people.last {
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

/// What is found of some people.
struct Found {
    people: People,
    complying: BTreeMap<String, i64>,
    /// Who lacks one of the claims that are asked for.
    lacking: BTreeSet<String>,
}

/// Looks at some people.
async fn look(conn: &mut Conn, tenant: &Tenant, part: Part<'_>, names: &[&str], asked: &[&str]) -> Result<Found> {
    let known = |name: &&&str| tenant.claims().contains_key(**name);
    let (of_users, of_values): (Vec<&str>, Vec<&str>) =
        names.iter().filter(known).partition(|name| is_of_the_user(name));
    let stored: HashMap<&str, &ClaimSpec> =
        of_values.into_iter().filter_map(|name| tenant.claims().get(name)).map(|c| (c.id.as_str(), &c.spec)).collect();
    let is_asked = |spec: &ClaimSpec| asked.contains(&spec.name.as_str());
    let ids: Vec<&str> = stored.keys().copied().collect();
    let claim_ids: Vec<&str> = stored.iter().filter(|(_, spec)| is_asked(spec)).map(|(id, _)| *id).collect();
    let plain_email = tenant.claim(EMAIL).is_some_and(has_no_rules);
    let of =
        (!asked.is_empty()).then_some(Lacking { claim_ids: &claim_ids, email: plain_email && asked.contains(&EMAIL) });
    let survey = store::compliance::survey(conn, part, &ids, of).await?;
    let mut complying: BTreeMap<String, i64> = names.iter().map(|name| ((*name).to_owned(), 0)).collect();
    let mut lacking: BTreeSet<String> = survey.lacking.into_iter().collect();
    for name in of_users {
        let Some(claim) = tenant.claims().get(name) else { continue };
        if name == EMAIL && plain_email {
            complying.insert(name.to_owned(), survey.people.with_email);
            continue;
        }
        let without = lacking_logins(conn, &claim.spec, part, &claim.id).await?;
        complying.insert(name.to_owned(), survey.people.enabled - i64::try_from(without.len()).unwrap_or(i64::MAX));
        lacking.extend(without.into_iter().filter(|_| asked.contains(&name)));
    }
    for (id, count) in survey.good {
        if let Some(spec) = stored.get(id.as_str()) {
            *complying.entry(spec.name.clone()).or_default() += count;
        }
    }
    for old in survey.old {
        let Some(spec) = stored.get(old.claim_id.as_str()) else { continue };
        if passes(spec, old.value) {
            *complying.entry(spec.name.clone()).or_default() += 1;
        } else if is_asked(spec) {
            lacking.insert(old.user_id);
        }
    }
    Ok(Found { people: survey.people, complying, lacking })
}

/// Claims that are answered from the user's own row.
fn is_of_the_user(name: &str) -> bool {
    name == EMAIL || name == PREFERRED_USERNAME
}

/// Nothing but the type, which every stored address passed.
fn has_no_rules(spec: &ClaimSpec) -> bool {
    spec.has_rules_of(&ClaimSpec { kind: spec.kind, ..ClaimSpec::default() })
}

/// The question of [`oidc::claims::counts`], for somebody of whom only this value matters.
fn passes(spec: &ClaimSpec, value: serde_json::Value) -> bool {
    let values = BTreeMap::from([(spec.name.clone(), value)]);
    claims::counts(spec, &UserFacts { values, ..UserFacts::default() })
}

async fn lacking_logins(conn: &mut Conn, spec: &ClaimSpec, part: Part<'_>, claim_id: &str) -> Result<Vec<String>> {
    let logins = store::compliance::logins(conn, part, claim_id).await?;
    let lacking = logins.into_iter().filter_map(|login| {
        let values = login.value.map(|value| (spec.name.clone(), value)).into_iter().collect();
        let facts = UserFacts { email: login.email, username: login.username, values, ..UserFacts::default() };
        (!claims::counts(spec, &facts)).then_some(login.user_id)
    });
    Ok(lacking.collect())
}
