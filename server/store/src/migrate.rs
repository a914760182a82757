//! Brings the schema up to date: each migration in one transaction under the engine's lock.
//!
//! Several starters migrate once; an interrupted one resumes. A newer schema than this release
//! knows is fine: the previous release still runs on it.

use sqlx::{AssertSqlSafe, Executor};

use crate::engine::Engine;
use crate::{Error, Result, Store, Tx, key, statement};

/// A step of the schema. Never changed once released.
#[derive(Debug)]
pub struct Migration {
    /// Counts from 1, without gaps.
    pub version: i64,
    /// What it does, as in its file's name.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

/// Every migration, in order: the files of `migrations/`.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "foundation", sql: include_str!("../../../migrations/0001_foundation.sql") },
    Migration { version: 2, name: "history", sql: include_str!("../../../migrations/0002_history.sql") },
    Migration { version: 3, name: "stages", sql: include_str!("../../../migrations/0003_stages.sql") },
    Migration { version: 4, name: "people", sql: include_str!("../../../migrations/0004_people.sql") },
    Migration { version: 5, name: "branding", sql: include_str!("../../../migrations/0005_branding.sql") },
    Migration { version: 6, name: "playground", sql: include_str!("../../../migrations/0006_playground.sql") },
    Migration { version: 7, name: "proofs", sql: include_str!("../../../migrations/0007_proofs.sql") },
    Migration { version: 8, name: "logout", sql: include_str!("../../../migrations/0008_logout.sql") },
    Migration { version: 9, name: "device", sql: include_str!("../../../migrations/0009_device.sql") },
    Migration {
        version: 10,
        name: "client_registration",
        sql: include_str!("../../../migrations/0010_client_registration.sql"),
    },
    Migration {
        version: 11,
        name: "software_statement",
        sql: include_str!("../../../migrations/0011_software_statement.sql"),
    },
    Migration {
        version: 12,
        name: "pushed_request_use",
        sql: include_str!("../../../migrations/0012_pushed_request_use.sql"),
    },
    Migration {
        version: 13,
        name: "client_documents",
        sql: include_str!("../../../migrations/0013_client_documents.sql"),
    },
    Migration {
        version: 14,
        name: "authentication_requests",
        sql: include_str!("../../../migrations/0014_authentication_requests.sql"),
    },
];

impl Migration {
    /// SHA-256 of the statements.
    fn checksum(&self) -> String {
        key::digest(self.sql)
    }
}

/// Applies what is missing.
pub(crate) async fn run(store: &Store) -> Result<()> {
    for migration in MIGRATIONS {
        // Without the lock first: almost every start finds nothing to do.
        if recorded(store, migration).await? {
            continue;
        }
        let mut tx = store.begin().await?;
        lock(&mut tx).await?;
        sql!(
            tx,
            run "CREATE TABLE IF NOT EXISTS schema_migrations (
                version BIGINT PRIMARY KEY,
                name TEXT NOT NULL,
                checksum TEXT NOT NULL,
                applied_at TEXT NOT NULL
            )"
        )?;
        if !is_applied(&mut tx, migration).await? {
            apply(&mut tx, migration).await?;
            tracing::info!(version = migration.version, name = migration.name, "migrated");
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Looks without waiting for anybody; a schema without the table has no migration.
async fn recorded(store: &Store, migration: &Migration) -> Result<bool> {
    let mut conn = store.read().await?;
    match sql!(conn, optional(String,), "SELECT checksum FROM schema_migrations WHERE version = $1", migration.version)
    {
        Ok(row) => check(row, migration),
        Err(Error::Other(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn is_applied(tx: &mut Tx, migration: &Migration) -> Result<bool> {
    let row =
        sql!(tx, optional(String,), "SELECT checksum FROM schema_migrations WHERE version = $1", migration.version)?;
    check(row, migration)
}

fn check(row: Option<(String,)>, migration: &Migration) -> Result<bool> {
    match row {
        None => Ok(false),
        Some((checksum,)) if checksum == migration.checksum() => Ok(true),
        Some(_) => Err(Error::Migration { version: migration.version }),
    }
}

/// On SQLite the transaction itself is the lock.
async fn lock(tx: &mut Tx) -> Result<()> {
    if let Engine::Postgres(conn) = tx.engine() {
        // Another node may take its time, and so may a large table.
        conn.execute("SET LOCAL lock_timeout = 0").await?;
        conn.execute("SET LOCAL statement_timeout = 0").await?;
        // The bytes of "tessera".
        conn.execute("SELECT pg_advisory_xact_lock(32762643830108769)").await?;
    }
    Ok(())
}

async fn apply(tx: &mut Tx, migration: &Migration) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite(conn) => {
            conn.execute(sqlx::raw_sql(AssertSqlSafe(statement::for_sqlite(migration.sql)))).await?;
        }
        Engine::Postgres(conn) => {
            conn.execute(sqlx::raw_sql(AssertSqlSafe(statement::for_postgres(migration.sql)))).await?;
        }
    }
    sql!(
        tx,
        run "INSERT INTO schema_migrations (version, name, checksum, applied_at)
            VALUES ($1, $2, $3, CAST(CURRENT_TIMESTAMP AS TEXT))",
        migration.version,
        migration.name,
        migration.checksum()
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        files.sort();
        let listed: Vec<String> = MIGRATIONS.iter().map(|m| format!("{:04}_{}.sql", m.version, m.name)).collect();
        assert_eq!(files, listed);
    }
}
