//! When secrets were last used: gathered in memory and written at most once a minute, in bulk.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::ctx::Ctx;
use crate::error::Result;

/// Secrets used since the last write.
#[derive(Debug, Default)]
pub struct LastUsed(Mutex<HashMap<String, i64>>);

impl LastUsed {
    /// Notes a use; seconds since 1970.
    pub fn note(&self, secret_id: &str, now: i64) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match noted.get_mut(secret_id) {
            Some(at) => *at = now,
            None => {
                noted.insert(secret_id.to_owned(), now);
            }
        }
    }

    fn take(&self) -> Vec<(String, i64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect()
    }
}

/// Writes what was noted since the last time.
pub async fn write(ctx: &Ctx) -> Result<()> {
    let noted = ctx.last_used.take();
    if noted.is_empty() {
        return Ok(());
    }
    let mut tx = ctx.begin().await?;
    store::secrets::touch_last_used(&mut tx, &noted).await?;
    Ok(tx.commit().await?)
}
