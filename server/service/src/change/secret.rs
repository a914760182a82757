//! Secrets of applications and API connections: 256 random bits, or what an `apply` file names;
//! stored as SHA-256, and sealed besides where the server signs with it.

use model::spec::ApplicationSpec;
use model::{Problem, SecretPlan};
use store::secrets::{Owner, Secret};

use super::{Change, unless_changed};
use crate::crypto;
use crate::error::{Error, Result};
use crate::revision::{Action, ObjectType, Revision};

/// Purpose under which a secret is sealed.
pub(crate) const SEALED: &str = "application secret";

/// Secrets that one owner has in use at the same time.
const MAX_LIVE: usize = 5;
/// Secrets that are kept after their end, to be seen in the list. Older ones go when a new one comes.
const MAX_ENDED: usize = 5;

/// Whose secret it is, and how the audit log names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SecretOf<'a> {
    pub(crate) subscription_id: &'a str,
    pub(crate) owner: Owner<'a>,
    /// `client_id`, or the connection's name.
    pub(crate) name: &'a str,
}

impl SecretOf<'_> {
    fn revision(&self, action: Action, gone: Vec<String>, new: Vec<String>) -> Revision<'_> {
        let (object_type, id) = match self.owner {
            Owner::Application(id) => (ObjectType::Application, id),
            Owner::ApiConnection(id) => (ObjectType::ApiConnection, id),
        };
        Revision::of(self.subscription_id, object_type, id, self.name).secrets(action, gone, new)
    }
}

/// True for a secret that is accepted now.
pub(crate) fn is_live(secret: &Secret, now: i64) -> bool {
    secret.expires_at.is_none_or(|at| at > now)
}

/// Makes a secret and returns it: the only time that anybody sees it. With an overlap in the plan the
/// others end after it, those that would have ended sooner as before.
pub(crate) async fn generate(change: &mut Change<'_>, of: SecretOf<'_>, plan: SecretPlan) -> Result<String> {
    let now = change.now;
    let mut known = store::secrets::list(change.conn(), of.owner).await?;
    if let Some(end) = plan.overlap().map(|overlap| now + overlap) {
        for secret in known.iter_mut().filter(|secret| secret.expires_at.is_none_or(|at| at > end)) {
            unless_changed(store::secrets::expire(&mut change.tx, &secret.id, end).await?)?;
            secret.expires_at = Some(end);
        }
    }
    if known.iter().filter(|secret| is_live(secret, now)).count() >= MAX_LIVE {
        return Err(Error::field("", Problem::new("too-many-secrets").with("max", MAX_LIVE)));
    }
    for ended in known.iter().rev().filter(|secret| !is_live(secret, now)).skip(MAX_ENDED) {
        store::secrets::delete(&mut change.tx, &ended.id).await?;
    }
    let mut secret = change.ctx.random.token()?;
    if specification(change, of.owner).await?.is_some_and(|spec| spec.authenticates_by_secret_jwt()) {
        // RFC 7518 section 3.2: HS512 takes no key of fewer than 64 octets.
        secret.push_str(&change.ctx.random.token()?);
    }
    let id = insert(change, of, &secret, plan.lifetime().map(|lifetime| now + lifetime)).await?;
    let action = if plan.overlap().is_some() { Action::RotateSecret } else { Action::NewSecret };
    change.record(of.revision(action, Vec::new(), vec![id])).await?;
    Ok(secret)
}

/// Makes a secret that somebody chose the only one.
pub(crate) async fn replace(change: &mut Change<'_>, of: SecretOf<'_>, secret: &str) -> Result<()> {
    let gone = keep_all(change, of.owner).await?;
    for id in &gone {
        store::secrets::delete(&mut change.tx, id).await?;
    }
    let new = insert(change, of, secret, None).await?;
    change.record(of.revision(Action::NewSecret, gone, vec![new])).await
}

async fn insert(change: &mut Change<'_>, of: SecretOf<'_>, secret: &str, expires_at: Option<i64>) -> Result<String> {
    let (application_id, api_connection_id) = match of.owner {
        Owner::Application(id) => (Some(id.to_owned()), None),
        Owner::ApiConnection(id) => (None, Some(id.to_owned())),
    };
    let sealed = if is_key(change, of.owner).await? {
        Some(change.ctx.sealer.seal(&change.ctx.random, SEALED, secret.as_bytes())?)
    } else {
        None
    };
    let row = Secret {
        id: change.ctx.new_id()?,
        subscription_id: of.subscription_id.to_owned(),
        application_id,
        api_connection_id,
        hash: crypto::hash(secret),
        sealed,
        created_at: change.now,
        expires_at,
        last_used_at: None,
    };
    store::secrets::insert(&mut change.tx, &row).await?;
    Ok(row.id)
}

/// True where the server itself has to sign or to verify with the secret: tokens that other applications exchange
/// towards this one, logout tokens, assertions.
async fn is_key(change: &mut Change<'_>, owner: Owner<'_>) -> Result<bool> {
    Ok(specification(change, owner).await?.is_some_and(|spec| spec.needs_sealed_secret()))
}

/// Of an application.
async fn specification(change: &mut Change<'_>, owner: Owner<'_>) -> Result<Option<ApplicationSpec>> {
    let Owner::Application(id) = owner else { return Ok(None) };
    Ok(store::applications::find(change.conn(), id).await?.map(|one| one.object.spec))
}

/// Makes a secret for an application that signs with one while the server can check with none of its own: those of
/// before are stored as hashes. `None` where there is nothing to do.
pub(crate) async fn generate_missing(change: &mut Change<'_>, of: SecretOf<'_>) -> Result<Option<String>> {
    if !specification(change, of.owner).await?.is_some_and(|spec| spec.needs_known_secret()) {
        return Ok(None);
    }
    let (known, now) = (store::secrets::list(change.conn(), of.owner).await?, change.now);
    if known.iter().any(|secret| is_live(secret, now) && secret.sealed.is_some()) {
        return Ok(None);
    }
    generate(change, of, SecretPlan::default()).await.map(Some)
}

/// Keeps what all secrets of an owner are looked up by, before they go, so that undo can put them back.
/// Returns their ids.
pub(crate) async fn keep_all(change: &mut Change<'_>, owner: Owner<'_>) -> Result<Vec<String>> {
    let known = store::secrets::list(change.conn(), owner).await?;
    for secret in &known {
        store::removed_secrets::insert(&mut change.tx, secret, change.now).await?;
    }
    Ok(known.into_iter().map(|secret| secret.id).collect())
}

/// Accepts removed secrets of an owner again, as far as they are still kept. Returns the ids of those.
pub(crate) async fn put_back(
    change: &mut Change<'_>,
    subscription_id: &str,
    owner: Owner<'_>,
    ids: &[String],
) -> Result<Vec<String>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = store::secrets::list(change.conn(), owner).await?;
    let mut live = known.iter().filter(|secret| is_live(secret, change.now)).count();
    let mut back = Vec::new();
    for secret in store::removed_secrets::list(change.conn(), subscription_id).await? {
        let mine = match owner {
            Owner::Application(id) => secret.application_id.as_deref() == Some(id),
            Owner::ApiConnection(id) => secret.api_connection_id.as_deref() == Some(id),
        };
        if !mine || !ids.contains(&secret.id) || known.iter().any(|there| there.id == secret.id) {
            continue;
        }
        live += usize::from(is_live(&secret, change.now));
        if live > MAX_LIVE {
            return Err(Error::field("", Problem::new("too-many-secrets").with("max", MAX_LIVE)));
        }
        store::removed_secrets::delete(&mut change.tx, &secret.id).await?;
        store::secrets::insert(&mut change.tx, &secret).await?;
        back.push(secret.id);
    }
    Ok(back)
}

/// Takes back what a change did to the secrets of an owner: refuses those that it added from now on, and
/// accepts those that it removed again.
pub(crate) async fn undo(
    change: &mut Change<'_>,
    of: SecretOf<'_>,
    added: &[String],
    removed: &[String],
) -> Result<()> {
    let mut gone = Vec::new();
    for secret in store::secrets::list(change.conn(), of.owner).await? {
        if added.contains(&secret.id) {
            store::removed_secrets::insert(&mut change.tx, &secret, change.now).await?;
            store::secrets::delete(&mut change.tx, &secret.id).await?;
            gone.push(secret.id);
        }
    }
    let back = put_back(change, of.subscription_id, of.owner, removed).await?;
    let action = if back.is_empty() { Action::RemoveSecret } else { Action::RestoreSecret };
    if gone.is_empty() && back.is_empty() {
        return Ok(());
    }
    change.record(of.revision(action, gone, back)).await
}

/// Deletes one secret of an owner: refused from this moment on.
pub(crate) async fn remove(change: &mut Change<'_>, of: SecretOf<'_>, secret_id: &str) -> Result<()> {
    let known = store::secrets::list(change.conn(), of.owner).await?;
    let secret = known.into_iter().find(|secret| secret.id == secret_id).ok_or(Error::NotFound)?;
    store::removed_secrets::insert(&mut change.tx, &secret, change.now).await?;
    unless_changed(store::secrets::delete(&mut change.tx, secret_id).await?)?;
    change.record(of.revision(Action::RemoveSecret, vec![secret.id], Vec::new())).await
}
