//! Writing the users of the file.

use serde_json::json;

use super::compare::values;
use super::{UserWrite, field};
use crate::change::Change;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::user::{self, Definitions, Edit, NewUser, Verified};

/// Hashes passwords, which takes its time: before the transaction.
pub(in crate::apply) async fn hash_passwords(ctx: &Ctx, writes: &mut [UserWrite]) -> Result<()> {
    for write in writes {
        if let Some(password) = &write.password {
            write.password_hash = Some(ctx.hasher.hash(password, &ctx.random).await?);
        }
    }
    Ok(())
}

/// Creates and changes. An event names what changed.
pub(in crate::apply) async fn write(
    change: &mut Change<'_>,
    subscription_id: &str,
    writes: &[UserWrite],
) -> Result<()> {
    if writes.is_empty() {
        return Ok(());
    }
    let claims = store::claims::list(change.conn(), subscription_id).await?;
    let definitions = Definitions::new(subscription_id, &claims);
    for write in writes {
        let done = match &write.before {
            None => create(change, &definitions, write).await,
            Some(before) => update(change, &definitions, write, &before.id, before.version).await,
        };
        let (kind, id, names) = at_field(write, done)?;
        let event = Event { user_id: Some(&id), ..Event::new(kind, json!({ "claims": names })) };
        event::record(change.ctx, &mut change.tx, Some(subscription_id), change.actor.name(), event).await?;
    }
    Ok(())
}

/// Kind of the event, the user's id, what it names.
type Written = (&'static str, String, Vec<String>);

async fn create(change: &mut Change<'_>, definitions: &Definitions<'_>, write: &UserWrite) -> Result<Written> {
    let spec = &write.spec;
    let new = NewUser {
        username: spec.username.as_deref(),
        email: spec.email.as_deref(),
        email_verified: spec.email_verified,
        password_hash: write.password_hash.as_deref(),
        claims: &values(spec),
    };
    let id = user::create(change.ctx, &mut change.tx, definitions.clone(), &new).await?;
    set_disabled(change, &id, spec.disabled).await?;
    Ok(("user_created", id, spec.claims.keys().cloned().collect()))
}

async fn update(
    change: &mut Change<'_>,
    definitions: &Definitions<'_>,
    write: &UserWrite,
    id: &str,
    version: i64,
) -> Result<Written> {
    let before = store::users::find(change.conn(), id).await?.filter(|user| user.version == version);
    let before = before.ok_or(Error::Changed)?;
    let spec = &write.spec;
    let claims: Vec<_> = values(spec).into_iter().map(|(name, value)| (name, Some(value))).collect();
    let edit = Edit {
        username: spec.username.as_deref().map(Some),
        email: spec.email.as_deref().map(Some),
        // A file that says nothing takes no proof away.
        verified: if spec.email_verified { Verified::Set(true) } else { Verified::Keep },
        claims: &claims,
    };
    let mut changed = user::edit(change.ctx, &mut change.tx, definitions.clone(), &before, &edit).await?;
    if let Some(hash) = &write.password_hash {
        user::set_password(change.ctx, &mut change.tx, id, hash).await?;
        changed.push("password".to_owned());
    }
    if set_disabled(change, id, spec.disabled).await? {
        changed.push("disabled".to_owned());
    }
    Ok(("user_changed", id.to_owned(), changed))
}

/// Takes a user out of use, or back. False: they are so already.
async fn set_disabled(change: &mut Change<'_>, id: &str, disabled: bool) -> Result<bool> {
    let stored = store::users::find(change.conn(), id).await?.ok_or(Error::Changed)?;
    if stored.disabled_at.is_some() == disabled {
        return Ok(false);
    }
    user::set_disabled(change.ctx, &mut change.tx, &stored, disabled).await?;
    Ok(true)
}

/// Says of an error at a claim's name where in the file that claim is.
fn at_field<T>(write: &UserWrite, result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::Invalid(mut errors) => {
            for error in &mut errors.0 {
                error.field = format!("{}.{}", write.at, field(&error.field));
            }
            Error::Invalid(errors)
        }
        other => other,
    })
}
