//! A fresh database for each test: a SQLite file in a folder of its own, or a PostgreSQL database
//! on the server of `TESSERA_TEST_POSTGRES_URL`. Both are gone afterwards.

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::{Options, Store};

/// Makes two tests of one body: `both!(name, |store| async { … })`.
macro_rules! both {
    ($name:ident, |$store:ident| $body:expr) => {
        mod $name {
            use super::*;

            async fn body($store: store::Store) {
                $body.await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::harness::Database::sqlite().run(body).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::harness::Database::postgres().await.run(body).await;
            }
        }
    };
}

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database that nobody else uses.
pub enum Database {
    Sqlite { folder: PathBuf },
    Postgres { server: String, name: String },
}

impl Database {
    fn fresh_name() -> String {
        format!("tessera_store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
    }

    /// A file that does not exist yet, in a folder that does not either.
    pub fn sqlite() -> Self {
        Self::Sqlite { folder: std::env::temp_dir().join(Self::fresh_name()) }
    }

    /// An empty schema, which is made and removed much faster than a database of its own.
    pub async fn postgres() -> Self {
        let server = std::env::var("TESSERA_TEST_POSTGRES_URL").expect(
            "TESSERA_TEST_POSTGRES_URL is not set: it names a PostgreSQL database where tests may create schemas \
             (postgres://user@127.0.0.1:5432/postgres). `make test` starts one",
        );
        let name = Self::fresh_name();
        Self::on_server(&server, format!("CREATE SCHEMA {name}")).await;
        Self::Postgres { server, name }
    }

    async fn on_server(server: &str, statement: String) {
        let mut conn = PgConnection::connect(server).await.expect("the test server answers");
        conn.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await.expect("the test server obeys");
        conn.close().await.expect("the test server says goodbye");
    }

    /// What a setting would say.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite { folder } => format!("sqlite:{}/deep/tessera.db", folder.display()),
            Self::Postgres { server, name } => {
                format!("{server}?application_name={name}&options[search_path]={name}")
            }
        }
    }

    /// Breaks every connection to it, as a restart of the server would.
    pub async fn end_connections(&self) {
        if let Self::Postgres { server, name } = self {
            let statement =
                format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'");
            Self::on_server(server, statement).await;
        }
    }

    /// Opens it as it is.
    pub async fn open(&self) -> Store {
        Store::open(&self.url(), &Options::default()).await.expect("opens")
    }

    /// Runs a test on it, migrated, and removes it however that ended.
    pub async fn run<F: Future<Output = ()> + Send + 'static>(self, test: impl FnOnce(Store) -> F) {
        let store = self.open().await;
        store.migrate().await.expect("migrates");
        let ended = tokio::spawn(test(store.clone())).await;
        store.close().await;
        self.remove().await;
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }

    /// Removes it.
    pub async fn remove(self) {
        match self {
            Self::Sqlite { folder } => std::fs::remove_dir_all(folder).expect("removes the folder"),
            Self::Postgres { server, name } => {
                Self::on_server(&server, format!("DROP SCHEMA {name} CASCADE")).await;
            }
        }
    }
}
