//! Group commit for SQLite: what waits to be written at the same time shares one transaction, and
//! so one sync of the file. Each piece of work still happens whole or not at all, and is answered
//! only once it is lasting.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sqlx::sqlite::SqlitePool;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::{Cause, Error, Result, Tx};

/// Pieces of work that wait at most; more are told that the database is too busy.
const QUEUE: usize = 1024;
/// Pieces of work that share a transaction at most, so that the first does not wait long.
const GROUP: usize = 128;

/// What a piece of work returns while it runs.
pub type Work<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// How much a piece of work writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writes {
    /// One statement at most, which the engine undoes by itself when it fails.
    One,
    /// Several, to be undone together.
    Many,
}

/// Tells the caller how it ended, given how the commit did.
type Answer = Box<dyn FnOnce(Result<()>) + Send>;
type Run = Box<dyn for<'t> FnOnce(&'t mut Tx) -> Work<'t, (Ending, Answer)> + Send>;

struct Job {
    writes: Writes,
    run: Run,
}

/// Whether what a piece of work wrote is to stay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Keep,
    Undo,
}

/// Where work waits for the writer.
#[derive(Clone, Debug)]
pub(crate) struct Queue(mpsc::Sender<Job>);

impl Queue {
    /// Starts the task that writes, until the last clone of the queue is gone.
    pub(crate) fn start(writer: SqlitePool) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(serve(writer, receiver));
        Self(sender)
    }

    /// Runs a piece of work and waits until it is lasting.
    pub(crate) async fn run<T, E, W>(&self, writes: Writes, work: W) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        W: for<'t> FnOnce(&'t mut Tx) -> Work<'t, std::result::Result<T, E>> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let run: Run = Box::new(move |tx| {
            let working = work(tx);
            Box::pin(async move {
                let result = working.await;
                let ending = if result.is_ok() { Ending::Keep } else { Ending::Undo };
                let answer: Answer = Box::new(move |committed| {
                    let result = result.and_then(|value| committed.map(|()| value).map_err(E::from));
                    // Nobody listens any more: the caller went away.
                    let _ = sender.send(result);
                });
                (ending, answer)
            })
        });
        self.0.try_send(Job { writes, run }).map_err(|_| E::from(unavailable("too much waits to be written")))?;
        receiver.await.unwrap_or_else(|_| Err(E::from(unavailable("the writer stopped"))))
    }
}

async fn serve(writer: SqlitePool, receiver: mpsc::Receiver<Job>) {
    let receiver = Arc::new(Mutex::new(receiver));
    loop {
        let (writer, receiver) = (writer.clone(), receiver.clone());
        // A task of its own: work that panics ends its group, not the writer.
        let group = tokio::spawn(async move {
            let mut receiver = receiver.lock().await;
            let Some(first) = receiver.recv().await else { return Served::Last };
            serve_group(&writer, first, &mut receiver).await;
            Served::Group
        });
        if matches!(group.await, Ok(Served::Last)) {
            return;
        }
    }
}

enum Served {
    Group,
    Last,
}

async fn serve_group(writer: &SqlitePool, first: Job, receiver: &mut mpsc::Receiver<Job>) {
    let mut tx = match writer.begin_with("BEGIN IMMEDIATE").await {
        Ok(tx) => Tx::of_sqlite(tx),
        // Dropping the work tells its caller.
        Err(error) => return tracing::warn!(%error, "cannot write"),
    };
    let mut answers = Vec::new();
    let mut next = Some(first);
    let mut outcome = Ok(());
    while let Some(job) = next {
        outcome = serve_job(&mut tx, job, &mut answers).await;
        if outcome.is_err() || answers.len() >= GROUP {
            break;
        }
        next = receiver.try_recv().ok();
    }
    let committed = match outcome {
        Ok(()) => tx.commit().await,
        Err(error) => Err(error),
    };
    for answer in answers {
        answer(committed.clone());
    }
}

/// Fails only when the group as a whole cannot go on.
async fn serve_job(tx: &mut Tx, job: Job, answers: &mut Vec<Answer>) -> Result<()> {
    if job.writes == Writes::One {
        let (_, answer) = (job.run)(tx).await;
        answers.push(answer);
        return Ok(());
    }
    sql!(tx, run "SAVEPOINT work")?;
    let (ending, answer) = (job.run)(tx).await;
    answers.push(answer);
    if ending == Ending::Undo {
        sql!(tx, run "ROLLBACK TO work")?;
    }
    sql!(tx, run "RELEASE work")?;
    Ok(())
}

fn unavailable(message: &str) -> Error {
    Error::Unavailable(Cause { code: None, message: message.to_owned() })
}
