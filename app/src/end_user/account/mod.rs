//! What users see and change of themselves.

pub mod end_session;
pub mod home;
pub mod password;
pub mod profile;
pub mod sessions;

use service::account::{self, Account};

use super::Way;
use crate::visit::{Answer, PageError, Visit};

/// The account of whoever is signed in, or the way to the sign-in.
async fn open(visit: &Visit, way: &Way) -> Result<Result<Account, Answer>, PageError> {
    let account = account::open(&visit.ctx, &way.snap, way.cookie.as_deref()).await?;
    Ok(account.ok_or_else(|| Answer::see_other(way.path("/login"))))
}
