//! A folder for each test, with a SQLite file in it or beside a fresh PostgreSQL database.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A place that nobody else uses. Removed by [`Database::remove`].
pub struct Database {
    folder: PathBuf,
    postgres: Option<Postgres>,
}

struct Postgres {
    server: String,
    name: String,
}

impl Database {
    fn name() -> String {
        format!("tessera_server_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
    }

    fn at(name: &str) -> PathBuf {
        std::env::temp_dir().join(name)
    }

    /// A file that does not exist yet.
    pub fn sqlite() -> Self {
        Self { folder: Self::at(&Self::name()), postgres: None }
    }

    /// An empty schema, which is made and removed much faster than a database of its own.
    pub async fn postgres() -> Self {
        let server = std::env::var("TESSERA_TEST_POSTGRES_URL").expect(
            "TESSERA_TEST_POSTGRES_URL is not set: it names a PostgreSQL database where tests may create schemas \
             (postgres://user@127.0.0.1:5432/postgres). `make test` starts one",
        );
        let name = Self::name();
        on_server(&server, format!("CREATE SCHEMA {name}")).await;
        Self { folder: Self::at(&name), postgres: Some(Postgres { server, name }) }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the setting says.
    pub fn url(&self) -> String {
        match &self.postgres {
            None => format!("sqlite:{}/tessera.db", self.folder.display()),
            Some(Postgres { server, name }) => format!("{server}?options[search_path]={name}"),
        }
    }

    /// Removes everything.
    pub async fn remove(self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some(Postgres { server, name }) = self.postgres {
            on_server(&server, format!("DROP SCHEMA {name} CASCADE")).await;
        }
    }
}

async fn on_server(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.expect("the test server answers");
    connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await.expect("the test server obeys");
    connection.close().await.expect("the test server says goodbye");
}
