//! Numbers that move with every change to what a snapshot holds: one for the installation, which
//! nodes poll, and one for each subscription.

use crate::{Conn, Result, Tx};

/// The installation's number; 0 before the first change.
pub async fn global(c: &mut Conn) -> Result<i64> {
    let row = sql!(c, optional(i64,), "SELECT CAST(value AS BIGINT) FROM installation WHERE name = 'config_version'")?;
    Ok(row.map_or(0, |(version,)| version))
}

/// One subscription's number.
pub async fn of_subscription(c: &mut Conn, subscription_id: &str) -> Result<Option<i64>> {
    let row = sql!(c, optional(i64,), "SELECT config_version FROM subscriptions WHERE id = $1", subscription_id)?;
    Ok(row.map(|(version,)| version))
}

/// Notes a change inside a subscription (or of it, or its deletion): moves both numbers.
pub async fn bump(tx: &mut Tx, subscription_id: &str) -> Result<()> {
    sql!(
        tx,
        run "UPDATE subscriptions SET config_version = config_version + 1 WHERE id = $1",
        subscription_id
    )?;
    sql!(
        tx,
        run "INSERT INTO installation (name, value) VALUES ('config_version', '1')
            ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(installation.value AS BIGINT) + 1 AS TEXT)"
    )?;
    Ok(())
}
