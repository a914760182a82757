//! How much happens in a subscription: counts for each hour and each day (UTC), added to in bulk.

use crate::{Conn, Result, Tx};

/// Seconds.
pub const HOUR: i64 = 3_600;
/// Seconds.
pub const DAY: i64 = 86_400;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People who proved who they are.
    pub sign_ins: i64,
    /// Answers of the token endpoint with tokens in them.
    pub tokens: i64,
    /// Failed sign-ins and refused requests.
    pub failures: i64,
}

impl Counts {
    /// Adds others to these.
    pub fn add(&mut self, others: Self) {
        self.sign_ins += others.sign_ins;
        self.tokens += others.tokens;
        self.failures += others.failures;
    }
}

/// What happened in one hour of one subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Where.
    pub subscription_id: String,
    /// Unix seconds at which the hour began.
    pub hour: i64,
    /// How much.
    pub counts: Counts,
}

/// The counts of one hour or one day.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// True for a day.
    pub is_day: bool,
    /// Unix seconds.
    pub starts_at: i64,
    /// See [`Counts`].
    pub sign_ins: i64,
    /// See [`Counts`].
    pub tokens: i64,
    /// See [`Counts`].
    pub failures: i64,
}

impl Counted {
    /// How much.
    pub fn counts(&self) -> Counts {
        Counts { sign_ins: self.sign_ins, tokens: self.tokens, failures: self.failures }
    }
}

/// Adds to the hours and to their days.
pub async fn add(tx: &mut Tx, happened: &[Happened]) -> Result<()> {
    // In one order on every node, or two of them could wait for each other.
    let mut rows: Vec<(&str, &str, i64, Counts)> = Vec::new();
    for one in happened {
        let day = one.hour - one.hour.rem_euclid(DAY);
        rows.push((&one.subscription_id, "hour", one.hour, one.counts));
        rows.push((&one.subscription_id, "day", day, one.counts));
    }
    rows.sort_by_key(|(id, span, starts_at, _)| (*id, *span, *starts_at));
    for (subscription_id, span, starts_at, counts) in rows {
        sql!(
            tx,
            run "INSERT INTO activity (subscription_id, span, starts_at, sign_ins, tokens, failures)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (subscription_id, span, starts_at) DO UPDATE SET
                    sign_ins = activity.sign_ins + $4, tokens = activity.tokens + $5,
                    failures = activity.failures + $6",
            subscription_id,
            span,
            starts_at,
            counts.sign_ins,
            counts.tokens,
            counts.failures
        )?;
    }
    Ok(())
}

/// The hours and the days of a subscription that began at these moments or later, in order.
pub async fn of_subscription(c: &mut Conn, subscription_id: &str, hours: i64, days: i64) -> Result<Vec<Counted>> {
    sql!(
        c,
        all Counted,
        "SELECT span = 'day' AS is_day, starts_at, sign_ins, tokens, failures FROM activity
        WHERE subscription_id = $1 AND span = 'hour' AND starts_at >= $2
        UNION ALL
        SELECT span = 'day' AS is_day, starts_at, sign_ins, tokens, failures FROM activity
        WHERE subscription_id = $1 AND span = 'day' AND starts_at >= $3
        ORDER BY starts_at",
        subscription_id,
        hours,
        days
    )
}
