//! Work that shares a commit: each piece whole or not at all, lasting when answered.

use store::{Error, Store, installation};

use crate::harness::Database;

async fn put(store: &Store, name: String) -> Result<(), Error> {
    store.write_one(move |tx| Box::pin(async move { installation::put(tx, &name, "1").await })).await
}

async fn holds(store: &Store, name: &str) -> bool {
    let mut conn = store.read().await.expect("reads");
    installation::get(&mut conn, name).await.expect("gets").is_some()
}

both!(what_was_answered_is_there, |store| async {
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..200 {
        let store = store.clone();
        tasks.spawn(async move {
            put(&store, format!("fact {n}")).await.expect("puts");
            assert!(holds(&store, &format!("fact {n}")).await);
        });
    }
    tasks.join_all().await;
});

both!(what_failed_is_undone_alone, |store| async {
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..100 {
        let store = store.clone();
        tasks.spawn(async move {
            let name = format!("fact {n}");
            let result: Result<(), Error> = store
                .write({
                    let name = name.clone();
                    move |tx| {
                        Box::pin(async move {
                            installation::put(tx, &name, "1").await?;
                            if n % 3 == 0 { Err(Error::ForeignKey) } else { Ok(()) }
                        })
                    }
                })
                .await;
            assert_eq!(result.is_err(), n % 3 == 0);
            assert_eq!(holds(&store, &name).await, n % 3 != 0);
        });
    }
    tasks.join_all().await;
});

both!(a_failed_statement_is_told_to_its_caller, |store| async {
    let twice = |store: Store| async move {
        store.write_one(|tx| Box::pin(async move { store::setup_links::insert(tx, "same", 1, 2).await })).await
    };
    let first: Result<(), Error> = twice(store.clone()).await;
    first.expect("inserts");
    let (again, other) = tokio::join!(twice(store.clone()), put(&store, "other".into()));
    assert!(matches!(again, Err(Error::Unique(_))), "{again:?}");
    other.expect("is not harmed");
    assert!(holds(&store, "other").await);
});

both!(an_error_of_the_caller_comes_back, |store| async {
    #[derive(Debug, PartialEq)]
    enum Mine {
        No,
        Store,
    }
    impl From<Error> for Mine {
        fn from(_: Error) -> Self {
            Self::Store
        }
    }
    let refused: Result<(), Mine> = store.write(|_| Box::pin(async { Err(Mine::No) })).await;
    assert_eq!(refused, Err(Mine::No));
    store.close().await;
    let closed: Result<(), Mine> = store.write(|_| Box::pin(async { Ok(()) })).await;
    assert_eq!(closed, Err(Mine::Store));
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_that_panics_does_not_stop_the_writer() {
    let database = Database::sqlite();
    let store = database.open().await;
    store.migrate().await.expect("migrates");
    let broken: Result<(), Error> = store
        .write(|tx| {
            Box::pin(async move {
                installation::put(tx, "broken", "1").await?;
                panic!("on purpose")
            })
        })
        .await;
    assert!(matches!(broken, Err(Error::Unavailable(_))), "{broken:?}");
    put(&store, "whole".into()).await.expect("puts");
    assert!(holds(&store, "whole").await && !holds(&store, "broken").await);
    store.close().await;
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_and_transactions_take_turns() {
    let database = Database::sqlite();
    let store = database.open().await;
    store.migrate().await.expect("migrates");
    let mut tx = store.begin().await.expect("begins");
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { put(&store, "later".into()).await }
    });
    installation::put(&mut tx, "sooner", "1").await.expect("puts");
    tx.commit().await.expect("commits");
    waiting.await.expect("ends").expect("puts");
    assert!(holds(&store, "sooner").await && holds(&store, "later").await);
    store.close().await;
    database.remove().await;
}
