//! What counts once: signed messages, and authorization requests that were pushed.

use store::pushed_requests::{self, PushedRequest};
use store::{Tx, applications, cleaning, used_messages};

use crate::fixture::{self, Family, NOW};

fn pushed(family: &Family) -> PushedRequest {
    PushedRequest {
        hash: fixture::hash(),
        subscription_id: family.subscription_id.clone(),
        application_id: family.application_id.clone(),
        request: "response_type=code&scope=openid".into(),
        created_at: NOW,
        expires_at: NOW + 60,
        used_at: None,
        used_by: None,
    }
}

async fn inserted(tx: &mut Tx, family: &Family) -> PushedRequest {
    let new = pushed(family);
    pushed_requests::insert(tx, &new).await.expect("inserts");
    new
}

both!(a_message_counts_once_until_its_end, |store| async {
    let mut tx = store.begin().await.expect("begins");
    assert!(used_messages::insert(&mut tx, "m1", NOW + 60).await.expect("asks"));
    assert!(!used_messages::insert(&mut tx, "m1", NOW + 90).await.expect("asks"), "twice");
    assert!(used_messages::insert(&mut tx, "m2", NOW + 60).await.expect("asks"));
    assert_eq!(cleaning::sweep(&mut tx, NOW + 59, 0, 10).await.expect("cleans"), 0);
    assert_eq!(cleaning::sweep(&mut tx, NOW + 60, 0, 10).await.expect("cleans"), 2);
    assert!(used_messages::insert(&mut tx, "m1", NOW + 120).await.expect("asks"));
});

both!(a_pushed_request_is_used_once, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = inserted(&mut tx, &family).await;
    assert_eq!(pushed_requests::find(&mut tx, &new.hash).await.expect("finds"), Some(new.clone()));
    assert_eq!(pushed_requests::find(&mut tx, &fixture::hash()).await.expect("finds"), None);
    assert!(pushed_requests::consume(&mut tx, &new.hash, "one", NOW + 4).await.expect("consumes"));
    assert!(!pushed_requests::consume(&mut tx, &new.hash, "two", NOW + 6).await.expect("asks"), "twice");
    assert!(pushed_requests::consume(&mut tx, &new.hash, "one", NOW + 5).await.expect("asks"), "its last step again");
    assert!(!pushed_requests::consume(&mut tx, &fixture::hash(), "one", NOW + 5).await.expect("asks"), "unknown");
    let found = pushed_requests::find(&mut tx, &new.hash).await.expect("finds");
    assert_eq!(found.and_then(|row| row.used_at), Some(NOW + 5));
});

both!(pushed_requests_go_with_their_time_and_with_their_application, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let old = inserted(&mut tx, &family).await;
    assert_eq!(cleaning::sweep(&mut tx, NOW + 7_259, 0, 10).await.expect("cleans"), 0);
    assert_eq!(cleaning::sweep(&mut tx, NOW + 7_260, 0, 10).await.expect("cleans"), 1);
    assert_eq!(pushed_requests::find(&mut tx, &old.hash).await.expect("finds"), None);
    let new = inserted(&mut tx, &family).await;
    applications::delete(&mut tx, &family.application_id).await.expect("deletes");
    assert_eq!(pushed_requests::find(&mut tx, &new.hash).await.expect("finds"), None);
});
