//! Somebody says a user's name and password. The one place where that is looked at, so that every way of trying passwords
//! counts together (docs/security.md 55).

use model::Problem;
use store::Tx;
use store::users::User;

use crate::attempts::{self, Attempt, Refused};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// A refused sign-in.
#[derive(Debug)]
pub struct SignInRefused {
    /// What its page says: the same for everybody.
    pub error: Error,
    /// What administrators find the cause by. Known and unknown users get one alike; `None` where there
    /// is nothing to find, or too much to note.
    pub reference: Option<String>,
}

impl From<Error> for SignInRefused {
    fn from(error: Error) -> Self {
        Self { error, reference: None }
    }
}

impl From<store::Error> for SignInRefused {
    fn from(error: store::Error) -> Self {
        Error::from(error).into()
    }
}

/// A user whose password was right, and the transaction in which that counts: whoever sets another password or disables the
/// user waits for it. Nothing of it may take long, and it is to be committed.
pub(crate) struct Proven {
    pub tx: Tx,
    pub user: User,
}

/// Checks user name (or address) and password. The answer is the same, in words, status and time,
/// whether the user is unknown, disabled, without a password, or the password is wrong.
pub(crate) async fn prove(
    ctx: &Ctx,
    snap: &Snapshot,
    username: &str,
    password: &str,
    application_id: Option<&str>,
    client: &ClientInfo,
) -> Result<Proven, SignInRefused> {
    let login = model::canonical::text(username.trim());
    let user = match login.len() {
        1..=512 => store::users::find_by_login(&mut ctx.read().await?, &snap.subscription_id, &login).await?,
        _ => None,
    };
    let attempt = Attempt::sign_in(ctx, snap, user.as_ref(), &login, client);
    if let Err(error) = attempts::begin(ctx, &attempt).await {
        let reference = match error {
            Error::TooManyRequests { retry_after } => {
                attempts::blocked(ctx, &attempt, snap, client, retry_after, application_id).await
            }
            _ => None,
        };
        return Err(SignInRefused { error, reference });
    }
    let stored = user.as_ref().and_then(|u| u.password_hash.as_deref());
    let right = match ctx.hasher.verify(password, stored).await {
        Ok(right) => right,
        Err(error) => {
            attempts::not_tried(ctx, &attempt).await?;
            return Err(error.into());
        }
    };
    let proven = user.as_ref().filter(|u| right && u.disabled_at.is_none()).zip(stored);
    let Some((proven, hash)) = proven else {
        let refused = Refused::of(user.as_ref(), &login);
        let reference = attempts::failed(ctx, &attempt, snap, client, &refused, application_id).await?;
        return Err(SignInRefused { error: wrong(), reference: Some(reference) });
    };
    let mut tx = ctx.begin_brief().await?;
    // Hashing takes its time. Whoever set another password or disabled the user meanwhile has ended
    // their sessions, and this one must not begin after that.
    if !store::users::hold_password(&mut tx, &proven.id, hash).await? {
        drop(tx);
        let refused = Refused::of(Some(proven), &login);
        let reference = attempts::failed(ctx, &attempt, snap, client, &refused, application_id).await?;
        return Err(SignInRefused { error: wrong(), reference: Some(reference) });
    }
    attempts::succeeded(&mut tx, &attempt).await?;
    let user = user.ok_or_else(|| Error::internal("a password of nobody"))?;
    Ok(Proven { tx, user })
}

/// The one sentence for whatever was wrong.
fn wrong() -> Error {
    Error::field("", Problem::new("sign-in"))
}
