//! The schema comes up once, whoever starts, and stays.

use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use store::{Error, MIGRATIONS, Store};

use testing::Database;

use crate::harness::open;

/// Runs a statement beside the store, as an operator would.
async fn by_hand(database: &Database, statement: &'static str) {
    if database.is_postgres() {
        let mut conn = PgConnection::connect(&database.url()).await.expect("connects");
        conn.execute(statement).await.expect("runs");
        conn.close().await.expect("closes");
    } else {
        let mut conn = SqliteConnection::connect(&database.url()).await.expect("connects");
        conn.execute(statement).await.expect("runs");
        conn.close().await.expect("closes");
    }
}

async fn works(store: &Store) {
    let mut tx = store.begin().await.expect("begins");
    store::installation::put(&mut tx, "it", "works").await.expect("puts");
    tx.commit().await.expect("commits");
    let mut conn = store.read().await.expect("reads");
    assert_eq!(store::installation::get(&mut conn, "it").await.expect("gets").as_deref(), Some("works"));
}

async fn four_starters_migrate_once(database: Database) {
    let mut starters = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let store = open(&database).await;
        starters.spawn(async move {
            store.migrate().await.expect("migrates");
            works(&store).await;
            store.close().await;
        });
    }
    assert_eq!(starters.join_all().await.len(), 4);
    database.remove().await;
}

async fn an_interrupted_start_resumes(database: Database) {
    let store = open(&database).await;
    {
        // A starter that dies after its first statements leaves nothing behind.
        let mut tx = store.begin().await.expect("begins");
        assert!(store::installation::put(&mut tx, "a", "b").await.is_err(), "no table yet");
    }
    store.migrate().await.expect("migrates");
    store.migrate().await.expect("again, to no effect");
    works(&store).await;
    store.close().await;
    database.remove().await;
}

async fn a_changed_migration_is_refused(database: Database) {
    let store = open(&database).await;
    store.migrate().await.expect("migrates");
    by_hand(&database, "UPDATE schema_migrations SET checksum = 'other'").await;
    let refused = store.migrate().await.expect_err("refused");
    assert!(matches!(refused, Error::Migration { version: 1 }), "{refused:?}");
    store.close().await;
    database.remove().await;
}

async fn a_newer_schema_is_fine(database: Database) {
    let store = open(&database).await;
    store.migrate().await.expect("migrates");
    by_hand(
        &database,
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (9999, 'later', 'x', 'now')",
    )
    .await;
    by_hand(&database, "ALTER TABLE installation ADD COLUMN later TEXT").await;
    works(&store).await;
    store.migrate().await.expect("nothing to do");
    works(&store).await;
    store.close().await;
    database.remove().await;
}

macro_rules! on_each {
    ($($name:ident),+) => { $(
        mod $name {
            use testing::Database;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(Database::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(Database::bare_postgres().await).await;
            }
        }
    )+ };
}

on_each!(
    four_starters_migrate_once,
    an_interrupted_start_resumes,
    a_changed_migration_is_refused,
    a_newer_schema_is_fine
);

#[test]
fn versions_count_without_gaps() {
    assert!(MIGRATIONS.iter().zip(1..).all(|(migration, version)| migration.version == version));
}
