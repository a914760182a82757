//! Changes of configuration inside one transaction, shared by the console and `apply`: each
//! validates, writes and leaves a revision. Roles are checked by the caller.

use std::collections::BTreeSet;
use std::ops::Deref;

use model::Stored;
use store::{Conn, Tx};

use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Usage};
use crate::revision::{self, Revision};

pub(crate) mod api_connection;
pub(crate) mod api_scope;
pub(crate) mod application;
pub(crate) mod claim;
pub(crate) mod detail_type;
pub(crate) mod gone;
pub(crate) mod identity_scope;
mod logo;
pub(crate) mod names;
pub(crate) mod object;
pub(crate) mod secret;
pub(crate) mod signing_key;
pub(crate) mod subscription;

/// The receipt of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Id of the change, where it can be undone.
    pub change: Option<String>,
}

impl From<()> for Done {
    /// Of what leaves no revision, or cannot be undone.
    fn from((): ()) -> Self {
        Self::default()
    }
}

/// A new object with the receipt of the change that made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Made<T> {
    /// Row and specification.
    pub stored: Stored<T>,
    /// By which it can be undone.
    pub done: Done,
}

impl<T> Deref for Made<T> {
    type Target = Stored<T>;

    fn deref(&self) -> &Stored<T> {
        &self.stored
    }
}

/// A transaction in which somebody changes the configuration.
pub(crate) struct Change<'a> {
    pub(crate) ctx: &'a Ctx,
    pub(crate) actor: &'a Actor,
    pub(crate) tx: Tx,
    /// One time for all that happens in it; unix seconds.
    pub(crate) now: i64,
    /// Shared by all revisions written in it.
    pub(crate) id: String,
    touched: BTreeSet<String>,
    undo: Undo,
}

/// What undoing a change would come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Undo {
    /// Nothing was written that differs from what was before.
    Nothing,
    /// It can be tried.
    Possible,
    /// Part of it cannot be taken back.
    Impossible,
}

impl<'a> Change<'a> {
    /// Opens the transaction.
    pub(crate) async fn begin(ctx: &'a Ctx, actor: &'a Actor) -> Result<Self> {
        let tx = ctx.begin().await?;
        Ok(Self { ctx, actor, tx, now: ctx.now(), id: ctx.new_id()?, touched: BTreeSet::new(), undo: Undo::Nothing })
    }

    /// Commits, and makes the change visible to the hot paths of this process at once.
    pub(crate) async fn commit(self) -> Result<Done> {
        self.tx.commit().await?;
        for subscription_id in &self.touched {
            self.ctx.snapshots.invalidate(subscription_id);
        }
        Ok(Done { change: (self.undo == Undo::Possible).then_some(self.id) })
    }

    /// For reading within the transaction.
    pub(crate) fn conn(&mut self) -> &mut Conn {
        &mut self.tx
    }

    /// Writes the revision of what was done.
    pub(crate) async fn record(&mut self, revision: Revision<'_>) -> Result<()> {
        self.touched.insert(revision.subscription_id.to_owned());
        if !revision.can_be_undone() {
            self.undo = Undo::Impossible;
        } else if self.undo == Undo::Nothing && revision.says_something() {
            self.undo = Undo::Possible;
        }
        revision::record(self.ctx, &mut self.tx, self.actor, &self.id, revision).await
    }

    /// A new object of the configuration.
    pub(crate) fn new_object<T>(&self, spec: T) -> Result<Stored<T>> {
        new_object(self.ctx, self.now, spec)
    }
}

/// An object in its first version.
pub(crate) fn new_object<T>(ctx: &Ctx, now: i64, spec: T) -> Result<Stored<T>> {
    Ok(Stored { id: ctx.new_id()?, version: 1, created_at: now, updated_at: now, disabled_at: None, spec })
}

/// What the database says of a conditional write: false means that somebody else was faster.
pub(crate) fn unless_changed(written: bool) -> Result<()> {
    if written { Ok(()) } else { Err(Error::Changed) }
}

/// Checks the version that an edit form carries.
pub(crate) fn expect_version<T>(object: &Stored<T>, version: i64) -> Result<()> {
    unless_changed(object.version == version)
}

/// Refuses what others refer to.
pub(crate) fn unless_used(used_by: Vec<store::Usage>) -> Result<()> {
    if used_by.is_empty() { Ok(()) } else { Err(Error::InUse(used_by.into_iter().map(Usage::from).collect())) }
}

impl From<store::Usage> for Usage {
    fn from(usage: store::Usage) -> Self {
        Self { object_type: usage.object_type, name: usage.name }
    }
}
