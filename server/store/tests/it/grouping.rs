//! Brief transactions, which share a commit: each whole or not at all, lasting when answered.

use std::time::Duration;

use store::{Error, Store, installation};
use tokio::task::JoinSet;

use testing::Database;

use crate::harness::open;

/// Whatever hangs is a failure, not a test without an end.
const PATIENCE: Duration = Duration::from_secs(20);

async fn put(store: &Store, name: &str) -> Result<(), Error> {
    let mut tx = store.begin_brief().await?;
    installation::put(&mut tx, name, "1").await?;
    tx.commit().await
}

async fn holds(store: &Store, name: &str) -> bool {
    let mut conn = store.read().await.expect("reads");
    installation::get(&mut conn, name).await.expect("gets").is_some()
}

async fn all(tasks: JoinSet<()>) {
    tokio::time::timeout(PATIENCE, tasks.join_all()).await.expect("nobody waits for ever");
}

both!(what_was_answered_is_there, |store| async {
    let mut tasks = JoinSet::new();
    for n in 0..200 {
        let store = store.clone();
        tasks.spawn(async move {
            put(&store, &format!("fact {n}")).await.expect("puts");
            assert!(holds(&store, &format!("fact {n}")).await);
        });
    }
    all(tasks).await;
});

both!(what_was_dropped_is_undone_alone, |store| async {
    let mut tasks = JoinSet::new();
    for n in 0..100 {
        let store = store.clone();
        tasks.spawn(async move {
            let name = format!("fact {n}");
            let mut tx = store.begin_brief().await.expect("begins");
            installation::put(&mut tx, &name, "1").await.expect("puts");
            if n % 3 == 0 {
                drop(tx);
            } else {
                tx.commit().await.expect("commits");
            }
            assert_eq!(holds(&store, &name).await, n % 3 != 0, "{n}");
        });
    }
    all(tasks).await;
});

both!(a_failed_statement_harms_nobody_else, |store| async {
    let twice = |store: Store| async move {
        let mut tx = store.begin_brief().await?;
        store::setup_links::insert(&mut tx, "same", 1, 2).await?;
        tx.commit().await
    };
    twice(store.clone()).await.expect("inserts");
    let (again, other) = tokio::join!(twice(store.clone()), put(&store, "other"));
    assert!(matches!(again, Err(Error::Unique(_))), "{again:?}");
    other.expect("is not harmed");
    assert!(holds(&store, "other").await);
});

// A browser that goes away takes its request's future with it, at any of its steps.
both!(whoever_goes_away_leaves_the_others_their_answers, |store| async {
    let mut tasks = JoinSet::new();
    for n in 0_u64..300 {
        let store = store.clone();
        let name = format!("fact {n}");
        if n % 3 == 0 {
            tasks.spawn(async move { put(&store, &name).await.expect("puts") });
        } else {
            let leaving = tokio::time::timeout(Duration::from_micros(n * 40), async move { put(&store, &name).await });
            tasks.spawn(async move { leaving.await.map_or((), |put| put.expect("puts")) });
        }
    }
    all(tasks).await;
    for n in (0..300).step_by(3) {
        assert!(holds(&store, &format!("fact {n}")).await, "{n}");
    }
    tokio::time::timeout(PATIENCE, put(&store, "afterwards")).await.expect("the writer is free").expect("puts");
});

both!(one_that_panics_does_not_stop_the_writer, |store| async {
    let broken = tokio::spawn({
        let store = store.clone();
        async move {
            let mut tx = store.begin_brief().await.expect("begins");
            installation::put(&mut tx, "broken", "1").await.expect("puts");
            panic!("on purpose")
        }
    });
    let broken: Result<(), _> = broken.await;
    assert!(broken.is_err());
    put(&store, "whole").await.expect("puts");
    assert!(holds(&store, "whole").await && !holds(&store, "broken").await);
});

both!(a_closed_database_is_an_error, |store| async {
    store.close().await;
    assert!(matches!(put(&store, "late").await, Err(Error::Unavailable(_))));
});

// One that may take long has a commit of its own, and brief ones neither wait for its end with what they have done, nor
// keep it from its turn.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_and_brief_transactions_take_turns() {
    let database = Database::sqlite();
    let store = open(&database).await;
    store.migrate().await.expect("migrates");
    let mut long = store.begin().await.expect("begins");
    let mut waiting = JoinSet::new();
    for n in 0..50 {
        let store = store.clone();
        waiting.spawn(async move { put(&store, &format!("brief {n}")).await.expect("puts") });
    }
    installation::put(&mut long, "long", "1").await.expect("puts");
    assert!(!holds(&store, "brief 0").await);
    long.commit().await.expect("commits");
    let mut next = store.begin().await.expect("begins");
    installation::put(&mut next, "next", "1").await.expect("puts");
    next.commit().await.expect("commits");
    all(waiting).await;
    assert!(holds(&store, "long").await && holds(&store, "next").await && holds(&store, "brief 49").await);
    store.close().await;
    database.remove().await;
}
