//! Administrators: users of the built-in subscription with a role on the installation or on
//! subscriptions.

use model::Role;

use crate::{Conn, Error, Result, Tx};

/// The scope of a role on the whole installation; every other scope is a subscription's row id.
pub const INSTALLATION: &str = "*";

/// A role somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Row id of the administrator.
    pub user_id: String,
    /// Sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Unix seconds since when the administrator is disabled.
    pub disabled_at: Option<i64>,
    /// [`INSTALLATION`] or a subscription.
    pub scope: String,
    /// What they may do there.
    pub role: Role,
}

#[derive(sqlx::FromRow)]
struct Row {
    user_id: String,
    username: Option<String>,
    email: Option<String>,
    disabled_at: Option<i64>,
    scope: String,
    role: String,
}

/// A role as it is stored.
pub(crate) fn parse(role: &str) -> Result<Role> {
    Role::parse(role).ok_or(Error::Corrupt { what: "role" })
}

/// A user's roles: scope and role.
pub async fn of_user(c: &mut Conn, user_id: &str) -> Result<Vec<(String, Role)>> {
    let rows = sql!(
        c,
        all(String, String),
        "SELECT subscription_id, role FROM roles WHERE user_id = $1 ORDER BY subscription_id",
        user_id
    )?;
    rows.into_iter().map(|(scope, role)| Ok((scope, parse(&role)?))).collect()
}

/// Administrators of a scope, by name. Those of the installation are not repeated in each
/// subscription.
pub async fn list(c: &mut Conn, scope: &str) -> Result<Vec<Held>> {
    let rows = sql!(
        c,
        all Row,
        "SELECT r.user_id, u.username, u.email, u.disabled_at, r.subscription_id AS scope, r.role
        FROM roles r JOIN users u ON u.id = r.user_id
        WHERE r.subscription_id = $1 ORDER BY u.sort_key, u.id",
        scope
    )?;
    let decode = |r: Row| -> Result<Held> {
        Ok(Held {
            role: parse(&r.role)?,
            user_id: r.user_id,
            username: r.username,
            email: r.email,
            disabled_at: r.disabled_at,
            scope: r.scope,
        })
    };
    rows.into_iter().map(decode).collect()
}

/// Gives a role, over the one held there.
pub async fn put(tx: &mut Tx, user_id: &str, scope: &str, role: Role) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO roles (user_id, subscription_id, role) VALUES ($1, $2, $3)
            ON CONFLICT (user_id, subscription_id) DO UPDATE SET role = $3",
        user_id,
        scope,
        role.as_str()
    )?;
    Ok(())
}

/// Takes a role away. False: there was none.
pub async fn remove(tx: &mut Tx, user_id: &str, scope: &str) -> Result<bool> {
    let removed = sql!(tx, run "DELETE FROM roles WHERE user_id = $1 AND subscription_id = $2", user_id, scope)?;
    Ok(removed == 1)
}

/// True when somebody who is not disabled owns the installation.
pub async fn owners_exist(c: &mut Conn) -> Result<bool> {
    other_owners_exist(c, "").await
}

/// True when somebody else who is not disabled owns the installation: the last owner must stay.
pub async fn other_owners_exist(c: &mut Conn, user_id: &str) -> Result<bool> {
    let row = sql!(
        c,
        optional(String,),
        "SELECT r.user_id FROM roles r JOIN users u ON u.id = r.user_id
        WHERE r.subscription_id = '*' AND r.role = 'owner' AND u.disabled_at IS NULL AND r.user_id <> $1 LIMIT 1",
        user_id
    )?;
    Ok(row.is_some())
}
