//! Opens a database: what each engine is told before the first statement.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Executor, Postgres, Sqlite};

use crate::engine::Pools;
use crate::group::Writer;
use crate::{Cause, Error, Options, Result};

/// How long a statement waits for a lock that somebody else holds.
pub(crate) const LOCK_WAIT: Duration = Duration::from_secs(5);
/// Prepared statements kept by each connection: more than the product has.
const STATEMENTS: usize = 512;
/// Rows that SQLite's thread may be ahead of whoever reads them: a thousand small objects are handed over without
/// waking each other up every few of them.
const ROWS_AHEAD: usize = 1_000;
/// A connection to SQLite learns what [`crate::Store::tend`] found when it is opened.
const STATISTICS: Duration = Duration::from_mins(30);
/// A pooled PostgreSQL connection that rested longer than this is asked whether it still lives.
const TRUSTED_IDLE: Duration = Duration::from_millis(500);

/// Opens the database of a URL.
pub(crate) async fn open(url: &str, options: &Options) -> Result<Pools> {
    match url.split_once(':') {
        Some(("sqlite", path)) => open_sqlite(path.strip_prefix("//").unwrap_or(path), options).await,
        Some(("postgres" | "postgresql", _)) => open_postgres(url, options).map(Pools::Postgres),
        _ => Err(bad_url("neither sqlite: nor postgres:")),
    }
}

async fn open_sqlite(path: &str, options: &Options) -> Result<Pools> {
    let path = Path::new(path.split('?').next().unwrap_or_default());
    if path.as_os_str().is_empty() || path.as_os_str() == ":memory:" {
        return Err(bad_url("sqlite: needs the path of a file"));
    }
    create(path).map_err(sqlx::Error::Io)?;
    let base = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(LOCK_WAIT)
        .foreign_keys(true)
        .row_buffer_size(ROWS_AHEAD)
        .statement_cache_capacity(STATEMENTS);
    let writer = PoolOptions::<Sqlite>::new()
        .max_connections(1)
        .min_connections(1)
        // Writers queue: what a queue of commits takes is no reason to refuse.
        .acquire_timeout(options.acquire_timeout.max(LOCK_WAIT))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(base.clone().journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full))
        .await?;
    let readers = PoolOptions::<Sqlite>::new()
        .max_connections(options.readers.max(1))
        .acquire_timeout(options.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(STATISTICS)
        .test_before_acquire(false)
        .connect_lazy_with(base.read_only(true));
    Ok(Pools::Sqlite { writer: Writer::new(writer), readers })
}

/// Makes the folder and an empty file that only its owner reads: it will hold password hashes.
fn create(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// How PostgreSQL is to plan. Compiling a plan takes seconds, running one of ours milliseconds. Each statement
/// names its tables in the order in which their indexes answer it, for a page of rows; where the planner expects
/// more of them than there are, it would rather read a whole table of a million to join it at once.
const PLANS: [&str; 3] = ["SET jit = off", "SET enable_hashjoin = off", "SET enable_mergejoin = off"];

fn open_postgres(url: &str, options: &Options) -> Result<PgPool> {
    let connect = PgConnectOptions::from_str(url)
        .map_err(|_| bad_url("not a PostgreSQL URL"))?
        .application_name("tessera")
        .statement_cache_capacity(STATEMENTS);
    Ok(PoolOptions::<Postgres>::new()
        .max_connections(options.connections.max(1))
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > TRUSTED_IDLE {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(|conn, _| {
            Box::pin(async move {
                // As long as SQLite's busy timeout, so that a stuck writer is a fast error on both.
                conn.execute("SET lock_timeout = '5s'").await?;
                conn.execute("SET statement_timeout = '30s'").await?;
                for setting in PLANS {
                    // Not every engine that speaks the protocol knows them.
                    let _unknown = conn.execute(setting).await;
                }
                conn.execute("SET idle_in_transaction_session_timeout = '60s'").await?;
                Ok(())
            })
        })
        .connect_lazy_with(connect))
}

/// The URL itself may hold a password: it is not repeated.
fn bad_url(message: &str) -> Error {
    Error::Other(Cause { code: None, message: format!("database URL: {message}") })
}
