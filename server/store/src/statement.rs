//! The one way a statement is written: a literal in the portable subset, run on either engine.

use std::sync::OnceLock;

/// The text of a statement, with what differs between the engines filled in once.
pub(crate) struct Statement {
    literal: &'static str,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Statement {
    /// A statement as it is written.
    pub(crate) const fn new(literal: &'static str) -> Self {
        Self { literal, sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// The text for SQLite.
    pub(crate) fn sqlite(&'static self) -> &'static str {
        self.sqlite.get_or_init(|| for_sqlite(self.literal))
    }

    /// The text for PostgreSQL.
    pub(crate) fn postgres(&'static self) -> &'static str {
        self.postgres.get_or_init(|| for_postgres(self.literal))
    }
}

/// SQLite compares by bytes unless told otherwise.
pub(crate) fn for_sqlite(literal: &str) -> String {
    literal.replace(" {bytes}", "")
}

/// PostgreSQL compares as the database's locale has it unless told otherwise.
pub(crate) fn for_postgres(literal: &str) -> String {
    literal.replace("{bytes}", "COLLATE \"C\"")
}

/// Runs one literal: `sql!(conn, all Row, "…", a, b)`, `optional Row`, `one Row`, or `run` for the
/// number of rows that changed. `fresh Row` is `all Row` that PostgreSQL plans for these very arguments, where
/// it keeps one plan for any: for statements whose best way depends on them, on pages that can bear it.
macro_rules! sql {
    ($conn:expr, fresh $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        static STATEMENT: $crate::statement::Statement = $crate::statement::Statement::new($sql);
        match $conn.engine() {
            $crate::engine::Engine::Sqlite(c) => {
                sqlx::query_as::<_, $row>(STATEMENT.sqlite())$(.bind($arg))*.fetch_all(c).await
            }
            $crate::engine::Engine::Postgres(c) => {
                sqlx::query_as::<_, $row>(STATEMENT.postgres())$(.bind($arg))*.persistent(false).fetch_all(c).await
            }
        }
        .map_err($crate::Error::from)
    }};
    ($conn:expr, all $row:ty, $($rest:tt)+) => { sql!(@as $conn, fetch_all, $row, $($rest)+) };
    ($conn:expr, optional $row:ty, $($rest:tt)+) => { sql!(@as $conn, fetch_optional, $row, $($rest)+) };
    ($conn:expr, one $row:ty, $($rest:tt)+) => { sql!(@as $conn, fetch_one, $row, $($rest)+) };
    (@as $conn:expr, $fetch:ident, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        static STATEMENT: $crate::statement::Statement = $crate::statement::Statement::new($sql);
        match $conn.engine() {
            $crate::engine::Engine::Sqlite(c) => {
                sqlx::query_as::<_, $row>(STATEMENT.sqlite())$(.bind($arg))*.$fetch(c).await
            }
            $crate::engine::Engine::Postgres(c) => {
                sqlx::query_as::<_, $row>(STATEMENT.postgres())$(.bind($arg))*.$fetch(c).await
            }
        }
        .map_err($crate::Error::from)
    }};
    ($conn:expr, run $sql:expr $(, $arg:expr)* $(,)?) => {{
        static STATEMENT: $crate::statement::Statement = $crate::statement::Statement::new($sql);
        match $conn.engine() {
            $crate::engine::Engine::Sqlite(c) => {
                sqlx::query(STATEMENT.sqlite())$(.bind($arg))*.execute(c).await.map(|done| done.rows_affected())
            }
            $crate::engine::Engine::Postgres(c) => {
                sqlx::query(STATEMENT.postgres())$(.bind($arg))*.execute(c).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::Error::from)
    }};
}
