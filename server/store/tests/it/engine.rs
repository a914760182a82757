//! Transactions, failures and what is told of them.

use std::time::{Duration, Instant};

use store::{Error, Options, Store, installation};

use testing::Database;

use crate::harness::open;

both!(a_dropped_transaction_never_happened, |store| async {
    {
        let mut tx = store.begin().await.expect("begins");
        installation::put(&mut tx, "a", "1").await.expect("puts");
        let seen = installation::get(&mut tx, "a").await.expect("gets");
        assert_eq!(seen.as_deref(), Some("1"), "seen by itself");
    }
    let mut conn = store.read().await.expect("reads");
    assert_eq!(installation::get(&mut conn, "a").await.expect("gets"), None);
    drop(conn);
    // The writer is free again.
    let mut tx = store.begin().await.expect("begins");
    installation::put(&mut tx, "a", "2").await.expect("puts");
    tx.commit().await.expect("commits");
    let mut conn = store.read().await.expect("reads");
    assert_eq!(installation::get(&mut conn, "a").await.expect("gets").as_deref(), Some("2"));
});

both!(readers_do_not_wait_for_a_writer, |store| async {
    let mut tx = store.begin().await.expect("begins");
    installation::put(&mut tx, "a", "1").await.expect("puts");
    let mut conn = store.read().await.expect("reads");
    assert_eq!(installation::get(&mut conn, "a").await.expect("gets"), None, "not committed yet");
    store.ping().await.expect("answers");
    tx.commit().await.expect("commits");
    assert_eq!(installation::get(&mut conn, "a").await.expect("gets").as_deref(), Some("1"));
});

both!(reading_at_once_sees_one_instant, |store| async {
    let mut before = store.read_at_once().await.expect("reads");
    assert_eq!(installation::get(&mut before, "a").await.expect("gets"), None);
    let mut tx = store.begin().await.expect("begins");
    installation::put(&mut tx, "a", "1").await.expect("puts");
    tx.commit().await.expect("commits");
    assert_eq!(installation::get(&mut before, "a").await.expect("gets"), None, "still that instant");
    drop(before);
    let mut after = store.read_at_once().await.expect("reads");
    assert_eq!(installation::get(&mut after, "a").await.expect("gets").as_deref(), Some("1"));
});

both!(of_two_nodes_the_first_decides, |store| async {
    let mut tx = store.begin().await.expect("begins");
    assert_eq!(installation::put_if_absent(&mut tx, "key", "first").await.expect("puts"), "first");
    assert_eq!(installation::put_if_absent(&mut tx, "key", "second").await.expect("puts"), "first");
    tx.commit().await.expect("commits");
});

async fn too_few_connections(database: Database) {
    let options = Options { readers: 1, connections: 1, acquire_timeout: Duration::from_millis(200) };
    let store = Store::open(&database.url(), &options).await.expect("opens");
    store.migrate().await.expect("migrates");
    let held = store.read().await.expect("reads");
    let began = Instant::now();
    let refused = store.read().await.expect_err("refused");
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
    assert!(began.elapsed() < Duration::from_secs(2), "at once");
    drop(held);
    store.read().await.expect("reads again");
    store.close().await;
    let closed = store.read().await.expect_err("closed");
    assert!(matches!(closed, Error::Unavailable(_)), "{closed:?}");
    database.remove().await;
}

#[tokio::test]
async fn too_few_connections_are_a_fast_error_on_sqlite() {
    too_few_connections(Database::sqlite()).await;
}

#[tokio::test]
async fn too_few_connections_are_a_fast_error_on_postgres() {
    too_few_connections(Database::postgres().await).await;
}

#[tokio::test]
async fn an_absent_server_is_unavailable() {
    let options = Options { acquire_timeout: Duration::from_millis(300), ..Options::default() };
    let store = Store::open("postgres://nobody:hunter2@127.0.0.1:1/none", &options).await.expect("opens");
    let refused = store.ping().await.expect_err("refused");
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
    assert!(!format!("{refused:?} {refused}").contains("hunter2"));
}

#[tokio::test]
async fn a_broken_connection_is_replaced() {
    let database = Database::postgres().await;
    let store = open(&database).await;
    store.migrate().await.expect("migrates");
    database.end_connections().await;
    // Each broken connection is met once at most.
    for _ in 0..Options::default().connections {
        match store.ping().await {
            Ok(()) => break,
            Err(error) => assert!(matches!(error, Error::Unavailable(_)), "{error:?}"),
        }
    }
    store.ping().await.expect("answers");
    store.close().await;
    database.remove().await;
}

#[tokio::test]
async fn other_urls_are_refused_without_repeating_them() {
    for url in ["mysql://root:hunter2@x/y", "sqlite:", "sqlite::memory:", "postgres://user:hunter2@[", "hunter2"] {
        let refused = Store::open(url, &Options::default()).await.expect_err("refused");
        assert!(!format!("{refused:?} {refused}").contains("hunter2"), "{refused:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let database = Database::sqlite();
    let store = open(&database).await;
    store.migrate().await.expect("migrates");
    let path = database.url().trim_start_matches("sqlite:").to_owned();
    let mode = std::fs::metadata(path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o077, 0);
    store.close().await;
    database.remove().await;
}
