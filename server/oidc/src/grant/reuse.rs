//! What the use of a refresh token means: the first, a retry within the grace, or a replay.

use super::data::RefreshRow;

/// How a good refresh token replaces the one presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// The token was unused: consume it by a conditional update, and issue its successor.
    First,
    /// The token was used a moment ago and its successor was not: revoke that successor, and issue
    /// another.
    Retry,
    /// The token stays: renew it until then (unix seconds), by a conditional update, and issue no other.
    Kept {
        /// Its new end.
        until: i64,
    },
}

/// What presenting a refresh token means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It may be used.
    Good(Rotation),
    /// Somebody holds a token that they should not.
    Replay,
    /// Its whole family is gone already.
    Dead,
}

/// RFC 9700 section 4.14.2: with rotation, "if a refresh token is compromised and subsequently used
/// by both the attacker and the legitimate client, one of them will present an invalidated refresh
/// token, which will inform the authorization server of the breach".
///
/// `grace` is the application's, in seconds; 0 allows no retry at all. A successor that a retry
/// revoked counts as a replay too: whoever holds it has not seen the retry's answer.
pub fn reuse(row: &RefreshRow, grace: i64, now: i64) -> Use {
    if row.grant_revoked {
        return Use::Dead;
    }
    if row.revoked_at.is_some() {
        return Use::Replay;
    }
    match row.consumed_at {
        None => Use::Good(Rotation::First),
        Some(at) if grace > 0 && now.saturating_sub(at) <= grace && row.successor_unused => Use::Good(Rotation::Retry),
        Some(_) => Use::Replay,
    }
}
