//! A fresh installation for each test, on a SQLite file or on a PostgreSQL database of the server
//! of `TESSERA_TEST_POSTGRES_URL`. The clock stands still until a test moves it.

use model::issuer::IssuerTemplate;
use service::clock::Clock;
use service::config::Limits;
use service::installation::Outside;
use service::network::Networks;
use service::{Config, Ctx};
use testing::{Database, Running};

use crate::kept_keys::kept_keys;

/// The time at which tests begin.
pub const NOW: i64 = 1_800_000_000;

/// Begins a test on an installation.
pub type Begin = fn(Ctx) -> Running;

/// Makes two tests of one body: `both!(name, |ctx| async { … })`.
macro_rules! both {
    ($name:ident, |$ctx:ident| $body:expr) => {
        mod $name {
            use super::*;

            fn begin($ctx: service::Ctx) -> testing::Running {
                Box::pin(async move { $body.await })
            }

            #[test]
            fn sqlite() {
                $crate::harness::on_sqlite(begin);
            }

            #[test]
            fn postgres() {
                $crate::harness::on_postgres(begin);
            }
        }
    };
}

/// Runs one on SQLite.
pub fn on_sqlite(begin: Begin) {
    testing::run(Box::pin(async move { on_new_installation(Database::sqlite(), begin).await }));
}

/// Runs one on PostgreSQL.
pub fn on_postgres(begin: Begin) {
    testing::run(Box::pin(async move { on_new_installation(Database::postgres().await, begin).await }));
}

async fn on_new_installation(database: Database, begin: Begin) {
    let outside = Outside { clock: Clock::fixed(NOW), key_source: kept_keys() };
    let opened = service::installation::open(&database.url(), config(), outside, |_| Ok([7; 32])).await;
    let ctx = opened.expect("opens");
    let store = ctx.store.clone();
    testing::until_the_end(begin(ctx), async move {
        store.close().await;
        database.remove().await;
    })
    .await;
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
