//! What an operator wants to know of the database.

use crate::engine::Engine;
use crate::{Conn, MIGRATIONS, Result};

/// What the database says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// Number of the last migration that was applied, perhaps by a newer release.
    pub schema: i64,
    /// Number of the last migration that this release knows.
    pub known_schema: i64,
    /// Bytes; `None` where the engine does not tell.
    pub size: Option<i64>,
}

/// Asks for it.
pub async fn database(c: &mut Conn) -> Result<Database> {
    let (schema,) = sql!(c, one(i64,), "SELECT COALESCE(MAX(version), 0) FROM schema_migrations")?;
    let (engine, size) = size(c).await;
    let known_schema = MIGRATIONS.last().map_or(0, |migration| migration.version);
    Ok(Database { engine, schema, known_schema, size })
}

/// Engines that speak PostgreSQL's protocol need not know its functions.
async fn size(c: &mut Conn) -> (&'static str, Option<i64>) {
    match c.engine() {
        Engine::Sqlite(c) => {
            let pages = "SELECT CAST(page_count * page_size AS BIGINT) FROM pragma_page_count(), pragma_page_size()";
            let size = sqlx::query_as::<_, (i64,)>(pages).fetch_one(c).await;
            ("SQLite", size.ok().map(|(size,)| size))
        }
        Engine::Postgres(c) => {
            let size = sqlx::query_as::<_, (i64,)>("SELECT pg_database_size(current_database())").fetch_one(c).await;
            ("PostgreSQL", size.ok().map(|(size,)| size))
        }
    }
}
