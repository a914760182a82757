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
use store::compliance::{Counted, People, Range};

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

/// The figures for these claims. `None` while a large application waits for its first count.
pub(crate) async fn figures(
    conn: &mut Conn,
    tenant: &Tenant,
    application_id: &str,
    claims: &[&str],
) -> Result<Option<Figures>> {
    if store::compliance::has_more_than(conn, application_id, EXACT).await? {
        let counted = store::compliance::counted(conn, application_id).await?;
        return Ok(counted.map(|(counted, by_id)| {
            let by_id: HashMap<String, i64> = by_id.into_iter().collect();
            let known = tenant.claims().iter().filter_map(|(name, claim)| Some((name.clone(), *by_id.get(&claim.id)?)));
            let (people, users) = (counted.people, counted.users);
            Figures { people, users, counted_at: Some(counted.counted_at), complying: known.collect() }
        }));
    }
    let (people, complying) = chunk(conn, tenant, application_id, "", EXACT, claims).await?;
    let users = store::compliance::count_users(conn, tenant.id(), EXACT + 1).await?;
    Ok(Some(Figures { people: people.enabled, users, counted_at: None, complying }))
}

/// People who lack one of these claims at least.
pub(crate) async fn together(
    conn: &mut Conn,
    tenant: &Tenant,
    application_id: &str,
    claims: &[&str],
) -> Result<Option<i64>> {
    if store::compliance::has_more_than(conn, application_id, EXACT).await? {
        return Ok(None);
    }
    let people = store::compliance::people(conn, application_id, "", EXACT).await?;
    let Some(last) = people.last else { return Ok(Some(0)) };
    let range = Range { application_id, after: "", last: &last };
    let mut lacking: BTreeSet<String> = BTreeSet::new();
    let mut stored = Vec::new();
    for name in claims {
        let Some(claim) = tenant.claims().get(*name) else { continue };
        if is_of_the_user(name) {
            lacking.extend(lacking_logins(conn, &claim.spec, range, &claim.id).await?);
        } else {
            lacking.extend(store::compliance::without_value(conn, range, &claim.id).await?);
            stored.push((claim.id.as_str(), &claim.spec));
        }
    }
    let ids: Vec<&str> = stored.iter().map(|(id, _)| *id).collect();
    for old in store::compliance::old_values(conn, range, &ids).await? {
        let Some((_, spec)) = stored.iter().find(|(id, _)| *id == old.claim_id) else { continue };
        if !passes(spec, old.value) {
            lacking.insert(old.user_id);
        }
    }
    Ok(Some(i64::try_from(lacking.len()).unwrap_or(i64::MAX)))
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
        let (part, counts) = chunk(&mut conn, tenant, application_id, &after, CHUNK, &names).await?;
        people += part.enabled;
        for (name, count) in counts {
            *complying.entry(name).or_default() += count;
        }
        match part.last {
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

/// The first `limit` people after a user, and how many of them comply.
async fn chunk(
    conn: &mut Conn,
    tenant: &Tenant,
    application_id: &str,
    after: &str,
    limit: i64,
    names: &[&str],
) -> Result<(People, BTreeMap<String, i64>)> {
    let people = store::compliance::people(conn, application_id, after, limit).await?;
    let mut complying: BTreeMap<String, i64> = names.iter().map(|name| ((*name).to_owned(), 0)).collect();
    let Some(last) = people.last.as_deref() else { return Ok((people, complying)) };
    let range = Range { application_id, after, last };
    let mut stored: HashMap<&str, &ClaimSpec> = HashMap::new();
    for name in names {
        let Some(claim) = tenant.claims().get(*name) else { continue };
        let count = if *name == EMAIL && has_no_rules(&claim.spec) {
            people.with_email
        } else if is_of_the_user(name) {
            let lacking = lacking_logins(conn, &claim.spec, range, &claim.id).await?;
            people.enabled - i64::try_from(lacking.len()).unwrap_or(i64::MAX)
        } else {
            stored.insert(&claim.id, &claim.spec);
            continue;
        };
        complying.insert((*name).to_owned(), count);
    }
    let ids: Vec<&str> = stored.keys().copied().collect();
    for (id, count) in store::compliance::good_values(conn, range, &ids).await? {
        if let Some(spec) = stored.get(id.as_str()) {
            *complying.entry(spec.name.clone()).or_default() += count;
        }
    }
    for old in store::compliance::old_values(conn, range, &ids).await? {
        if let Some(spec) = stored.get(old.claim_id.as_str()).filter(|spec| passes(spec, old.value)) {
            *complying.entry(spec.name.clone()).or_default() += 1;
        }
    }
    Ok((people, complying))
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

async fn lacking_logins(conn: &mut Conn, spec: &ClaimSpec, range: Range<'_>, claim_id: &str) -> Result<Vec<String>> {
    let logins = store::compliance::logins(conn, range, claim_id).await?;
    let lacking = logins.into_iter().filter_map(|login| {
        let values = login.value.map(|value| (spec.name.clone(), value)).into_iter().collect();
        let facts = UserFacts { email: login.email, username: login.username, values, ..UserFacts::default() };
        (!claims::counts(spec, &facts)).then_some(login.user_id)
    });
    Ok(lacking.collect())
}
