//! Who of an application's people holds a value for which claim.
//!
//! People are those who have ever granted the application something, looked at in the order of their ids,
//! a range at a time. A value that is younger than the last change of its claim's rules passed them when it
//! was stored, and is counted here; an older one is handed out, to be checked by today's rules.

use serde_json::Value;

use crate::{Conn, JsonText, Result, Tx, key};

/// Some people of an application, by the order of their ids.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Row id of the application.
    pub application_id: &'a str,
    /// They come after this user; empty for the first of all.
    pub after: &'a str,
    /// So many at most.
    pub limit: i64,
}

/// How many they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// All of them.
    pub known: i64,
    /// Those who are not disabled.
    pub enabled: i64,
    /// Those of the enabled who have an e-mail address.
    pub with_email: i64,
    /// Row id of the last one.
    pub last: Option<String>,
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

/// What [`survey`] finds.
#[derive(Clone, Default, PartialEq)]
pub struct Survey {
    /// Of how many.
    pub people: People,
    /// For each claim, how many of the enabled people hold a value that passed today's rules when it was
    /// stored.
    pub good: Vec<(String, i64)>,
    /// The other values of enabled people.
    pub old: Vec<OldValue>,
    /// Enabled people who hold no value at all for one of the claims that were asked for.
    pub lacking: Vec<String>,
}

/// Of whom [`survey`] tells that they lack something.
#[derive(Clone, Copy, Debug)]
pub struct Lacking<'a> {
    /// Row ids of the claims of which they hold not each one.
    pub claim_ids: &'a [&'a str],
    /// Whoever has no e-mail address lacks something, too.
    pub email: bool,
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

/// Counts some people, and what they hold for these claims. With `lacking`, also tells who of them lacks
/// one.
pub async fn survey(c: &mut Conn, part: Part<'_>, claim_ids: &[&str], lacking: Option<Lacking<'_>>) -> Result<Survey> {
    let (of, email) = lacking.map_or((&[][..], false), |lacking| (lacking.claim_ids, lacking.email));
    // The order of the tables is the order in which they are to be read: whoever asks for many claims finds
    // few values with each user. The seconds between a change and its being known everywhere belong to the
    // time before.
    let rows = sql!(
        c,
        all(String, String, Option<JsonText>, i64),
        "WITH RECURSIVE wanted (id, rest) AS (
            SELECT '', CAST($4 AS TEXT)
            UNION ALL SELECT substr(rest, 1, 36), substr(rest, 37) FROM wanted WHERE rest <> ''
        ), asked (id, rest) AS (
            SELECT '', CAST($5 AS TEXT)
            UNION ALL SELECT substr(rest, 1, 36), substr(rest, 37) FROM asked WHERE rest <> ''
        ), known AS MATERIALIZED (
            SELECT user_id FROM application_users WHERE application_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3
        ), people AS MATERIALIZED (
            SELECT k.user_id, COALESCE(u.email, '') AS email FROM known k CROSS JOIN users u
            WHERE u.id = k.user_id AND u.disabled_at IS NULL
        ), rules AS MATERIALIZED (
            SELECT c.id, COALESCE(c.rules_changed_at, c.updated_at) + 5 AS since
            FROM wanted w CROSS JOIN claims c WHERE c.id = w.id
        )
        SELECT 'known' AS of, COALESCE(MAX(user_id), '') AS who, CAST(NULL AS TEXT) AS value, COUNT(*) AS many FROM known
        UNION ALL SELECT 'enabled', '', CAST(NULL AS TEXT), COUNT(*) FROM people
        UNION ALL SELECT 'with_email', '', CAST(NULL AS TEXT), COUNT(*) FROM people WHERE email <> ''
        UNION ALL
        SELECT claim_id, who, MAX(value), COUNT(*) FROM (
            SELECT v.claim_id, CASE WHEN v.updated_at > r.since THEN '' ELSE v.user_id END AS who,
                CASE WHEN v.updated_at > r.since THEN NULL ELSE v.value END AS value
            FROM people p CROSS JOIN claim_values v CROSS JOIN rules r
            WHERE v.user_id = p.user_id AND r.id = v.claim_id
        ) found GROUP BY claim_id, who
        UNION ALL
        SELECT 'lacking', p.user_id, CAST(NULL AS TEXT), CAST(1 AS BIGINT) FROM people p
        WHERE ($7 > 0 AND p.email = '')
            OR ($6 > 0 AND (SELECT COUNT(*) FROM claim_values v
                WHERE v.user_id = p.user_id AND v.claim_id || '' IN (SELECT id FROM asked)) < $6)",
        part.application_id,
        part.after,
        part.limit,
        key::joined(claim_ids),
        key::joined(of),
        i64::try_from(of.len()).unwrap_or(i64::MAX),
        i64::from(email)
    )?;
    let mut found = Survey::default();
    for (of, who, value, many) in rows {
        match (of.as_str(), value) {
            ("known", _) => {
                found.people.known = many;
                found.people.last = Some(who).filter(|last| !last.is_empty());
            }
            ("enabled", _) => found.people.enabled = many,
            ("with_email", _) => found.people.with_email = many,
            ("lacking", _) => found.lacking.push(who),
            (_, None) => found.good.push((of, many)),
            (_, Some(value)) => found.old.push(OldValue { claim_id: of, user_id: who, value: value.decode()? }),
        }
    }
    Ok(found)
}

/// What some enabled people sign in with, for claims that stand for it, beside their value for the claim.
pub async fn logins(c: &mut Conn, part: Part<'_>, claim_id: &str) -> Result<Vec<Login>> {
    let rows = sql!(
        c,
        all(String, Option<String>, Option<String>, Option<JsonText>),
        "SELECT u.id, u.email, u.username, v.value FROM (
            SELECT user_id FROM application_users WHERE application_id = $1 AND user_id > $2 ORDER BY user_id LIMIT $3
        ) p JOIN users u ON u.id = p.user_id
            LEFT JOIN claim_values v ON v.user_id = u.id AND v.claim_id = $4
        WHERE u.disabled_at IS NULL",
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
