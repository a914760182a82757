//! Declarative configuration: a file says how subscriptions are to be, a plan says what differs,
//! and one transaction makes it so. The built-in subscription stands outside.

mod api_connections;
mod applications;
mod claims;
mod current;
mod draft;
mod export;
mod identity_scopes;
mod names;
mod parse;
mod plan;
mod secrets;
mod subscription;
mod users;

use model::spec::{Document, SigningAlg};
use model::{FieldErrors, Problem};

pub use export::export;
pub(crate) use export::written_down;
pub use parse::{DocumentError, parse};
pub use plan::{Change, FieldChange, Kind, Plan};
pub use secrets::SecretSource;

use self::draft::Draft;
use self::subscription::SubscriptionWork;
use crate::actor::Actor;
use crate::change;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::keys;

/// How a file is applied.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Within the subscriptions that the file lists, configuration that it does not list goes;
    /// standard claims and the scopes of the preset become what they were born as. Subscriptions
    /// and users are never removed.
    pub prune: bool,
    /// Passwords and claims of the file count for users who exist, too.
    pub reset_users: bool,
    /// Where secrets are found.
    pub secrets: SecretSource,
}

/// What applying the file would do.
///
/// # Errors
/// `Invalid` with every problem of the file at its path: `subscriptions[0].applications[1].redirect_uris`.
pub async fn plan(ctx: &Ctx, document: &Document, options: &Options) -> Result<Plan> {
    let (plan, _) = prepare(ctx, document, options).await?;
    Ok(plan)
}

/// Applies the file in one transaction and returns what was done; in a dry run, what would be.
///
/// # Errors
/// As [`plan`]; `Changed` when somebody changed the configuration meanwhile. Nothing is written then.
pub async fn apply(ctx: &Ctx, document: &Document, options: &Options, dry_run: bool) -> Result<Plan> {
    let (plan, mut work) = prepare(ctx, document, options).await?;
    if dry_run || plan.is_empty() {
        return Ok(plan);
    }
    // What takes its time, before the transaction: the writer of SQLite is one for all.
    let mut keys = Vec::with_capacity(work.len());
    for subscription in &mut work {
        let new = subscription.is_new();
        keys.push(if new { Some(keys::generate(ctx, SigningAlg::default()).await?) } else { None });
        users::hash_passwords(ctx, &mut subscription.users).await?;
    }
    let mut change = change::Change::begin(ctx, &Actor::Cli).await?;
    for (subscription, key) in work.iter().zip(&keys) {
        subscription::write(&mut change, subscription, key.as_ref()).await?;
    }
    change.commit().await?;
    Ok(plan)
}

/// Reads what stands, at one instant, and compares.
async fn prepare(ctx: &Ctx, document: &Document, options: &Options) -> Result<(Plan, Vec<SubscriptionWork>)> {
    let mut conn = ctx.store.read_at_once().await?;
    let (mut plan, mut work, mut errors) = (Plan::default(), Vec::new(), FieldErrors::default());
    for (index, file) in document.subscriptions.iter().enumerate() {
        let mut draft = Draft::new(index, &file.slug, options);
        if document.subscriptions[..index].iter().any(|earlier| earlier.slug == file.slug) {
            draft.refuse(&format!("{}.slug", draft.at), Problem::new("repeated").with("name", &file.slug));
        }
        work.push(subscription::plan(ctx, &mut conn, &mut draft, file).await?);
        plan.changes.extend(draft.changes);
        errors.0.extend(draft.errors.0);
    }
    errors.into_result(())?;
    Ok((plan, work))
}
