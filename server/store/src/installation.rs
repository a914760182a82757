//! Facts about the installation as a whole, by name: the master key's fingerprint and the like.

use crate::{Conn, Result, Tx};

/// The value of a fact.
pub async fn get(c: &mut Conn, name: &str) -> Result<Option<String>> {
    let row = sql!(c, optional(String,), "SELECT value FROM installation WHERE name = $1", name)?;
    Ok(row.map(|(value,)| value))
}

/// Writes a fact, whatever it was.
pub async fn put(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
        name,
        value
    )?;
    Ok(())
}

/// Writes a fact unless it is known. Returns the value that stands: of several nodes, the first
/// one's.
pub async fn put_if_absent(tx: &mut Tx, name: &str, value: &str) -> Result<String> {
    sql!(
        tx,
        run "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        name,
        value
    )?;
    let (standing,) = sql!(tx, one(String,), "SELECT value FROM installation WHERE name = $1", name)?;
    Ok(standing)
}
