//! Pictures of subscriptions, by the hash of their bytes.

use crate::{Conn, Result, Tx, key};

/// A picture.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Image {
    /// SHA-256 of the bytes, hexadecimal.
    pub hash: String,
    /// Media type.
    #[sqlx(rename = "type")]
    pub kind: String,
    /// The bytes.
    pub base64: String,
}

impl std::fmt::Debug for Image {
    /// Without the bytes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Image").field("hash", &self.hash).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Stores a picture that is in use from now on; one that is there already is in use again.
pub async fn put(tx: &mut Tx, subscription_id: &str, image: &Image, now: i64) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO images (subscription_id, hash, type, base64, created_at, unused_at)
            VALUES ($1, $2, $3, $4, $5, NULL)
            ON CONFLICT (subscription_id, hash) DO UPDATE SET unused_at = NULL",
        subscription_id,
        &image.hash,
        &image.kind,
        &image.base64,
        now
    )?;
    Ok(())
}

/// One of a subscription's pictures.
pub async fn find(c: &mut Conn, subscription_id: &str, hash: &str) -> Result<Option<Image>> {
    if !key::findable(hash) {
        return Ok(None);
    }
    sql!(
        c,
        optional Image,
        "SELECT hash, type, base64 FROM images WHERE subscription_id = $1 AND hash = $2",
        subscription_id,
        hash
    )
}

/// Notes that a picture is in use again. False: it is not there.
pub async fn take_up(tx: &mut Tx, subscription_id: &str, hash: &str) -> Result<bool> {
    let found = sql!(
        tx,
        run "UPDATE images SET unused_at = NULL WHERE subscription_id = $1 AND hash = $2",
        subscription_id,
        hash
    )?;
    Ok(found == 1)
}

/// Notes that a picture is not in use any more.
pub async fn leave(tx: &mut Tx, subscription_id: &str, hash: &str, now: i64) -> Result<()> {
    sql!(
        tx,
        run "UPDATE images SET unused_at = $3 WHERE subscription_id = $1 AND hash = $2",
        subscription_id,
        hash,
        now
    )?;
    Ok(())
}
