//! What an application was told of ended sessions, and what came of it.

use model::Role;
use store::logouts::Logout;

use super::place::enter;
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Most that a page shows.
const SHOWN: i64 = 20;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutView {
    /// Unix seconds of the session's end.
    pub created_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// What came of it.
    pub state: LogoutState,
    /// Of the last attempt that failed: `status-500`, `closed`, …
    pub reason: Option<String>,
}

/// What came of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutState {
    /// It is tried at this time, or is being tried; unix seconds.
    Pending(i64),
    /// The application has it.
    Delivered,
    /// It is not tried again.
    Failed,
}

/// The latest messages of the last days, the newest first. Viewers and above.
pub async fn latest(ctx: &Ctx, actor: &Actor, slug: &str, application_id: &str) -> Result<Vec<LogoutView>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let application = store::applications::find(&mut conn, application_id).await?;
    if application.is_none_or(|application| application.subscription_id != subscription.object.id) {
        return Err(Error::NotFound);
    }
    let rows = store::logouts::latest(&mut conn, application_id, SHOWN).await?;
    Ok(rows.into_iter().map(view).collect())
}

fn view(row: Logout) -> LogoutView {
    let state = match (row.finished_at, &row.reason) {
        (None, _) => LogoutState::Pending(row.due_at),
        (Some(_), None) => LogoutState::Delivered,
        (Some(_), Some(_)) => LogoutState::Failed,
    };
    LogoutView { created_at: row.created_at, attempts: row.attempts, state, reason: row.reason }
}
