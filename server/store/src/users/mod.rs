//! Users of a subscription. Canonical keys are computed here; what they hold is in
//! [`crate::claim_values`].

mod held;
mod import;
mod page;

pub use held::{WithValues, find_by_login_with_values, find_with_values, first_with_values};
pub use import::{Logins, NewRow, insert_all, logins, taken_values};
pub use page::page;

use crate::claim_values::{self, NewClaimValue};
use crate::{Conn, Result, Tx, invitations, key};

/// A user.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct User {
    /// Row id, which is also the `sub`; never names another user later.
    pub id: String,
    /// Their subscription.
    pub subscription_id: String,
    /// Sign-in name, without `@`.
    pub username: Option<String>,
    /// Address, which is also a sign-in name.
    pub email: Option<String>,
    /// Proven by mail or said by an administrator.
    pub email_verified: bool,
    /// Argon2id, in PHC form.
    pub password_hash: Option<String>,
    /// Unix seconds.
    pub password_changed_at: Option<i64>,
    /// Grows by one with each change of the profile, the password or the disabling.
    pub version: i64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// Unix seconds since when they are disabled.
    pub disabled_at: Option<i64>,
}

impl User {
    /// What lists show and sort by: the user name, else the address.
    pub fn login(&self) -> &str {
        self.username.as_deref().or(self.email.as_deref()).unwrap_or_default()
    }
}

impl std::fmt::Debug for User {
    /// Personal data and the hash stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id).field("version", &self.version).finish_non_exhaustive()
    }
}

/// What a profile update writes.
#[derive(Clone, Copy)]
pub struct Profile<'a> {
    /// Sign-in name.
    pub username: Option<&'a str>,
    /// Address.
    pub email: Option<&'a str>,
    /// Whether the address was proven. The caller clears it when the address changes.
    pub email_verified: bool,
}

fn username_key(username: Option<&str>) -> Option<String> {
    username.map(key::text)
}

fn email_key(email: Option<&str>) -> Option<String> {
    email.map(key::email)
}

/// Stores a new user with their claim values. `Unique` of `UserName`, `UserEmail` or `ClaimValue`.
pub async fn insert(tx: &mut Tx, new: &User, values: &[NewClaimValue<'_>]) -> Result<()> {
    let (username_key, email_key) = (username_key(new.username.as_deref()), email_key(new.email.as_deref()));
    sql!(
        tx,
        run "INSERT INTO users (id, subscription_id, username, username_key, email, email_key, email_verified, sort_key,
                password_hash, password_changed_at, version, created_at, updated_at, disabled_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, COALESCE($4, $6, ''), $8, $9, $10, $11, $12, $13)",
        &new.id,
        &new.subscription_id,
        new.username.as_deref(),
        username_key.as_deref(),
        new.email.as_deref(),
        email_key.as_deref(),
        new.email_verified,
        new.password_hash.as_deref(),
        new.password_changed_at,
        new.version,
        new.created_at,
        new.updated_at,
        new.disabled_at
    )?;
    claim_values::put(tx, &new.id, values, new.created_at).await
}

/// By id.
pub async fn find(c: &mut Conn, id: &str) -> Result<Option<User>> {
    sql!(
        c,
        optional User,
        "SELECT id, subscription_id, username, email, email_verified, password_hash, password_changed_at, version,
            created_at, updated_at, disabled_at
        FROM users WHERE id = $1",
        id
    )
}

/// Some users by id, in no order; those that are gone are left out.
pub async fn find_some(c: &mut Conn, ids: &[&str]) -> Result<Vec<User>> {
    sql!(
        c,
        all User,
        "WITH RECURSIVE wanted (id, rest) AS (
            SELECT '', CAST($1 AS TEXT)
            UNION ALL SELECT substr(rest, 1, 36), substr(rest, 37) FROM wanted WHERE rest <> ''
        )
        SELECT u.id, u.subscription_id, u.username, u.email, u.email_verified, u.password_hash, u.password_changed_at,
            u.version, u.created_at, u.updated_at, u.disabled_at
        FROM wanted JOIN users u ON u.id = wanted.id",
        key::joined(ids)
    )
}

/// By what was typed at sign-in: an e-mail address when it has an `@`, else a user name.
pub async fn find_by_login(c: &mut Conn, subscription_id: &str, login: &str) -> Result<Option<User>> {
    if !key::findable(login) {
        return Ok(None);
    }
    if login.contains('@') {
        return sql!(
            c,
            optional User,
            "SELECT id, subscription_id, username, email, email_verified, password_hash, password_changed_at, version,
                created_at, updated_at, disabled_at
            FROM users WHERE subscription_id = $1 AND email_key = $2",
            subscription_id,
            key::email(login)
        );
    }
    sql!(
        c,
        optional User,
        "SELECT id, subscription_id, username, email, email_verified, password_hash, password_changed_at, version,
            created_at, updated_at, disabled_at
        FROM users WHERE subscription_id = $1 AND username_key = $2",
        subscription_id,
        key::text(login)
    )
}

/// How many users a subscription has, exactly: tens of milliseconds for a million.
pub async fn count(c: &mut Conn, subscription_id: &str) -> Result<i64> {
    let (count,) = sql!(c, one(i64,), "SELECT COUNT(*) FROM users WHERE subscription_id = $1", subscription_id)?;
    Ok(count)
}

/// Writes names and address over the expected version. False: somebody else was faster, or they
/// are gone. `Unique` of `UserName` or `UserEmail`.
pub async fn update_profile(tx: &mut Tx, id: &str, version: i64, profile: &Profile<'_>, now: i64) -> Result<bool> {
    let (username_key, email_key) = (username_key(profile.username), email_key(profile.email));
    let changed = sql!(
        tx,
        run "UPDATE users SET username = $3, username_key = $4, email = $5, email_key = $6, email_verified = $7,
                sort_key = COALESCE($4, $6, ''), version = version + 1, updated_at = $8
            WHERE id = $1 AND version = $2",
        id,
        version,
        profile.username,
        username_key.as_deref(),
        profile.email,
        email_key.as_deref(),
        profile.email_verified,
        now
    )?;
    Ok(changed == 1)
}

/// Notes that claim values changed: moves version and `updated_at`, over the expected version.
pub async fn touch(tx: &mut Tx, id: &str, version: i64, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE users SET version = version + 1, updated_at = $3 WHERE id = $1 AND version = $2",
        id,
        version,
        now
    )?;
    Ok(changed == 1)
}

/// Sets the password, whatever the version: a reset must not lose against an edit. A link with which it
/// could have been chosen is gone. False: the user is.
pub async fn set_password(tx: &mut Tx, id: &str, hash: &str, now: i64) -> Result<bool> {
    invitations::delete_of_user(tx, id).await?;
    let changed = sql!(
        tx,
        run "UPDATE users SET password_hash = $2, password_changed_at = $3, version = version + 1, updated_at = $3
            WHERE id = $1",
        id,
        hash,
        now
    )?;
    Ok(changed == 1)
}

/// Says, at once for all nodes, that a user is enabled and has the password that was verified, and
/// keeps both so until the transaction is over. False: one of them has changed meanwhile.
pub async fn hold_password(tx: &mut Tx, id: &str, hash: &str) -> Result<bool> {
    let held = sql!(
        tx,
        run "UPDATE users SET password_hash = password_hash
            WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL",
        id,
        hash
    )?;
    Ok(held == 1)
}

/// Says, at once for all nodes, that a user is enabled, and keeps it so until the transaction is over. False: disabled
/// or gone.
pub async fn hold_enabled(tx: &mut Tx, id: &str) -> Result<bool> {
    let held = sql!(tx, run "UPDATE users SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NULL", id)?;
    Ok(held == 1)
}

/// Writes the same password under newer hashing parameters, if it is still the one that was
/// verified. Nothing else moves.
pub async fn rehash_password(tx: &mut Tx, id: &str, old_hash: &str, new_hash: &str) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        id,
        old_hash,
        new_hash
    )?;
    Ok(changed == 1)
}

/// Disables (`Some(since)`) or enables a user, over the expected version.
pub async fn set_disabled(tx: &mut Tx, id: &str, version: i64, since: Option<i64>, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE users SET disabled_at = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2",
        id,
        version,
        since,
        now
    )?;
    Ok(changed == 1)
}

/// Deletes a user with all they hold and all that was issued to them. False: gone. `now` is when their sessions
/// ended.
pub async fn delete(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    crate::sessions::end_all_of_user(tx, id, None, now).await?;
    Ok(sql!(tx, run "DELETE FROM users WHERE id = $1", id)? == 1)
}
