//! The namespace that `client_id`s and names of API connections share.

use crate::{Result, Tx};

/// Takes a name. `Unique(ClientName)` when it is taken.
pub(crate) async fn take(tx: &mut Tx, subscription_id: &str, name: &str) -> Result<()> {
    sql!(tx, run "INSERT INTO client_names (subscription_id, name) VALUES ($1, $2)", subscription_id, name)?;
    Ok(())
}

/// Gives a name back.
pub(crate) async fn give_back(tx: &mut Tx, subscription_id: &str, name: &str) -> Result<()> {
    sql!(tx, run "DELETE FROM client_names WHERE subscription_id = $1 AND name = $2", subscription_id, name)?;
    Ok(())
}
