//! Many new users at once: the rules of one new user, asked of the database for all together.

use std::collections::HashMap;

use model::{FieldErrors, Problem, canonical};
use serde_json::json;
use store::users::{NewRow, User};
use store::{Conn, JsonText, Tx};

use super::create::check;
use super::values::{Checked, EMAIL};
use super::{Definitions, NewUser};
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// One of them.
pub(crate) struct Candidate<'a> {
    /// Where they came from.
    pub(crate) line: u64,
    /// What is said of them.
    pub(crate) new: NewUser<'a>,
    /// Everything that is wrong; fields as for one new user.
    pub(crate) errors: FieldErrors,
    /// Somebody of this user name (without one, of this address) exists: they are left alone.
    pub(crate) exists: bool,
    checked: Vec<Checked<'a>>,
}

impl<'a> Candidate<'a> {
    /// Checks a new user by themselves. `errors` is what was wrong before.
    pub(crate) fn new(definitions: &Definitions<'a>, line: u64, new: NewUser<'a>, errors: FieldErrors) -> Self {
        let (checked, more) = check(definitions, &new);
        Self { line, new, errors: errors.and(more), exists: false, checked }
    }

    /// True for somebody who can be made.
    pub(crate) fn is_new(&self) -> bool {
        !self.exists && self.errors.is_empty()
    }
}

/// Says of each who exists already, who is there twice, and who has what another user holds.
pub(crate) async fn compare(
    conn: &mut Conn,
    definitions: &Definitions<'_>,
    candidates: &mut [Candidate<'_>],
) -> Result<()> {
    find_existing(conn, definitions.subscription_id, candidates).await?;
    find_taken_values(conn, candidates).await?;
    find_repeated(candidates);
    Ok(())
}

async fn find_existing(conn: &mut Conn, subscription_id: &str, candidates: &mut [Candidate<'_>]) -> Result<()> {
    let usernames: Vec<&str> = candidates.iter().filter_map(|c| c.new.username).collect();
    let emails: Vec<&str> = candidates.iter().filter_map(|c| c.new.address()).collect();
    let known = store::users::logins(conn, subscription_id, &usernames, &emails).await?;
    for candidate in candidates {
        let email_known = candidate.new.address().is_some_and(|email| known.has_email(email));
        match candidate.new.username {
            Some(username) => {
                candidate.exists = known.has_username(username);
                if email_known && !candidate.exists {
                    candidate.errors.add(EMAIL, Problem::new("taken"));
                }
            }
            None => candidate.exists = email_known,
        }
    }
    Ok(())
}

async fn find_taken_values(conn: &mut Conn, candidates: &mut [Candidate<'_>]) -> Result<()> {
    let mut wanted: HashMap<&str, Vec<&str>> = HashMap::new();
    for value in candidates.iter().filter(|c| c.is_new()).flat_map(|c| &c.checked).filter(|value| value.unique) {
        wanted.entry(value.claim_id).or_default().push(&value.canonical);
    }
    let mut taken = HashMap::new();
    for (claim_id, texts) in wanted {
        taken.insert(claim_id.to_owned(), store::users::taken_values(conn, claim_id, &texts).await?);
    }
    for candidate in candidates.iter_mut().filter(|c| c.is_new()) {
        let held = |value: &&Checked<'_>| {
            value.unique && taken.get(value.claim_id).is_some_and(|texts| texts.contains(&value.canonical))
        };
        for value in candidate.checked.iter().filter(held) {
            candidate.errors.add(value.name, Problem::new("taken"));
        }
    }
    Ok(())
}

/// The first of several keeps a name or a unique value.
fn find_repeated(candidates: &mut [Candidate<'_>]) {
    let mut seen: HashMap<(&str, String), u64> = HashMap::new();
    for candidate in candidates.iter_mut().filter(|c| c.is_new()) {
        let names = [
            ("username", candidate.new.username.map(canonical::text)),
            (EMAIL, candidate.new.address().map(canonical::email)),
        ];
        let names = names.into_iter().filter_map(|(field, text)| Some((field, text?)));
        let values = candidate.checked.iter().filter(|value| value.unique);
        let values = values.map(|value| (value.name, value.canonical.clone()));
        let keys: Vec<_> = names.chain(values).collect();
        for key in &keys {
            if let Some(line) = seen.get(key) {
                candidate.errors.add(key.0, Problem::new("import-repeated").with("line", line));
            }
        }
        if candidate.errors.is_empty() {
            seen.extend(keys.into_iter().map(|key| (key, candidate.line)));
        }
    }
}

/// Stores them, each with an event of its own, and returns how many. `actor` is for the events.
///
/// # Errors
/// `import-meanwhile` at `content`, when somebody took one of their names since [`compare`].
pub(crate) async fn insert_all(
    ctx: &Ctx,
    tx: &mut Tx,
    subscription_id: &str,
    actor: &str,
    new: &[&Candidate<'_>],
) -> Result<usize> {
    let now = ctx.now();
    let (mut rows, mut events) = (Vec::with_capacity(new.len()), Vec::with_capacity(new.len()));
    for candidate in new {
        let NewUser { username, email_verified, password_hash, .. } = candidate.new;
        let email = candidate.new.address();
        let user = User {
            id: ctx.new_id()?,
            subscription_id: subscription_id.to_owned(),
            username: username.map(str::to_owned),
            email: email.map(str::to_owned),
            email_verified: email_verified && email.is_some(),
            password_hash: password_hash.map(str::to_owned),
            password_changed_at: password_hash.map(|_| now),
            version: 1,
            created_at: now,
            updated_at: now,
            disabled_at: None,
        };
        let names: Vec<&str> = candidate.checked.iter().map(|value| value.name).collect();
        events.push(store::events::Event {
            id: ctx.new_id()?,
            subscription_id: Some(subscription_id.to_owned()),
            at: now,
            kind: "user_created".to_owned(),
            actor: actor.to_owned(),
            user_id: Some(user.id.clone()),
            application_id: None,
            reference: None,
            data: JsonText::encode(&json!({ "claims": names })),
        });
        rows.push(NewRow { user, values: candidate.checked.iter().map(Checked::row).collect() });
    }
    store::users::insert_all(tx, &rows).await.map_err(|error| match error {
        store::Error::Unique(_) => meanwhile(),
        other => other.into(),
    })?;
    store::events::insert_all(tx, &events).await?;
    Ok(rows.len())
}

/// Something else changed what was checked.
pub(crate) fn meanwhile() -> Error {
    Error::field("content", Problem::new("import-meanwhile"))
}
