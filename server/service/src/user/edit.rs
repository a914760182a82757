//! Changing a user's names and claim values.

use model::{FieldErrors, Problem, canonical, claim_value, name};
use serde_json::Value;
use store::Tx;
use store::users::{Profile, User};

use super::Definitions;
use super::values::{self, Checked, EMAIL};
use crate::change::unless_changed;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// What an edit says of the address's proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// As it was, but unproven when the address changes.
    Keep,
    /// An administrator says so.
    Set(bool),
}

/// An edit. What it does not name stays as it is.
#[derive(Clone, Copy)]
pub struct Edit<'a> {
    /// `Some(None)` takes the name away.
    pub username: Option<Option<&'a str>>,
    /// `Some(None)` takes the address away.
    pub email: Option<Option<&'a str>>,
    /// Proof of the address.
    pub verified: Verified,
    /// `None` removes the value of a claim; `email` stands for the address.
    pub claims: &'a [(String, Option<Value>)],
}

/// Writes an edit over the version the caller read, and returns what changed: `username`, `email`,
/// `email_verified` and names of claims, for the event.
///
/// # Errors
/// All problems at their fields; `Changed` when somebody else was faster.
pub async fn edit<'a>(
    ctx: &Ctx,
    tx: &mut Tx,
    definitions: impl Into<Definitions<'a>>,
    user: &'a User,
    edit: &Edit<'a>,
) -> Result<Vec<String>> {
    let definitions = definitions.into();
    let mut errors = FieldErrors::default();
    let After { profile, mut checked, removed } = after(&definitions, user, edit, &mut errors);
    if errors.is_empty() {
        values::recall_uniqueness(tx, definitions.subscription_id, &mut checked).await?;
        let names = [("username", profile.username), (EMAIL, profile.email)];
        values::check_names_taken(tx, definitions.subscription_id, names, Some(&user.id), &mut errors).await?;
        values::check_taken(tx, &checked, Some(&user.id), &mut errors).await?;
    }
    errors.into_result(())?;
    write(ctx, tx, user, &profile, &checked, &removed).await
}

/// Everything that is wrong with an edit but for what others hold.
pub fn check_edit(definitions: &Definitions<'_>, user: &User, edit: &Edit<'_>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    after(definitions, user, edit, &mut errors);
    errors
}

/// A user as they will be.
struct After<'a> {
    profile: Profile<'a>,
    checked: Vec<Checked<'a>>,
    /// Names and ids of claims whose values go.
    removed: Vec<(&'a str, &'a str)>,
}

fn after<'a>(definitions: &Definitions<'a>, user: &'a User, edit: &Edit<'a>, errors: &mut FieldErrors) -> After<'a> {
    let profile = profile_after(user, edit, errors);
    let others = || edit.claims.iter().filter(|(name, _)| name != EMAIL);
    let given = others().filter_map(|(name, value)| value.as_ref().map(|value| (name, value)));
    let checked = values::check(definitions, given, errors);
    let mut removed = Vec::new();
    for (name, _) in others().filter(|(_, value)| value.is_none()) {
        match definitions.find(name) {
            Some(claim) => removed.push((name.as_str(), claim.id)),
            None => errors.add(name, crate::refusal::unknown(name)),
        }
    }
    After { profile, checked, removed }
}

/// Names and address as they will be.
fn profile_after<'u>(user: &'u User, edit: &Edit<'u>, errors: &mut FieldErrors) -> Profile<'u> {
    let username = edit.username.unwrap_or(user.username.as_deref());
    if let Some(username) = username.filter(|_| edit.username.is_some()) {
        errors.check("username", name::username(username));
    }
    let claimed = edit.claims.iter().find(|(name, _)| name == EMAIL);
    let claimed = claimed.map(|(_, value)| value.as_ref().map(|value| value.as_str().unwrap_or_default()));
    let said = edit.email.or(claimed);
    let email = said.unwrap_or(user.email.as_deref());
    if let Some(email) = email.filter(|_| said.is_some()) {
        errors.check(EMAIL, claim_value::email(email));
    }
    if username.is_none() && email.is_none() {
        let field = if edit.username.is_some() { "username" } else { EMAIL };
        errors.add(field, Problem::new("username-or-email"));
    }
    let moved = email.map(canonical::email) != user.email.as_deref().map(canonical::email);
    let email_verified = match edit.verified {
        Verified::Set(verified) => verified,
        Verified::Keep => user.email_verified && !moved,
    };
    Profile { username, email, email_verified: email_verified && email.is_some() }
}

async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    user: &User,
    profile: &Profile<'_>,
    checked: &[Checked<'_>],
    removed: &[(&str, &str)],
) -> Result<Vec<String>> {
    let now = ctx.now();
    let taken = |error| -> Error { values::taken_meanwhile(error, checked) };
    let names = [
        ("username", profile.username != user.username.as_deref()),
        (EMAIL, profile.email != user.email.as_deref()),
        ("email_verified", profile.email_verified != user.email_verified),
    ];
    let mut changed: Vec<String> = names.iter().filter(|(_, c)| *c).map(|(name, _)| (*name).to_owned()).collect();
    if !changed.is_empty() {
        let written = store::users::update_profile(tx, &user.id, user.version, profile, now).await;
        unless_changed(written.map_err(taken)?)?;
    }
    let profile_written = !changed.is_empty();
    let stored = store::claim_values::of_user(tx, &user.id).await?;
    let new: Vec<&Checked<'_>> = checked.iter().filter(|value| value.differs_from(&stored)).collect();
    let rows: Vec<_> = new.iter().map(|value| value.row()).collect();
    store::claim_values::put(tx, &user.id, &rows, now).await.map_err(taken)?;
    changed.extend(new.iter().map(|value| value.name.to_owned()));
    for (name, claim_id) in removed {
        if store::claim_values::delete(tx, &user.id, claim_id).await? {
            changed.push((*name).to_owned());
        }
    }
    if !profile_written && !changed.is_empty() {
        unless_changed(store::users::touch(tx, &user.id, user.version, now).await?)?;
    }
    Ok(changed)
}

/// Writes values that a user gave; the others stay.
pub async fn set_claims<'a>(
    ctx: &Ctx,
    tx: &mut Tx,
    definitions: impl Into<Definitions<'a>>,
    user_id: &str,
    values: &[(String, Value)],
) -> Result<()> {
    let values: Vec<_> = values.iter().map(|(name, value)| (name.clone(), Some(value.clone()))).collect();
    replace_claims(ctx, tx, definitions, user_id, &values).await
}

/// Writes and removes values of a user; claims that are not named stay. A new address is unproven.
pub async fn replace_claims<'a>(
    ctx: &Ctx,
    tx: &mut Tx,
    definitions: impl Into<Definitions<'a>>,
    user_id: &str,
    values: &[(String, Option<Value>)],
) -> Result<()> {
    let definitions = definitions.into();
    let user = find(tx, definitions.subscription_id, user_id).await?;
    let only_claims = Edit { username: None, email: None, verified: Verified::Keep, claims: values };
    edit(ctx, tx, definitions, &user, &only_claims).await?;
    Ok(())
}

/// A user of this subscription; any other does not exist.
pub(crate) async fn find(conn: &mut store::Conn, subscription_id: &str, user_id: &str) -> Result<User> {
    let user = store::users::find(conn, user_id).await?;
    user.filter(|user| user.subscription_id == subscription_id).ok_or(Error::NotFound)
}
