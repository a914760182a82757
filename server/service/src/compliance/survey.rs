//! Who of some people holds a value that counts, for which claims together.

use std::collections::BTreeMap;

use model::Stored;
use model::spec::ClaimSpec;
use oidc::claims;
use oidc::tenant::Tenant;
use oidc::user::UserFacts;
use store::Conn;
use store::compliance::{Part, TOGETHER, Wanted};

use crate::error::Result;

/// The claim whose value is a column of the user.
const EMAIL: &str = "email";
/// The claim for which the user name stands in.
const PREFERRED_USERNAME: &str = "preferred_username";

/// What is found of some people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Survey {
    /// How many they are.
    pub people: i64,
    /// Row id of the last of them.
    pub last: Option<String>,
    /// One for each few claims.
    passes: Vec<Pass>,
}

/// A few claims, of which people were asked together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pass {
    /// Names. The bit 2 to the power of `i` stands for the claim `i`.
    claims: Vec<String>,
    /// How many people hold values that count for just these claims.
    holders: BTreeMap<u64, i64>,
}

impl Survey {
    /// How many hold a value that counts, for each claim.
    pub fn complying(&self) -> BTreeMap<String, i64> {
        let of = |pass: &Pass, bit: u64| pass.holders.iter().filter(|(held, _)| *held & bit > 0).map(|(_, n)| n).sum();
        let all = self.passes.iter().flat_map(|pass| {
            pass.claims.iter().enumerate().map(move |(index, name)| (name.clone(), of(pass, 1 << index)))
        });
        all.collect()
    }

    /// How many lack one of these claims, or more. `None` unless people were asked for all of them together.
    pub fn lacking_any(&self, claims: &[&str]) -> Option<i64> {
        let mask_in = |pass: &Pass| {
            claims.iter().try_fold(0_u64, |mask, claim| Some(mask | 1 << pass.claims.iter().position(|c| c == claim)?))
        };
        let (pass, mask) = self.passes.iter().find_map(|pass| Some((pass, mask_in(pass)?)))?;
        Some(pass.holders.iter().filter(|(held, _)| *held & mask != mask).map(|(_, people)| people).sum())
    }
}

/// Names of the claims of which people hold values.
pub(super) fn countable(tenant: &Tenant) -> Vec<&str> {
    let names = tenant.claims().keys().map(String::as_str);
    names.filter(|name| !model::standard_claims::is_derived(name)).collect()
}

/// These claims, and all others that cost nothing more, where they are no more than one statement can tell
/// apart: a form goes on to ask for them.
pub(super) fn with_others<'a>(tenant: &'a Tenant, names: &[&'a str]) -> Vec<&'a str> {
    let is_cheap = |name: &&str| tenant.claim(name).is_some_and(|spec| !is_tried_on_each(spec));
    let others = countable(tenant).into_iter().filter(|name| !names.contains(name) && is_cheap(name));
    let others: Vec<&str> = others.collect();
    if names.len() + others.len() > TOGETHER {
        return names.to_vec();
    }
    names.iter().copied().chain(others).collect()
}

/// Looks at some people. A claim that the tenant does not have is held by nobody.
pub(super) async fn of(conn: &mut Conn, tenant: &Tenant, part: Part<'_>, names: &[&str]) -> Result<Survey> {
    let mut survey = Survey { people: 0, last: None, passes: Vec::new() };
    let parts = if names.is_empty() { vec![names] } else { names.chunks(TOGETHER).collect() };
    for names in parts {
        let claims: Vec<&Stored<ClaimSpec>> = names.iter().filter_map(|name| tenant.claims().get(*name)).collect();
        let found = pass(conn, part, &claims).await?;
        (survey.people, survey.last) = (found.people, found.last);
        survey.passes.extend(found.passes);
    }
    Ok(survey)
}

async fn pass(conn: &mut Conn, part: Part<'_>, claims: &[&Stored<ClaimSpec>]) -> Result<Survey> {
    let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    let tried = claims.iter().enumerate().filter(|(_, claim)| is_tried_on_each(&claim.spec));
    let tried: Vec<_> = tried.collect();
    let found = store::compliance::survey(conn, part, Wanted { claim_ids: &ids, each: !tried.is_empty() }).await?;
    let mut apart: BTreeMap<&str, Exception> = BTreeMap::new();
    for old in &found.old {
        let Some(index) = ids.iter().position(|id| *id == old.claim_id) else { continue };
        let facts = |value| UserFacts { values: BTreeMap::from([value]), ..UserFacts::default() };
        let spec = &claims[index].spec;
        let counts = claims::counts(spec, &facts((spec.name.clone(), old.value.clone())));
        apart.entry(&old.user_id).or_default().decide(index, counts);
    }
    let mut logins = Vec::new();
    for (index, claim) in tried {
        let found = store::compliance::logins(conn, part, &claim.id).await?;
        logins.extend(found.into_iter().map(|login| {
            let values = login.value.map(|value| (claim.spec.name.clone(), value)).into_iter().collect();
            let facts = UserFacts { email: login.email, username: login.username, values, ..UserFacts::default() };
            (login.user_id, index, claims::counts(&claim.spec, &facts))
        }));
    }
    for (user_id, index, counts) in &logins {
        apart.entry(user_id).or_default().decide(*index, *counts);
    }
    let stands_in = |name: &str| claims.iter().position(|c| c.spec.name == name).map_or(0, |index| 1_u64 << index);
    let (email, username) = (stands_in(EMAIL), stands_in(PREFERRED_USERNAME));
    let mut pass = Pass { claims: claims.iter().map(|c| c.spec.name.clone()).collect(), ..Pass::default() };
    let mut people = 0;
    for group in &found.groups {
        let mut held = group.good;
        held |= if group.has_email { email } else { 0 };
        held |= if group.has_username { username } else { 0 };
        if let Some(exception) = group.user_id.as_deref().and_then(|id| apart.get(id)) {
            held = held & !exception.decided | exception.good;
        }
        *pass.holders.entry(held).or_default() += group.people;
        people += group.people;
    }
    Ok(Survey { people, last: found.last, passes: vec![pass] })
}

/// What was decided about one person by trying the rules.
#[derive(Clone, Copy, Debug, Default)]
struct Exception {
    decided: u64,
    good: u64,
}

impl Exception {
    fn decide(&mut self, index: usize, good: bool) {
        self.decided |= 1 << index;
        self.good |= u64::from(good) << index;
    }
}

/// Rules of an administrator's for what stands in the user's own row are tried on each person. Without rules
/// there is nothing but the type, which every stored address and name passed.
fn is_tried_on_each(spec: &ClaimSpec) -> bool {
    let without_rules = ClaimSpec { kind: spec.kind, ..ClaimSpec::default() };
    matches!(spec.name.as_str(), EMAIL | PREFERRED_USERNAME) && !spec.has_rules_of(&without_rules)
}
