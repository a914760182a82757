//! A fresh database for each test, with its tables. Both kinds are gone, or empty, afterwards.

use store::{Options, Store};
use testing::{Database, Running};

/// Begins a test on a database.
pub type Begin = fn(Store) -> Running;

/// Makes two tests of one body: `both!(name, |store| async { … })`.
macro_rules! both {
    ($name:ident, |$store:ident| $body:expr) => {
        mod $name {
            use super::*;

            fn begin($store: store::Store) -> testing::Running {
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
    testing::run(Box::pin(async move { migrated(Database::sqlite(), begin).await }));
}

/// Runs one on PostgreSQL.
pub fn on_postgres(begin: Begin) {
    testing::run(Box::pin(async move { migrated(Database::postgres().await, begin).await }));
}

async fn migrated(database: Database, begin: Begin) {
    let store = open(&database).await;
    store.migrate().await.expect("migrates");
    testing::until_the_end(begin(store.clone()), async move {
        store.close().await;
        database.remove().await;
    })
    .await;
}

/// Opens one as it is.
pub async fn open(database: &Database) -> Store {
    Store::open(&database.url(), &Options::default()).await.expect("opens")
}
