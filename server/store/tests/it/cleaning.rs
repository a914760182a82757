//! What has expired goes, in batches; what has not stays.

use model::PageRequest;
use store::console_sessions::ConsoleSession;
use store::events::Event;
use store::{
    access_tokens, attempts, cleaning, codes, console_sessions, events, grants, interactions, refresh_tokens,
    revoked_tokens, sessions, setup_links, signing_keys,
};

use crate::fixture::{self, NOW};

/// Long after everything of a fixture has expired.
const LATER: i64 = NOW + 100 * 86_400;

both!(expired_rows_go_in_batches, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let sub = &family.subscription_id;
    let session = fixture::session(sub, &family.user_id);
    sessions::insert(&mut tx, &session).await.expect("inserts");
    let console = ConsoleSession {
        hash: fixture::hash(),
        session_id: session.id.clone(),
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: NOW + 9,
    };
    console_sessions::insert(&mut tx, &console).await.expect("inserts");
    interactions::insert(&mut tx, &fixture::interaction(sub)).await.expect("inserts");
    codes::insert(&mut tx, &fixture::code(&family.grant.id)).await.expect("inserts");
    refresh_tokens::insert(&mut tx, &fixture::refresh_token(&family.grant.id)).await.expect("inserts");
    for _ in 0..5 {
        access_tokens::insert(&mut tx, &fixture::access_token(&family.grant)).await.expect("inserts");
    }
    revoked_tokens::insert(&mut tx, "j1", sub, NOW + 9).await.expect("inserts");
    attempts::record_failure(&mut tx, "user:1", NOW, 100).await.expect("counts");
    setup_links::insert(&mut tx, &fixture::hash(), NOW, NOW + 9).await.expect("inserts");
    let mut key = fixture::signing_key(sub, NOW);
    (key.retires_at, key.expires_at) = (Some(NOW), Some(NOW + 9));
    signing_keys::insert(&mut tx, &key).await.expect("inserts");
    let forever = fixture::signing_key(sub, NOW);
    signing_keys::insert(&mut tx, &forever).await.expect("inserts");

    assert_eq!(cleaning::sweep(&mut tx, NOW, 0, 2).await.expect("cleans"), 0, "nothing has expired");
    // Two of five access tokens and one of each other kind; the grant takes the rest along.
    assert_eq!(cleaning::sweep(&mut tx, LATER, 0, 2).await.expect("cleans"), 2 + 10);
    assert_eq!(cleaning::sweep(&mut tx, LATER, 0, 2).await.expect("cleans"), 0);
    assert_eq!(grants::find(&mut tx, &family.grant.id).await.expect("finds"), None);
    assert_eq!(signing_keys::list(&mut tx, sub).await.expect("lists"), [forever]);
    tx.commit().await.expect("commits");
});

both!(a_redeemed_code_is_remembered_for_a_day, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let code = fixture::code(&family.grant.id);
    codes::insert(&mut tx, &code).await.expect("inserts");
    codes::consume(&mut tx, &code.hash, NOW).await.expect("redeems");
    cleaning::sweep(&mut tx, NOW + 3600, 0, 100).await.expect("cleans");
    let replay = codes::consume(&mut tx, &code.hash, NOW + 3600).await.expect("refuses");
    assert!(matches!(replay, codes::Consumed::Replayed { .. }), "{replay:?}");
});

both!(who_is_refused_stays_refused, |store| async {
    let mut tx = store.begin().await.expect("begins");
    attempts::record_failure(&mut tx, "user:1", NOW, 100).await.expect("counts");
    attempts::block(&mut tx, "user:1", LATER + 1).await.expect("blocks");
    assert_eq!(cleaning::sweep(&mut tx, LATER, 0, 100).await.expect("cleans"), 0);
    assert_eq!(cleaning::sweep(&mut tx, LATER + 1, 0, 100).await.expect("cleans"), 1);
});

both!(old_events_go_and_younger_ones_stay, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let all: Vec<_> = (0..5).map(|day| Event { at: NOW + day, ..fixture::event(Some("s1"), None) }).collect();
    for event in &all {
        events::insert(&mut tx, event).await.expect("inserts");
    }
    assert_eq!(cleaning::sweep(&mut tx, NOW, NOW + 3, 2).await.expect("cleans"), 2);
    assert_eq!(cleaning::sweep(&mut tx, NOW, NOW + 3, 2).await.expect("cleans"), 1);
    assert_eq!(cleaning::sweep(&mut tx, NOW, NOW + 3, 2).await.expect("cleans"), 0);
    let left = events::page(&mut tx, "s1", &PageRequest::default()).await.expect("lists").items;
    assert_eq!(left, [all[4].clone(), all[3].clone()]);
});
