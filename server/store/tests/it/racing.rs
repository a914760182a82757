//! Many at once: exactly one wins, and counts are exact.

use std::future::Future;
use std::time::Duration;

use store::{
    Error, Options, Store, attempts, codes, config_version, installation, interactions, refresh_tokens, setup_links,
    subscriptions,
};

use crate::fixture::{self, NOW};
use crate::harness::open;

/// How many try at once.
const TASKS: usize = 50;

/// Runs the same thing in many tasks; how many said yes.
async fn race<F, Fut>(store: &Store, attempt: F) -> usize
where
    F: Fn(Store) -> Fut,
    Fut: Future<Output = bool> + Send + 'static,
{
    let start = std::sync::Arc::new(tokio::sync::Barrier::new(TASKS));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..TASKS {
        let (start, attempt) = (start.clone(), attempt(store.clone()));
        tasks.spawn(async move {
            start.wait().await;
            attempt.await
        });
    }
    tasks.join_all().await.into_iter().filter(|won| *won).count()
}

both!(one_of_many_redeems_a_code, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let code = fixture::code(&family.grant.id);
    codes::insert(&mut tx, &code).await.expect("inserts");
    tx.commit().await.expect("commits");
    let winners = race(&store, |store| {
        let hash = code.hash.clone();
        async move {
            let mut tx = store.begin().await.expect("begins");
            let outcome = codes::consume(&mut tx, &hash, NOW).await.expect("asks");
            tx.commit().await.expect("commits");
            match outcome {
                codes::Consumed::Won(_) => true,
                codes::Consumed::Replayed { .. } => false,
                codes::Consumed::Unknown => panic!("the losers know that it was redeemed"),
            }
        }
    })
    .await;
    assert_eq!(winners, 1);
});

both!(one_of_many_uses_a_refresh_token, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let token = fixture::refresh_token(&family.grant.id);
    refresh_tokens::insert(&mut tx, &token).await.expect("inserts");
    tx.commit().await.expect("commits");
    let winners = race(&store, |store| {
        let (hash, next) = (token.hash.clone(), fixture::refresh_token(&token.grant_id));
        async move {
            let mut tx = store.begin().await.expect("begins");
            let outcome = refresh_tokens::consume(&mut tx, &hash, &next.hash, NOW).await.expect("asks");
            let won = matches!(outcome, refresh_tokens::Consumed::Won(_));
            if won {
                refresh_tokens::insert(&mut tx, &next).await.expect("inserts");
            }
            tx.commit().await.expect("commits");
            won
        }
    })
    .await;
    assert_eq!(winners, 1);

    // And of many retries within the grace, one replaces the successor.
    let mut conn = store.read().await.expect("reads");
    let used = refresh_tokens::find(&mut conn, &token.hash).await.expect("finds").expect("is there");
    drop(conn);
    let old = used.successor_hash.expect("has one");
    let winners = race(&store, |store| {
        let (hash, old, next) = (token.hash.clone(), old.clone(), fixture::hash());
        async move {
            let mut tx = store.begin().await.expect("begins");
            let won = refresh_tokens::replace_successor(&mut tx, &hash, &old, &next, NOW).await.expect("asks");
            tx.commit().await.expect("commits");
            won
        }
    })
    .await;
    assert_eq!(winners, 1);
});

both!(a_retry_and_its_successor_never_both_win, |store| async {
    for _ in 0..10 {
        let mut tx = store.begin().await.expect("begins");
        let family = fixture::family(&mut tx, &fixture::id()).await;
        let first = fixture::refresh_token(&family.grant.id);
        let second = fixture::refresh_token(&family.grant.id);
        for new in [&first, &second] {
            refresh_tokens::insert(&mut tx, new).await.expect("inserts");
        }
        refresh_tokens::consume(&mut tx, &first.hash, &second.hash, NOW).await.expect("uses");
        tx.commit().await.expect("commits");
        let retry = async {
            let mut tx = store.begin().await.expect("begins");
            let next = fixture::hash();
            let won = refresh_tokens::replace_successor(&mut tx, &first.hash, &second.hash, &next, NOW).await;
            tx.commit().await.expect("commits");
            won.expect("asks")
        };
        let successor = async {
            let mut tx = store.begin().await.expect("begins");
            let outcome = refresh_tokens::consume(&mut tx, &second.hash, "next", NOW).await.expect("asks");
            tx.commit().await.expect("commits");
            matches!(outcome, refresh_tokens::Consumed::Won(_))
        };
        let (retried, used) = tokio::join!(retry, successor);
        assert!(retried ^ used, "retried {retried}, used {used}");
    }
});

both!(one_of_many_uses_a_set_up_link, |store| async {
    let link = fixture::hash();
    let mut tx = store.begin().await.expect("begins");
    setup_links::insert(&mut tx, &link, NOW, NOW + 10).await.expect("inserts");
    tx.commit().await.expect("commits");
    let winners = race(&store, |store| {
        let link = link.clone();
        async move {
            let mut tx = store.begin().await.expect("begins");
            let won = setup_links::consume(&mut tx, &link, NOW).await.expect("asks");
            tx.commit().await.expect("commits");
            won
        }
    })
    .await;
    assert_eq!(winners, 1);
});

both!(one_of_many_finishes_an_interaction, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let new = fixture::interaction(&sub);
    interactions::insert(&mut tx, &new).await.expect("inserts");
    tx.commit().await.expect("commits");
    let winners = race(&store, |store| {
        let hash = new.hash.clone();
        async move {
            let mut tx = store.begin().await.expect("begins");
            let won = interactions::finish(&mut tx, &hash, 1, NOW).await.expect("asks");
            tx.commit().await.expect("commits");
            won
        }
    })
    .await;
    assert_eq!(winners, 1);
});

both!(one_of_many_editors_wins, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let new = fixture::subscription("a", "A");
    subscriptions::insert(&mut tx, &new).await.expect("inserts");
    tx.commit().await.expect("commits");
    let winners = race(&store, |store| {
        let (id, spec) = (new.object.id.clone(), new.object.spec.clone());
        async move {
            let mut tx = store.begin().await.expect("begins");
            let won = subscriptions::update(&mut tx, &id, 1, &spec, NOW).await.expect("asks");
            config_version::bump(&mut tx, &id).await.expect("bumps");
            tx.commit().await.expect("commits");
            won
        }
    })
    .await;
    assert_eq!(winners, 1);
    let mut conn = store.read().await.expect("reads");
    assert_eq!(config_version::global(&mut conn).await.expect("reads"), 50, "none was lost");
});

both!(failures_are_counted_exactly, |store| async {
    race(&store, |store| async move {
        let mut tx = store.begin().await.expect("begins");
        attempts::record_failure(&mut tx, "user:1", NOW, 100).await.expect("counts");
        tx.commit().await.expect("commits");
        true
    })
    .await;
    let mut conn = store.read().await.expect("reads");
    assert_eq!(attempts::get(&mut conn, "user:1").await.expect("reads").failures, 50);
});

both!(many_nodes_agree_on_a_fact, |store| async {
    let winners = race(&store, |store| async move {
        let mine = fixture::hash();
        let mut tx = store.begin().await.expect("begins");
        let standing = installation::put_if_absent(&mut tx, "master_key", &mine).await.expect("puts");
        tx.commit().await.expect("commits");
        standing == mine
    })
    .await;
    assert_eq!(winners, 1);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_on_one_file_take_turns() {
    let database = testing::Database::sqlite();
    let (serve, apply) = (open(&database).await, open(&database).await);
    serve.migrate().await.expect("migrates");
    let mut tasks = tokio::task::JoinSet::new();
    for store in [serve.clone(), apply.clone()] {
        tasks.spawn(async move {
            for _ in 0..50 {
                let mut tx = store.begin().await.expect("begins");
                config_version::bump(&mut tx, "x").await.expect("bumps");
                tx.commit().await.expect("commits");
            }
        });
    }
    tasks.join_all().await;
    let mut conn = apply.read().await.expect("reads");
    assert_eq!(config_version::global(&mut conn).await.expect("reads"), 100);
    drop(conn);
    serve.close().await;
    apply.close().await;
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_that_never_ends_is_a_fast_error() {
    let database = testing::Database::sqlite();
    let options = Options { acquire_timeout: Duration::from_secs(1), ..Options::default() };
    let store = Store::open(&database.url(), &options).await.expect("opens");
    store.migrate().await.expect("migrates");
    let held = store.begin().await.expect("begins");
    let refused = store.begin().await.expect_err("refused");
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
    drop(held);
    store.begin().await.expect("begins again");
    store.close().await;
    database.remove().await;
}
