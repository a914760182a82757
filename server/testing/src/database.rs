//! A database that no other test uses: a SQLite file in a folder of its own, or a schema on the server of
//! `TESSERA_TEST_POSTGRES_URL`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::schema::{Schema, on_server};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// See the module. To be ended by [`Database::remove`].
pub struct Database {
    folder: PathBuf,
    schema: Option<Schema>,
}

fn name() -> String {
    format!("tessera_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

impl Database {
    fn new(schema: Option<Schema>) -> Self {
        Self { folder: std::env::temp_dir().join(name()), schema }
    }

    /// A file that does not exist yet, in a folder that does not either.
    pub fn sqlite() -> Self {
        Self::new(None)
    }

    /// A schema without a row. It may have its tables already: other tests use it before and after, since to make and
    /// to remove them takes longer than most tests. Whoever changes the tables takes [`Database::bare_postgres`].
    ///
    /// # Panics
    /// Where the server does not answer or obey.
    pub async fn postgres() -> Self {
        Self::new(Some(Schema::lent().await))
    }

    /// A schema without a table, for one test only.
    ///
    /// # Panics
    /// As [`Database::postgres`].
    pub async fn bare_postgres() -> Self {
        Self::new(Some(Schema::new(name()).await))
    }

    /// True for either kind of schema.
    pub fn is_postgres(&self) -> bool {
        self.schema.is_some()
    }

    /// A folder for whatever else is kept; whoever needs it makes it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the setting says.
    pub fn url(&self) -> String {
        match &self.schema {
            None => format!("sqlite:{}/deep/tessera.db", self.folder.display()),
            Some(schema) => schema.url(),
        }
    }

    /// Breaks every connection to it, as a restart of the server would. SQLite has none.
    ///
    /// # Panics
    /// As [`Database::postgres`].
    pub async fn end_connections(&self) {
        if let Some(schema) = &self.schema {
            let name = schema.name();
            let which =
                format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'");
            on_server(which).await;
        }
    }

    /// Removes what nobody else uses.
    ///
    /// # Panics
    /// As [`Database::postgres`].
    pub async fn remove(self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some(schema) = self.schema {
            schema.end().await;
        }
    }
}
