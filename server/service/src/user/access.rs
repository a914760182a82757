//! Whether a user can get in: password, disabling, deleting. Each ends what was open.

use store::Tx;
use store::users::User;

use crate::change::unless_changed;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Sets a password that an administrator chose, and ends every session and grant: whoever knew the
/// old one is out.
pub async fn set_password(ctx: &Ctx, tx: &mut Tx, user_id: &str, hash: &str) -> Result<()> {
    if !store::users::set_password(tx, user_id, hash, ctx.now()).await? {
        return Err(Error::NotFound);
    }
    end_all(ctx, tx, user_id).await
}

/// Takes a user out, over the version the caller read, with every session and grant; or lets them
/// in again.
pub async fn set_disabled(ctx: &Ctx, tx: &mut Tx, user: &User, disabled: bool) -> Result<()> {
    let now = ctx.now();
    let since = disabled.then_some(now);
    unless_changed(store::users::set_disabled(tx, &user.id, user.version, since, now).await?)?;
    if disabled { end_all(ctx, tx, &user.id).await } else { Ok(()) }
}

/// Deletes a user with everything they hold and everything issued to them.
pub async fn delete(ctx: &Ctx, tx: &mut Tx, user: &User) -> Result<()> {
    unless_changed(store::users::delete(tx, &user.id, ctx.now()).await?)
}

async fn end_all(ctx: &Ctx, tx: &mut Tx, user_id: &str) -> Result<()> {
    let now = ctx.now();
    store::sessions::end_all_of_user(tx, user_id, None, now).await?;
    store::grants::revoke_of_user(tx, user_id, now).await?;
    Ok(())
}
