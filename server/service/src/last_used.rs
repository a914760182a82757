//! When secrets and applications were last used: gathered in memory and written at most once a minute,
//! in bulk.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::ctx::Ctx;
use crate::error::Result;

/// What was used since the last write.
#[derive(Debug, Default)]
pub struct LastUsed {
    secrets: Noted,
    applications: Noted,
}

#[derive(Debug, Default)]
struct Noted(Mutex<HashMap<String, i64>>);

impl LastUsed {
    /// Notes a use of a secret; seconds since 1970.
    pub fn note(&self, secret_id: &str, now: i64) {
        self.secrets.note(secret_id, now);
    }

    /// Notes that an application got tokens; seconds since 1970.
    pub fn note_application(&self, application_id: &str, now: i64) {
        self.applications.note(application_id, now);
    }
}

impl Noted {
    fn note(&self, id: &str, now: i64) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match noted.get_mut(id) {
            Some(at) => *at = now,
            None => {
                noted.insert(id.to_owned(), now);
            }
        }
    }

    fn take(&self) -> Vec<(String, i64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect()
    }
}

/// Writes what was noted since the last time.
pub async fn write(ctx: &Ctx) -> Result<()> {
    let (secrets, applications) = (ctx.last_used.secrets.take(), ctx.last_used.applications.take());
    if secrets.is_empty() && applications.is_empty() {
        return Ok(());
    }
    let mut tx = ctx.begin().await?;
    store::secrets::touch_last_used(&mut tx, &secrets).await?;
    store::applications::touch_last_used(&mut tx, &applications).await?;
    Ok(tx.commit().await?)
}
