//! A fresh installation for each test, on a SQLite file or on a PostgreSQL database of the server
//! of `TESSERA_TEST_POSTGRES_URL`. The clock stands still until a test moves it.

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use model::issuer::IssuerTemplate;
use service::clock::Clock;
use service::config::Limits;
use service::installation::Outside;
use service::network::Networks;
use service::{Config, Ctx};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::kept_keys::kept_keys;

/// The time at which tests begin.
pub const NOW: i64 = 1_800_000_000;

/// Makes two tests of one body: `both!(name, |ctx| async { … })`.
macro_rules! both {
    ($name:ident, |$ctx:ident| $body:expr) => {
        mod $name {
            use super::*;

            async fn body($ctx: service::Ctx) {
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
        format!("tessera_service_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
    }

    /// A file that does not exist yet.
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
        on_server(&server, format!("CREATE SCHEMA {name}")).await;
        Self::Postgres { server, name }
    }

    fn url(&self) -> String {
        match self {
            Self::Sqlite { folder } => format!("sqlite:{}/tessera.db", folder.display()),
            Self::Postgres { server, name } => {
                format!("{server}?options[search_path]={name}")
            }
        }
    }

    /// Runs a test on a new installation and removes it however that ended.
    pub async fn run<F: Future<Output = ()> + Send + 'static>(self, test: impl FnOnce(Ctx) -> F) {
        let outside = Outside { clock: Clock::fixed(NOW), key_source: kept_keys() };
        let opened = service::installation::open(&self.url(), config(), outside, |_| Ok([7; 32])).await;
        let ctx = opened.expect("opens");
        let ended = tokio::spawn(test(ctx.clone())).await;
        ctx.store.close().await;
        match self {
            Self::Sqlite { folder } => std::fs::remove_dir_all(folder).expect("removes the folder"),
            Self::Postgres { server, name } => {
                on_server(&server, format!("DROP SCHEMA {name} CASCADE")).await;
            }
        }
        if let Err(failure) = ended {
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

async fn on_server(server: &str, statement: String) {
    let mut conn = PgConnection::connect(server).await.expect("the test server answers");
    conn.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await.expect("the test server obeys");
    conn.close().await.expect("the test server says goodbye");
}

fn config() -> Config {
    let public_url = "http://localhost:8080".to_owned();
    let template = IssuerTemplate::parse("{public_url}/s/{subscription}", &public_url);
    Config {
        issuer: template.expect("template"),
        public_url,
        secure_cookies: false,
        hashing_slots: 2,
        data_dir: std::env::temp_dir(),
        audit_days: 365,
        outgoing_networks: Networks::default(),
        client_certificates: oidc::certificate::Support::default(),
        limits: Limits::default(),
    }
}
