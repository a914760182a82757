//! Many users at once.

use std::collections::HashSet;

use super::{User, email_key, username_key};
use crate::bulk::{self, Cell};
use crate::claim_values::NewClaimValue;
use crate::{Conn, JsonText, Result, Tx, key};

/// A user to be stored, with the values they hold.
pub struct NewRow<'a> {
    /// The user.
    pub user: User,
    /// Values, each of another claim.
    pub values: Vec<NewClaimValue<'a>>,
}

/// Stores users with their claim values. `Unique` of `UserName`, `UserEmail` or `ClaimValue`: then
/// the transaction is of no use any more.
pub async fn insert_all(tx: &mut Tx, new: &[NewRow<'_>]) -> Result<()> {
    let keys: Vec<_> = new
        .iter()
        .map(|row| (username_key(row.user.username.as_deref()), email_key(row.user.email.as_deref())))
        .collect();
    let users: Vec<[Cell<'_>; 14]> = new
        .iter()
        .zip(&keys)
        .map(|(NewRow { user, .. }, (username_key, email_key))| {
            let (username_key, email_key) = (username_key.as_deref(), email_key.as_deref());
            [
                Cell::Text(Some(&user.id)),
                Cell::Text(Some(&user.subscription_id)),
                Cell::Text(user.username.as_deref()),
                Cell::Text(username_key),
                Cell::Text(user.email.as_deref()),
                Cell::Text(email_key),
                Cell::Flag(user.email_verified),
                Cell::Text(Some(username_key.or(email_key).unwrap_or_default())),
                Cell::Text(user.password_hash.as_deref()),
                Cell::Number(user.password_changed_at),
                Cell::Number(Some(user.version)),
                Cell::Number(Some(user.created_at)),
                Cell::Number(Some(user.updated_at)),
                Cell::Number(user.disabled_at),
            ]
        })
        .collect();
    bulk::insert(
        tx,
        "INSERT INTO users (id, subscription_id, username, username_key, email, email_key, email_verified, sort_key,
            password_hash, password_changed_at, version, created_at, updated_at, disabled_at) VALUES",
        &users,
    )
    .await?;
    let held = || new.iter().flat_map(|row| row.values.iter().map(move |value| (&row.user, value)));
    let texts: Vec<_> =
        held().map(|(_, value)| (JsonText::encode(value.value), key::bounded(value.canonical))).collect();
    let values: Vec<[Cell<'_>; 6]> = held()
        .zip(&texts)
        .map(|((user, value), (json, canonical))| {
            [
                Cell::Text(Some(&user.id)),
                Cell::Text(Some(value.claim_id)),
                Cell::Text(Some(json.as_str())),
                Cell::Text(Some(canonical)),
                Cell::Text(value.unique.then_some(canonical.as_str())),
                Cell::Number(Some(user.created_at)),
            ]
        })
        .collect();
    bulk::insert(
        tx,
        "INSERT INTO claim_values (user_id, claim_id, value, canonical, unique_key, updated_at) VALUES",
        &values,
    )
    .await
}

/// Some of the names and addresses of a subscription.
#[derive(Clone, Debug, Default)]
pub struct Logins {
    usernames: HashSet<String>,
    emails: HashSet<String>,
}

impl Logins {
    /// True when somebody has this user name.
    pub fn has_username(&self, username: &str) -> bool {
        self.usernames.contains(&key::text(username))
    }

    /// True when somebody has this address.
    pub fn has_email(&self, email: &str) -> bool {
        self.emails.contains(&key::email(email))
    }
}

/// Which of these user names and addresses somebody has.
pub async fn logins(c: &mut Conn, subscription_id: &str, usernames: &[&str], emails: &[&str]) -> Result<Logins> {
    let keys = |texts: &[&str], key: fn(&str) -> String| -> Vec<String> {
        texts.iter().filter(|text| key::findable(text)).map(|text| key(text)).collect()
    };
    let (usernames, emails) = (keys(usernames, key::text), keys(emails, key::email));
    let usernames: Vec<&str> = usernames.iter().map(String::as_str).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    let usernames = bulk::among(
        c,
        "SELECT username_key FROM users WHERE subscription_id = $1 AND username_key IN",
        subscription_id,
        &usernames,
    );
    let usernames = usernames.await?.into_iter().collect();
    let emails = bulk::among(
        c,
        "SELECT email_key FROM users WHERE subscription_id = $1 AND email_key IN",
        subscription_id,
        &emails,
    );
    Ok(Logins { usernames, emails: emails.await?.into_iter().collect() })
}

/// Which of these canonical values of a unique claim somebody holds.
pub async fn taken_values(c: &mut Conn, claim_id: &str, canonical: &[&str]) -> Result<HashSet<String>> {
    let by_key: std::collections::HashMap<String, &str> =
        canonical.iter().filter(|text| key::findable(text)).map(|text| (key::bounded(text), *text)).collect();
    let keys: Vec<&str> = by_key.keys().map(String::as_str).collect();
    let found =
        bulk::among(c, "SELECT unique_key FROM claim_values WHERE claim_id = $1 AND unique_key IN", claim_id, &keys);
    let found = found.await?;
    Ok(found.iter().filter_map(|key| by_key.get(key)).map(|text| (*text).to_owned()).collect())
}
