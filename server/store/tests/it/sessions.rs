//! Sessions, console sessions, interactions and failed attempts.

use model::PageRequest;
use store::attempts::{self, Attempts};
use store::console_sessions::{self, ConsoleSession};
use store::{JsonText, interactions, sessions, users};

use crate::fixture::{self, NOW};

both!(a_session_lives_and_ends, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let new = fixture::session(&sub, &john);
    sessions::insert(&mut tx, &new).await.expect("inserts");
    assert_eq!(sessions::find_by_hash(&mut tx, &new.hash).await.expect("finds"), Some(new.clone()));
    assert_eq!(sessions::find_by_hash(&mut tx, &new.id).await.expect("finds"), None);
    sessions::touch(&mut tx, &[(new.id.clone(), NOW + 60)]).await.expect("touches");
    sessions::touch(&mut tx, &[(new.id.clone(), NOW + 30)]).await.expect("never back");
    let (hash, amr) = (fixture::hash(), JsonText::encode(&["pwd", "otp"]));
    assert!(sessions::renew(&mut tx, &new.id, &hash, NOW + 90, &amr, NOW + 2000).await.expect("renews"));
    assert_eq!(sessions::find_by_hash(&mut tx, &new.hash).await.expect("finds"), None, "the old cookie is dead");
    let found = sessions::find(&mut tx, &new.id).await.expect("finds").expect("is there");
    assert_eq!((found.hash.as_str(), found.auth_time, found.expires_at), (hash.as_str(), NOW + 90, NOW + 2000));
    assert_eq!(found.amr.decode::<Vec<String>>().expect("reads"), ["pwd", "otp"]);
    assert!(sessions::end(&mut tx, &new.id, NOW + 100).await.expect("ends"));
    assert!(!sessions::end(&mut tx, &new.id, NOW + 101).await.expect("once"));
    assert!(!sessions::renew(&mut tx, &new.id, &hash, NOW + 90, &amr, NOW + 2000).await.expect("too late"));
});

both!(sessions_end_together, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let other = fixture::in_subscription(&mut tx, "b").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let jane = fixture::in_user(&mut tx, &sub, "jane").await;
    let jack = fixture::in_user(&mut tx, &other, "jack").await;
    let johns: Vec<_> = (0..3).map(|_| fixture::session(&sub, &john)).collect();
    for new in johns.iter().chain([&fixture::session(&sub, &jane), &fixture::session(&other, &jack)]) {
        sessions::insert(&mut tx, new).await.expect("inserts");
    }
    let request = PageRequest { size: 2, ..PageRequest::default() };
    let page = sessions::page_of_user(&mut tx, &john, NOW, &request).await.expect("lists");
    assert_eq!(page.items, [johns[2].clone(), johns[1].clone()], "the newest first");
    let rest = PageRequest { after: page.next, ..request };
    assert_eq!(sessions::page_of_user(&mut tx, &john, NOW, &rest).await.expect("lists").items, [johns[0].clone()]);
    let all = PageRequest::default();
    assert_eq!(sessions::page(&mut tx, &sub, NOW, &all).await.expect("lists").items.len(), 4);
    assert_eq!(sessions::page(&mut tx, &sub, NOW + 1000, &all).await.expect("lists").items.len(), 0, "expired");

    assert_eq!(sessions::end_all_of_user(&mut tx, &john, Some(&johns[1].id), NOW).await.expect("ends"), 2);
    assert_eq!(sessions::page_of_user(&mut tx, &john, NOW, &all).await.expect("lists").items, [johns[1].clone()]);
    assert_eq!(sessions::end_all_of_user(&mut tx, &john, None, NOW).await.expect("ends"), 1);
    assert_eq!(sessions::end_all_of_subscription(&mut tx, &sub, NOW).await.expect("ends"), 1);
    assert_eq!(sessions::page(&mut tx, &other, NOW, &all).await.expect("lists").items.len(), 1);
});

both!(a_console_session_counts_with_all_above_it, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let ann = fixture::in_user(&mut tx, &sub, "ann").await;
    let session = fixture::session(&sub, &ann);
    sessions::insert(&mut tx, &session).await.expect("inserts");
    let new = ConsoleSession {
        hash: fixture::hash(),
        session_id: session.id.clone(),
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: NOW + 100,
    };
    console_sessions::insert(&mut tx, &new).await.expect("inserts");
    console_sessions::touch(&mut tx, &new.hash, NOW + 10, NOW + 110).await.expect("touches");
    let found = console_sessions::find(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert_eq!((found.user_id.as_str(), found.username.as_deref()), (ann.as_str(), Some("ann")));
    assert_eq!((found.last_seen_at, found.expires_at, found.subscription_id.as_str()), (NOW + 10, NOW + 110, &*sub));
    assert!(found.is_live(NOW + 109));
    assert!(!found.is_live(NOW + 110));
    assert!(users::set_disabled(&mut tx, &ann, 1, Some(NOW), NOW).await.expect("disables"));
    let found = console_sessions::find(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert!(!found.is_live(NOW), "disabled");
    assert!(users::set_disabled(&mut tx, &ann, 2, None, NOW).await.expect("enables"));
    assert!(sessions::end(&mut tx, &session.id, NOW).await.expect("ends"));
    let found = console_sessions::find(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert!(!found.is_live(NOW), "signed out");
    assert!(console_sessions::delete(&mut tx, &new.hash).await.expect("deletes"));
    assert!(!console_sessions::delete(&mut tx, &new.hash).await.expect("is gone"));
    console_sessions::insert(&mut tx, &new).await.expect("inserts");
    assert_eq!(console_sessions::delete_of_session(&mut tx, &session.id).await.expect("deletes"), 1);
    assert_eq!(console_sessions::find(&mut tx, &new.hash).await.expect("finds"), None);
});

both!(an_interaction_moves_over_the_expected_version_only, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let new = fixture::interaction(&sub);
    interactions::insert(&mut tx, &new).await.expect("inserts");
    assert_eq!(interactions::find(&mut tx, &new.hash).await.expect("finds"), Some(new.clone()));
    let state = JsonText::encode(&serde_json::json!({"signed_in": true}));
    assert!(interactions::update(&mut tx, &new.hash, 1, &state).await.expect("moves"));
    assert!(!interactions::update(&mut tx, &new.hash, 1, &state).await.expect("moved meanwhile"));
    assert!(!interactions::finish(&mut tx, &new.hash, 1, NOW).await.expect("moved meanwhile"));
    assert!(interactions::finish(&mut tx, &new.hash, 2, NOW + 1).await.expect("finishes"));
    assert!(!interactions::finish(&mut tx, &new.hash, 3, NOW + 1).await.expect("once"));
    assert!(!interactions::update(&mut tx, &new.hash, 3, &state).await.expect("is over"));
    let found = interactions::find(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert_eq!((found.finished_at, found.version, found.state), (Some(NOW + 1), 3, state));
});

both!(failures_are_counted_within_a_window, |store| async {
    let mut tx = store.begin().await.expect("begins");
    assert_eq!(attempts::get(&mut tx, "user:1").await.expect("reads"), Attempts::default());
    for n in 1..=3 {
        let counted = attempts::record_failure(&mut tx, "user:1", NOW + n, 100).await.expect("counts");
        assert_eq!((counted.failures, counted.window_started_at), (n, NOW + 1));
    }
    attempts::block(&mut tx, "user:1", NOW + 50).await.expect("blocks");
    attempts::block(&mut tx, "user:1", NOW + 40).await.expect("never for shorter");
    let counted = attempts::record_failure(&mut tx, "user:1", NOW + 101, 100).await.expect("counts");
    assert_eq!(counted, Attempts { failures: 1, window_started_at: NOW + 101, blocked_until: NOW + 50 });
    assert_eq!(attempts::get(&mut tx, "user:1").await.expect("reads"), counted);
    attempts::reset(&mut tx, "user:1").await.expect("forgets");
    assert_eq!(attempts::get(&mut tx, "user:1").await.expect("reads"), Attempts::default());
});

both!(what_has_changed_is_not_held, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let session = fixture::session(&family.subscription_id, &family.user_id);
    sessions::insert(&mut tx, &session).await.expect("inserts");
    assert!(sessions::hold(&mut tx, &session.id, NOW).await.expect("holds"));
    assert!(!sessions::hold(&mut tx, &session.id, session.expires_at).await.expect("has expired"));
    sessions::end(&mut tx, &session.id, NOW).await.expect("ends");
    assert!(!sessions::hold(&mut tx, &session.id, NOW).await.expect("has ended"));
    users::set_password(&mut tx, &family.user_id, "old", NOW).await.expect("sets");
    assert!(users::hold_password(&mut tx, &family.user_id, "old").await.expect("holds"));
    assert!(!users::hold_password(&mut tx, &family.user_id, "new").await.expect("is another"));
    assert!(users::hold_enabled(&mut tx, &family.user_id).await.expect("holds"));
    let version = users::find(&mut tx, &family.user_id).await.expect("finds").expect("there").version;
    users::set_disabled(&mut tx, &family.user_id, version, Some(NOW), NOW).await.expect("disables");
    assert!(!users::hold_password(&mut tx, &family.user_id, "old").await.expect("is disabled"));
    assert!(!users::hold_enabled(&mut tx, &family.user_id).await.expect("is disabled"));
    assert!(!users::hold_enabled(&mut tx, "nobody").await.expect("is nobody"));
});

both!(the_oldest_sessions_go_beyond_a_number, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let all: Vec<_> = (0..4).map(|_| fixture::session(&family.subscription_id, &family.user_id)).collect();
    for session in &all {
        sessions::insert(&mut tx, session).await.expect("inserts");
    }
    assert_eq!(sessions::end_beyond(&mut tx, &family.user_id, 3, NOW).await.expect("ends"), 1);
    assert!(!sessions::hold(&mut tx, &all[0].id, NOW).await.expect("was the oldest"));
    assert!(sessions::hold(&mut tx, &all[1].id, NOW).await.expect("stays"));
});

both!(what_is_counted_ahead_can_be_taken_back, |store| async {
    let mut tx = store.begin().await.expect("begins");
    for _ in 0..3 {
        attempts::record_failure(&mut tx, "address:1", NOW, 100).await.expect("counts");
    }
    attempts::block(&mut tx, "address:1", NOW + 5).await.expect("blocks");
    attempts::take_back(&mut tx, "address:1", 2).await.expect("takes one back");
    let row = attempts::get(&mut tx, "address:1").await.expect("reads");
    assert_eq!((row.failures, row.blocked_until), (2, NOW + 5), "still as many as are too many");
    attempts::take_back(&mut tx, "address:1", 2).await.expect("takes one back");
    let row = attempts::get(&mut tx, "address:1").await.expect("reads");
    assert_eq!((row.failures, row.blocked_until), (1, 0));
});
