//! The two engines behind one door: pools, connections and transactions.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sqlx::{Connection, Executor, Postgres, Sqlite, Transaction};

use crate::{Cause, Error, Result, migrate};

/// How long a statement waits for a lock that somebody else holds.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// Prepared statements kept by each connection: more than the product has.
const STATEMENTS: usize = 512;
/// A pooled PostgreSQL connection that rested longer than this is asked whether it still lives.
const TRUSTED_IDLE: Duration = Duration::from_millis(500);

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections that read a SQLite database at the same time.
    pub readers: u32,
    /// Connections to PostgreSQL, reading or writing.
    pub connections: u32,
    /// How long to wait for a free connection before saying that there is none.
    pub acquire_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 4, connections: 16, acquire_timeout: Duration::from_secs(2) }
    }
}

/// A database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Pools,
}

#[derive(Clone, Debug)]
enum Pools {
    /// One writer, so that writes queue here and not on the file's lock; readers never wait for it.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`. A SQLite file and its folder are made where absent.
    /// PostgreSQL is connected to at the first use, so that a server can start before it.
    pub async fn open(url: &str, options: &Options) -> Result<Self> {
        let pools = match url.split_once(':') {
            Some(("sqlite", path)) => open_sqlite(path.strip_prefix("//").unwrap_or(path), options).await?,
            Some(("postgres" | "postgresql", _)) => Pools::Postgres(open_postgres(url, options)?),
            _ => return Err(bad_url("neither sqlite: nor postgres:")),
        };
        Ok(Self { pools })
    }

    /// Brings the schema up to date. Several nodes may do it at once; one that was interrupted
    /// resumes.
    pub async fn migrate(&self) -> Result<()> {
        migrate::run(self).await
    }

    /// A connection for reading; each statement sees what was committed before it.
    pub async fn read(&self) -> Result<Conn> {
        Ok(Conn(match &self.pools {
            Pools::Sqlite { readers, .. } => Handle::Sqlite(readers.acquire().await?),
            Pools::Postgres(pool) => Handle::Postgres(pool.acquire().await?),
        }))
    }

    /// A connection for reading whose statements all see the database at one instant. Cannot write.
    pub async fn read_at_once(&self) -> Result<Conn> {
        Ok(Conn(match &self.pools {
            Pools::Sqlite { readers, .. } => Handle::SqliteTx(readers.begin_with("BEGIN").await?),
            Pools::Postgres(pool) => {
                Handle::PostgresTx(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        }))
    }

    /// A transaction that may write. On SQLite it holds the only writer: keep it short, and read
    /// through it rather than through another connection.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(Tx(Conn(match &self.pools {
            Pools::Sqlite { writer, .. } => Handle::SqliteTx(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Handle::PostgresTx(pool.begin().await?),
        })))
    }

    /// Asks the database for a sign of life, for as long as a free connection may take.
    pub async fn ping(&self) -> Result<()> {
        let asked = async {
            let mut conn = self.read().await?;
            let (_one,): (i64,) = sql!(conn, one(i64,), "SELECT CAST(1 AS BIGINT)")?;
            Ok(())
        };
        let late = |_| Error::Unavailable(Cause { code: None, message: "no answer in time".to_owned() });
        tokio::time::timeout(LOCK_WAIT, asked).await.map_err(late)?
    }

    /// Waits for connections in use, then closes them all.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                // Last, so that its write-ahead log is folded into the file.
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// A connection for reading.
#[derive(Debug)]
pub struct Conn(Handle);

#[derive(Debug)]
enum Handle {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTx(Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// What a statement runs on.
pub(crate) enum Engine<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    pub(crate) fn engine(&mut self) -> Engine<'_> {
        match &mut self.0 {
            Handle::Sqlite(c) => Engine::Sqlite(c),
            Handle::SqliteTx(c) => Engine::Sqlite(c),
            Handle::Postgres(c) => Engine::Postgres(c),
            Handle::PostgresTx(c) => Engine::Postgres(c),
        }
    }
}

/// A transaction that may write. Dropped without [`Tx::commit`], it never happened.
#[derive(Debug)]
pub struct Tx(Conn);

impl Tx {
    /// Makes it lasting: after this returns, a crash loses nothing of it.
    pub async fn commit(self) -> Result<()> {
        match self.0.0 {
            Handle::SqliteTx(tx) => tx.commit().await?,
            Handle::PostgresTx(tx) => tx.commit().await?,
            Handle::Sqlite(_) | Handle::Postgres(_) => {}
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
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
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(base.read_only(true));
    Ok(Pools::Sqlite { writer, readers })
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
