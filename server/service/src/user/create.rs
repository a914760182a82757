//! A new user.

use model::{FieldErrors, Problem, canonical, claim_value, name};
use serde_json::Value;
use store::users::User;
use store::{Conn, Tx};

use super::Definitions;
use super::values::{self, Checked, EMAIL};
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// What is said of somebody new. Who reads a password checks and hashes it before.
#[derive(Clone, Copy)]
pub struct NewUser<'a> {
    /// Sign-in name, without `@`.
    pub username: Option<&'a str>,
    /// Address, also a sign-in name.
    pub email: Option<&'a str>,
    /// By proof, or because an administrator says so.
    pub email_verified: bool,
    /// Argon2id, PHC.
    pub password_hash: Option<&'a str>,
    /// Values by claim; one for `email` stands for the address.
    pub claims: &'a [(String, Value)],
}

impl<'a> NewUser<'a> {
    /// The address, said either way.
    pub(super) fn address(&self) -> Option<&'a str> {
        let claimed = self.claims.iter().find(|(name, _)| name == EMAIL).and_then(|(_, value)| value.as_str());
        self.email.or(claimed)
    }
}

/// Everything that is wrong with a new user but for what others hold. Fields: `username`, `email`,
/// and the names of claims.
pub fn check_new(definitions: &Definitions<'_>, new: &NewUser<'_>) -> FieldErrors {
    check(definitions, new).1
}

pub(super) fn check<'a>(definitions: &Definitions<'a>, new: &NewUser<'a>) -> (Vec<Checked<'a>>, FieldErrors) {
    let mut errors = FieldErrors::default();
    let address = new.address();
    if let Some(username) = new.username {
        errors.check("username", name::username(username));
    }
    if let Some(address) = address {
        errors.check(EMAIL, claim_value::email(address));
    }
    if new.username.is_none() && address.is_none() {
        errors.add("username", Problem::new("username-or-email"));
    }
    for (_, value) in new.claims.iter().filter(|(name, _)| name == EMAIL) {
        // Two addresses for one user: which was meant?
        if value.as_str().map(canonical::email) != address.map(canonical::email) {
            errors.add(EMAIL, Problem::new("repeated").with("name", EMAIL));
        }
    }
    let given = new.claims.iter().filter(|(name, _)| name != EMAIL).map(|(name, value)| (name, value));
    let checked = values::check(definitions, given, &mut errors);
    (checked, errors)
}

/// Stores a new user and returns the row id, which is also the `sub`.
///
/// # Errors
/// All problems at their fields; `taken` where another user has the name, the address or a unique
/// value.
pub async fn create<'a>(
    ctx: &Ctx,
    tx: &mut Tx,
    definitions: impl Into<Definitions<'a>>,
    new: &NewUser<'a>,
) -> Result<String> {
    let definitions = definitions.into();
    let (mut checked, mut errors) = check(&definitions, new);
    let (id, address) = (definitions.subscription_id, new.address());
    if errors.is_empty() {
        values::recall_uniqueness(tx, id, &mut checked).await?;
        let names = [("username", new.username), (EMAIL, address)];
        values::check_names_taken(tx, id, names, None, &mut errors).await?;
        values::check_taken(tx, &checked, None, &mut errors).await?;
    }
    errors.into_result(())?;
    let now = ctx.now();
    let row = User {
        id: ctx.new_id()?,
        subscription_id: id.to_owned(),
        username: new.username.map(str::to_owned),
        email: address.map(str::to_owned),
        email_verified: new.email_verified && address.is_some(),
        password_hash: new.password_hash.map(str::to_owned),
        password_changed_at: new.password_hash.map(|_| now),
        version: 1,
        created_at: now,
        updated_at: now,
        disabled_at: None,
    };
    let rows: Vec<_> = checked.iter().map(Checked::row).collect();
    let stored = store::users::insert(tx, &row, &rows).await;
    stored.map_err(|error| -> Error { values::taken_meanwhile(error, &checked) })?;
    Ok(row.id)
}

/// Notes `taken` at the names and values of a user that somebody else has. What is wrong otherwise
/// is not looked at.
pub(crate) async fn taken(
    conn: &mut Conn,
    definitions: &Definitions<'_>,
    new: &NewUser<'_>,
    except_user: Option<&str>,
) -> Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    let (checked, _) = check(definitions, new);
    let names = [("username", new.username), (EMAIL, new.address())];
    values::check_names_taken(conn, definitions.subscription_id, names, except_user, &mut errors).await?;
    values::check_taken(conn, &checked, except_user, &mut errors).await?;
    Ok(errors)
}
