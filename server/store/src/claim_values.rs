//! What users hold for claims: one row per user and claim.

use serde_json::Value;

use crate::{Conn, JsonText, Result, Tx, key};

/// A value to be stored.
#[derive(Clone, Copy)]
pub struct NewClaimValue<'a> {
    /// Row id of the claim.
    pub claim_id: &'a str,
    /// The validated value.
    pub value: &'a Value,
    /// `model::claim_value::canonical` of it.
    pub canonical: &'a str,
    /// Whether the claim is unique.
    pub unique: bool,
}

/// All values of a user: claim id and value.
pub async fn of_user(c: &mut Conn, user_id: &str) -> Result<Vec<(String, Value)>> {
    let rows = sql!(
        c,
        all(String, JsonText),
        "SELECT claim_id, value FROM claim_values WHERE user_id = $1 ORDER BY claim_id",
        user_id
    )?;
    rows.into_iter().map(|(claim_id, value)| Ok((claim_id, value.decode()?))).collect()
}

/// What some users hold for one claim: user id and value.
pub async fn of_claim(c: &mut Conn, claim_id: &str, user_ids: &[&str]) -> Result<Vec<(String, Value)>> {
    let rows = sql!(
        c,
        all(String, JsonText),
        "WITH RECURSIVE wanted (id, rest) AS (
            SELECT '', CAST($2 AS TEXT)
            UNION ALL SELECT substr(rest, 1, 36), substr(rest, 37) FROM wanted WHERE rest <> ''
        )
        SELECT v.user_id, v.value FROM wanted JOIN claim_values v ON v.user_id = wanted.id AND v.claim_id = $1",
        claim_id,
        key::joined(user_ids)
    )?;
    rows.into_iter().map(|(user_id, value)| Ok((user_id, value.decode()?))).collect()
}

/// The first values of a claim, at most `limit`: what a change of its rules is tried on.
pub async fn first_of_claim(c: &mut Conn, claim_id: &str, limit: i64) -> Result<Vec<Value>> {
    let rows = sql!(
        c,
        all(JsonText,),
        "SELECT value FROM claim_values WHERE claim_id = $1 ORDER BY canonical LIMIT $2",
        claim_id,
        limit
    )?;
    rows.into_iter().map(|(value,)| value.decode()).collect()
}

/// Writes values over what was there. `Unique(ClaimValue)` when somebody else holds a unique one.
pub async fn put(tx: &mut Tx, user_id: &str, values: &[NewClaimValue<'_>], now: i64) -> Result<()> {
    for new in values {
        let canonical = key::bounded(new.canonical);
        sql!(
            tx,
            run "INSERT INTO claim_values (user_id, claim_id, value, canonical, unique_key, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (user_id, claim_id)
                    DO UPDATE SET value = $3, canonical = $4, unique_key = $5, updated_at = $6",
            user_id,
            new.claim_id,
            JsonText::encode(new.value),
            &canonical,
            new.unique.then_some(canonical.as_str()),
            now
        )?;
    }
    Ok(())
}

/// Removes one value of a user. False: there was none.
pub async fn delete(tx: &mut Tx, user_id: &str, claim_id: &str) -> Result<bool> {
    let removed = sql!(tx, run "DELETE FROM claim_values WHERE user_id = $1 AND claim_id = $2", user_id, claim_id)?;
    Ok(removed == 1)
}

/// Removes everybody's value of a claim: deleting the claim knowingly. Returns how many.
pub async fn delete_of_claim(tx: &mut Tx, claim_id: &str) -> Result<u64> {
    sql!(tx, run "DELETE FROM claim_values WHERE claim_id = $1", claim_id)
}

/// True when another user holds this value of a unique claim. A check for people; the index decides.
pub async fn is_taken(c: &mut Conn, claim_id: &str, canonical: &str, except_user: Option<&str>) -> Result<bool> {
    let row = sql!(
        c,
        optional(String,),
        "SELECT user_id FROM claim_values WHERE claim_id = $1 AND unique_key = $2 AND user_id <> $3",
        claim_id,
        key::bounded(canonical),
        except_user.unwrap_or_default()
    )?;
    Ok(row.is_some())
}
