//! Which changes are undone at present, and by which other change.

use crate::{Conn, Result, Tx, key};

/// Notes that a change is undone. False: it is already. Two that try at once wait for each other here.
pub async fn insert(tx: &mut Tx, subscription_id: &str, change_id: &str, undone_by: &str) -> Result<bool> {
    let noted = sql!(
        tx,
        run "INSERT INTO undone_changes (change_id, subscription_id, undone_by) VALUES ($1, $2, $3)
            ON CONFLICT (change_id, subscription_id) DO NOTHING",
        change_id,
        subscription_id,
        undone_by
    )?;
    Ok(noted == 1)
}

/// By which change a change was undone, unless that was undone too.
pub async fn find(c: &mut Conn, subscription_id: &str, change_id: &str) -> Result<Option<String>> {
    if !key::findable(change_id) {
        return Ok(None);
    }
    let row = sql!(
        c,
        optional(String,),
        "SELECT undone_by FROM undone_changes WHERE change_id = $1 AND subscription_id = $2",
        change_id,
        subscription_id
    )?;
    Ok(row.map(|(undone_by,)| undone_by))
}

/// What a change had undone holds again.
pub async fn forget(tx: &mut Tx, subscription_id: &str, undone_by: &str) -> Result<()> {
    sql!(
        tx,
        run "DELETE FROM undone_changes WHERE undone_by = $1 AND subscription_id = $2",
        undone_by,
        subscription_id
    )?;
    Ok(())
}
