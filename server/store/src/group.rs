//! Group commit for SQLite: brief transactions that are there at the same time share one of the engine's, and so one
//! sync of the file, which takes longer than all their statements. Each happens whole or not at all, by a savepoint of
//! its own, and is told that it is lasting only once it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Sqlite, Transaction};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::open::LOCK_WAIT;
use crate::{Cause, Error, Result};

/// Transactions that share a commit at most.
const GROUP: usize = 128;
/// Once a group is as old as this, nobody joins it: the first do not wait long.
const PATIENCE: Duration = Duration::from_millis(5);

/// The one connection that writes, and who is next.
#[derive(Clone, Debug)]
pub(crate) struct Writer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    pool: SqlitePool,
    /// Held by the brief transaction that is under way; inside, what those before it have done and is not lasting yet.
    turn: Arc<Mutex<Option<Batch>>>,
    /// Brief transactions that wait to begin.
    brief: AtomicUsize,
    /// Others: they may take long, so nobody's commit waits for them.
    long: AtomicUsize,
}

/// A transaction of the engine's, and who waits for its commit.
#[derive(Debug)]
struct Batch {
    tx: Transaction<'static, Sqlite>,
    begun: Instant,
    done: Vec<oneshot::Sender<Result<()>>>,
}

impl Writer {
    pub(crate) fn new(pool: SqlitePool) -> Self {
        let turn = Arc::new(Mutex::new(None));
        Self(Arc::new(Shared { pool, turn, brief: AtomicUsize::new(0), long: AtomicUsize::new(0) }))
    }

    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.0.pool
    }

    /// A transaction with a commit of its own, which may take as long as it needs.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Sqlite>> {
        let _waiting = Counted::new(&self.0.long);
        Ok(self.0.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// A transaction that shares its commit. Nothing but its own statements is waited for until it ends.
    pub(crate) async fn begin_brief(&self) -> Result<Brief> {
        let turn = self.turn().await?;
        let shared = Arc::clone(&self.0);
        // In a task, as each step below: who asked may go away at any moment, and the others are still there.
        let (sender, receiver) = oneshot::channel();
        tokio::spawn(async move {
            let begun = Open::begin(turn, &shared).await;
            let _ = sender.send(begun.map(|open| Brief { shared, open: Some(open) }));
        });
        receiver.await.unwrap_or_else(|_| Err(unavailable("the writer stopped")))
    }

    async fn turn(&self) -> Result<OwnedMutexGuard<Option<Batch>>> {
        let waiting = Waiting { shared: &self.0, counted: Some(Counted::new(&self.0.brief)), came: false };
        let turn = tokio::time::timeout(LOCK_WAIT, Arc::clone(&self.0.turn).lock_owned()).await;
        let turn = turn.map_err(|_| unavailable("too much waits to be written"))?;
        waiting.came();
        Ok(turn)
    }
}

/// A brief transaction. Dropped without [`Self::commit`], it never happened.
#[derive(Debug)]
pub(crate) struct Brief {
    shared: Arc<Shared>,
    /// Until it ends.
    open: Option<Open>,
}

/// The batch in the hands of the one whose turn it is.
#[derive(Debug)]
struct Open {
    turn: OwnedMutexGuard<Option<Batch>>,
    /// Dropped, it is undone with all that is in it, and everybody who waits for it is told so.
    batch: Batch,
}

impl Brief {
    /// What its statements run on.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.open.as_mut().expect("taken only by commit and drop").batch.tx
    }

    /// Makes it lasting.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        let shared = Arc::clone(&self.shared);
        let (sender, receiver) = oneshot::channel();
        tokio::spawn(async move {
            match open.run("RELEASE brief").await {
                Ok(()) => {
                    open.batch.done.push(sender);
                    open.settle(&shared).await;
                }
                Err(error) => {
                    let _ = sender.send(Err(error));
                }
            }
        });
        receiver.await.unwrap_or_else(|_| Err(unavailable("the group was not committed")))
    }
}

impl Drop for Brief {
    fn drop(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let shared = Arc::clone(&self.shared);
        // Without a runtime there is nobody left to answer.
        let Ok(runtime) = Handle::try_current() else { return };
        runtime.spawn(async move {
            // Where this fails the engine has undone everything by itself, as it does on a full disk.
            if open.run("ROLLBACK TO brief").await.is_ok() && open.run("RELEASE brief").await.is_ok() {
                open.settle(&shared).await;
            }
        });
    }
}

impl Open {
    async fn begin(mut turn: OwnedMutexGuard<Option<Batch>>, shared: &Shared) -> Result<Self> {
        let batch = match turn.take() {
            Some(batch) => batch,
            None => {
                Batch { tx: shared.pool.begin_with("BEGIN IMMEDIATE").await?, begun: Instant::now(), done: Vec::new() }
            }
        };
        let mut open = Self { turn, batch };
        open.run("SAVEPOINT brief").await?;
        Ok(open)
    }

    async fn run(&mut self, statement: &'static str) -> Result<()> {
        sqlx::query(statement).execute(&mut *self.batch.tx).await?;
        Ok(())
    }

    /// Leaves the batch to the next one, or ends it where there is none, or none that is brief.
    async fn settle(self, shared: &Shared) {
        let Self { mut turn, batch } = self;
        let joined = shared.brief.load(Ordering::Relaxed) > 0 && shared.long.load(Ordering::Relaxed) == 0;
        if joined && batch.done.len() < GROUP && batch.begun.elapsed() < PATIENCE {
            *turn = Some(batch);
            return;
        }
        let Batch { tx, done, .. } = batch;
        let ended = if done.is_empty() { tx.rollback().await } else { tx.commit().await };
        let ended = ended.map_err(Error::from);
        drop(turn);
        for waiting in done {
            // Who went away does not want to know.
            let _ = waiting.send(ended.clone());
        }
    }
}

/// One more, for as long as it lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Somebody who waits for a turn, and to whom a batch may have been left meanwhile.
struct Waiting<'a> {
    shared: &'a Arc<Shared>,
    counted: Option<Counted<'a>>,
    came: bool,
}

impl Waiting<'_> {
    fn came(mut self) {
        self.came = true;
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // Before anybody else decides whom to leave a batch to.
        drop(self.counted.take());
        if self.came {
            return;
        }
        let (shared, Ok(runtime)) = (Arc::clone(self.shared), Handle::try_current()) else { return };
        runtime.spawn(async move {
            let mut turn = Arc::clone(&shared.turn).lock_owned().await;
            if let Some(batch) = turn.take() {
                Open { turn, batch }.settle(&shared).await;
            }
        });
    }
}

fn unavailable(message: &str) -> Error {
    Error::Unavailable(Cause { code: None, message: message.to_owned() })
}
