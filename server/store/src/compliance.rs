//! Who of an application's people holds a value for which claim.
//!
//! People are those who have ever granted the application something, looked at in the order of their ids,
//! a range at a time, but for those who are disabled. A value that is younger than the last change of its
//! claim's rules passed them when it was stored, and is counted here; an older one is handed out, to be
//! checked by today's rules.

use serde_json::Value;

use crate::{Conn, JsonText, Result, Tx, key};

/// Some enabled people of an application, by the order of their ids.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Row id of the application.
    pub application_id: &'a str,
    /// They come after this user; empty for the first of all.
    pub after: &'a str,
    /// So many at most.
    pub limit: i64,
}

/// What an enabled user signs in with, and holds for one claim.
#[derive(Clone, PartialEq)]
pub struct Login {
    /// Row id.
    pub user_id: String,
    /// As typed.
    pub email: Option<String>,
    /// As typed.
    pub username: Option<String>,
    /// The value for the claim that was asked for.
    pub value: Option<Value>,
}

/// A value from before the last change of its claim's rules.
#[derive(Clone, PartialEq)]
pub struct OldValue {
    /// Row id of the claim.
    pub claim_id: String,
    /// Row id of the user, who is enabled.
    pub user_id: String,
    /// What is stored.
    pub value: Value,
}

/// Claims of which one statement tells who holds which together.
pub const TOGETHER: usize = 30;

/// What [`survey`] looks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Row ids of claims, [`TOGETHER`] at most.
    pub claim_ids: &'a [&'a str],
    /// Tells of each person apart.
    pub each: bool,
}

/// Enabled people who hold the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Row id of the one person of whom is told apart.
    pub user_id: Option<String>,
    /// The bit 2 to the power of `i` stands for a value of the claim `claim_ids[i]` that passed today's
    /// rules when it was stored.
    pub good: u64,
    /// They have an e-mail address.
    pub has_email: bool,
    /// They have a user name.
    pub has_username: bool,
    /// How many they are.
    pub people: i64,
}

/// What [`survey`] finds.
#[derive(Clone, Default, PartialEq)]
pub struct Survey {
    /// All who were looked at. Whoever holds a value of the `old` ones is told of apart.
    pub groups: Vec<Group>,
    /// Values from before the last change of their claim's rules.
    pub old: Vec<OldValue>,
    /// Row id of the last person looked at.
    pub last: Option<String>,
}

/// How large an application is, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its people are too many to be counted while somebody waits.
    pub is_large: bool,
    /// Users of the subscription, bounded.
    pub users: i64,
    /// Counted in the background.
    pub counted: Option<Counted>,
}

/// Counted in the background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// People of the application who are not disabled.
    pub people: i64,
    /// Users of the subscription.
    pub users: i64,
    /// Unix seconds.
    pub counted_at: i64,
}

/// Whether an application has more than `limit` people, how many users its subscription has, at most one
/// more than `limit`, and what was counted in the background.
pub async fn state(c: &mut Conn, subscription_id: &str, application_id: &str, limit: i64) -> Result<State> {
    let (beyond, users, people, all, counted_at) = sql!(
        c,
        one(Option<String>, i64, Option<i64>, Option<i64>, Option<i64>),
        "SELECT now.beyond, now.users, t.people, t.users, t.counted_at FROM (
            SELECT (SELECT user_id FROM application_users WHERE application_id = $2 ORDER BY user_id LIMIT 1 OFFSET $3)
                AS beyond,
                (SELECT COUNT(*) FROM (SELECT 1 FROM users WHERE subscription_id = $1 ORDER BY sort_key, id LIMIT $3 + 1)
                    counted) AS users
        ) AS now LEFT JOIN application_counts t ON t.application_id = $2",
        subscription_id,
        application_id,
        limit
    )?;
    let counted = people.zip(all).zip(counted_at);
    let counted = counted.map(|((people, users), counted_at)| Counted { people, users, counted_at });
    Ok(State { is_large: beyond.is_some(), users, counted })
}

/// Looks at what some enabled people hold for these claims.
pub async fn survey(c: &mut Conn, part: Part<'_>, wanted: Wanted<'_>) -> Result<Survey> {
    debug_assert!(wanted.claim_ids.len() <= TOGETHER, "a bit for each claim");
    // One key for all that a person holds, from the lowest bit: what they sign in with, the values that are
    // good, those that are old. The seconds between a change of rules and its being known everywhere belong to
    // the time before. People are read in the order of an index, so that the inner groups need no sorting.
    let rows = sql!(
        c,
        all(i64, i64, String, String, Option<JsonText>),
        "WITH RECURSIVE wanted (id, rest, bit) AS (
            SELECT '', CAST($4 AS TEXT), CAST(0 AS BIGINT)
            UNION ALL SELECT substr(rest, 1, 36), substr(rest, 37), CASE bit WHEN 0 THEN 4 ELSE bit * 2 END
            FROM wanted WHERE rest <> ''
        ), rules AS MATERIALIZED (
            SELECT c.id, w.bit, COALESCE(c.rules_changed_at, c.updated_at) + 5 AS since
            FROM wanted w CROSS JOIN claims c WHERE c.id = w.id
        ), found AS MATERIALIZED (
            SELECT held, COUNT(*) AS many, MAX(user_id) AS last FROM (
                SELECT p.user_id, CAST(
                    MAX((CASE WHEN u.email IS NULL THEN 0 ELSE 1 END) + (CASE WHEN u.username IS NULL THEN 0 ELSE 2 END))
                    + COALESCE(SUM(CASE WHEN v.updated_at > r.since THEN r.bit ELSE r.bit * 1073741824 END), 0)
                AS BIGINT) AS held
                FROM application_users p CROSS JOIN users u
                    LEFT JOIN claim_values v ON v.user_id = p.user_id LEFT JOIN rules r ON r.id = v.claim_id
                WHERE p.application_id = $1 AND p.user_id > $2 AND u.id = p.user_id AND u.disabled_at IS NULL
                GROUP BY p.user_id ORDER BY p.user_id LIMIT $3
            ) AS people
            GROUP BY held, CASE WHEN $5 > 0 OR held >= 4294967296 THEN user_id ELSE '' END
        )
        SELECT held, many, last, '' AS claim_id, CAST(NULL AS TEXT) AS value FROM found
        UNION ALL
        SELECT f.held, CAST(0 AS BIGINT), f.last, v.claim_id, v.value
        FROM found f CROSS JOIN claim_values v CROSS JOIN rules r
        WHERE f.held >= 4294967296 AND v.user_id = f.last AND r.id = v.claim_id AND v.updated_at <= r.since",
        part.application_id,
        part.after,
        part.limit,
        key::joined(wanted.claim_ids),
        i64::from(wanted.each)
    )?;
    let mut survey = Survey::default();
    for (held, people, last, claim_id, value) in rows {
        if let Some(value) = value {
            survey.old.push(OldValue { claim_id, user_id: last, value: value.decode()? });
            continue;
        }
        survey.last = survey.last.max(Some(last.clone()));
        let held = u64::try_from(held).unwrap_or_default();
        let (good, old) = ((held >> 2) & ((1 << TOGETHER) - 1), held >> 2 >> TOGETHER);
        survey.groups.push(Group {
            user_id: (wanted.each || old > 0).then_some(last),
            good,
            has_email: held & 1 > 0,
            has_username: held & 2 > 0,
            people,
        });
    }
    Ok(survey)
}

/// What some enabled people sign in with, for claims that stand for it, beside their value for the claim.
pub async fn logins(c: &mut Conn, part: Part<'_>, claim_id: &str) -> Result<Vec<Login>> {
    let rows = sql!(
        c,
        all(String, Option<String>, Option<String>, Option<JsonText>),
        "SELECT u.id, u.email, u.username, v.value FROM application_users p CROSS JOIN users u
            LEFT JOIN claim_values v ON v.user_id = u.id AND v.claim_id = $4
        WHERE p.application_id = $1 AND p.user_id > $2 AND u.id = p.user_id AND u.disabled_at IS NULL
        ORDER BY p.user_id LIMIT $3",
        part.application_id,
        part.after,
        part.limit,
        claim_id
    )?;
    rows.into_iter()
        .map(|(user_id, email, username, value)| {
            Ok(Login { user_id, email, username, value: value.map(|value| value.decode()).transpose()? })
        })
        .collect()
}

/// Users of a subscription, at most `limit`.
pub async fn count_users(c: &mut Conn, subscription_id: &str, limit: i64) -> Result<i64> {
    let (users,) = sql!(
        c,
        one(i64,),
        "SELECT COUNT(*) FROM (SELECT 1 FROM users WHERE subscription_id = $1 LIMIT $2) counted",
        subscription_id,
        limit
    )?;
    Ok(users)
}

/// Addresses of a subscription's users, at most `limit`.
pub async fn emails(c: &mut Conn, subscription_id: &str, limit: i64) -> Result<Vec<String>> {
    let rows = sql!(
        c,
        all(String,),
        "SELECT email FROM users WHERE subscription_id = $1 AND email IS NOT NULL ORDER BY sort_key, id LIMIT $2",
        subscription_id,
        limit
    )?;
    Ok(rows.into_iter().map(|(email,)| email).collect())
}

/// What was counted in the background for an application: the people who comply for each claim's id.
pub async fn counted(c: &mut Conn, application_id: &str) -> Result<Vec<(String, i64)>> {
    sql!(c, all(String, i64), "SELECT claim_id, complying FROM claim_counts WHERE application_id = $1", application_id)
}

/// Applications of more than `limit` people whose count is from before a moment or was never made: row id
/// and the subscription's slug. The oldest count first, at most `at_most`.
pub async fn to_be_counted(c: &mut Conn, limit: i64, before: i64, at_most: i64) -> Result<Vec<(String, String)>> {
    sql!(
        c,
        all(String, String),
        "SELECT a.id, s.slug FROM applications a JOIN subscriptions s ON s.id = a.subscription_id
            LEFT JOIN application_counts t ON t.application_id = a.id
        WHERE s.disabled_at IS NULL AND (t.counted_at IS NULL OR t.counted_at <= $2)
            AND (SELECT p.user_id FROM application_users p WHERE p.application_id = a.id ORDER BY p.user_id
                LIMIT 1 OFFSET $1) IS NOT NULL
        ORDER BY COALESCE(t.counted_at, 0), a.id LIMIT $3",
        limit,
        before,
        at_most
    )
}

/// Keeps what was counted, in the place of what was counted before. Nothing when the application or a
/// claim is gone meanwhile.
pub async fn keep(tx: &mut Tx, application_id: &str, counted: &Counted, claims: &[(&str, i64)]) -> Result<()> {
    let kept = sql!(
        tx,
        run "INSERT INTO application_counts (application_id, people, users, counted_at)
            SELECT id, $2, $3, $4 FROM applications WHERE id = $1
            ON CONFLICT (application_id) DO UPDATE SET people = $2, users = $3, counted_at = $4",
        application_id,
        counted.people,
        counted.users,
        counted.counted_at
    )?;
    if kept == 0 {
        return Ok(());
    }
    sql!(tx, run "DELETE FROM claim_counts WHERE application_id = $1", application_id)?;
    for (claim_id, complying) in claims {
        sql!(
            tx,
            run "INSERT INTO claim_counts (application_id, claim_id, complying)
                SELECT $1, id, $3 FROM claims WHERE id = $2 ON CONFLICT (application_id, claim_id) DO NOTHING",
            application_id,
            *claim_id,
            *complying
        )?;
    }
    Ok(())
}
