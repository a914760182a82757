//! The two engines behind one door: pools, connections and transactions.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Postgres, Sqlite, Transaction};

use crate::group::{Brief, Writer};
use crate::open::{self, LOCK_WAIT};
use crate::{Cause, Error, Result, migrate};

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

/// The connections of a database.
#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// One writer, so that writes queue here and not on the file's lock; readers never wait for it.
    Sqlite {
        writer: Writer,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`. A SQLite file and its folder are made where absent.
    /// PostgreSQL is connected to at the first use, so that a server can start before it.
    pub async fn open(url: &str, options: &Options) -> Result<Self> {
        Ok(Self { pools: open::open(url, options).await? })
    }

    /// Has SQLite look at the tables that have grown much since it last looked, or that it never looked at:
    /// by what it finds it chooses among indexes. Milliseconds, and mostly nothing. PostgreSQL has a daemon
    /// for that.
    pub async fn tend(&self) -> Result<()> {
        if let Pools::Sqlite { writer, .. } = &self.pools {
            // So many rows of each index; and tables that this connection has not read, too.
            sqlx::raw_sql("PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002").execute(writer.pool()).await?;
        }
        Ok(())
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
            Pools::Sqlite { writer, .. } => Handle::SqliteTx(writer.begin().await?),
            Pools::Postgres(pool) => Handle::PostgresTx(pool.begin().await?),
        })))
    }

    /// The same for hot paths: on SQLite, brief transactions that are there at the same time share one commit, which
    /// costs more than all else. Until it ends it must not wait for anything but its statements.
    pub async fn begin_brief(&self) -> Result<Tx> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => Ok(Tx(Conn(Handle::SqliteBrief(writer.begin_brief().await?)))),
            Pools::Postgres(_) => self.begin().await,
        }
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
                writer.pool().close().await;
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
    SqliteBrief(Brief),
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
            Handle::SqliteBrief(brief) => Engine::Sqlite(brief.connection()),
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
            Handle::SqliteBrief(brief) => brief.commit().await?,
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
