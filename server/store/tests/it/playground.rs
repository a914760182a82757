//! Runs of the playground: each its administrator's, answered once, kept for a day.

use store::playground_runs::{self, Run};
use store::{JsonText, Tx, cleaning};

use crate::fixture::{self, Family, NOW};

fn run(family: &Family, administrator_id: &str) -> Run {
    Run {
        id: fixture::id(),
        subscription_id: family.subscription_id.clone(),
        application_id: family.application_id.clone(),
        administrator_id: administrator_id.to_owned(),
        state_hash: Some(fixture::hash()),
        request_hash: Some(fixture::hash()),
        sealed: Some("sealed".into()),
        record: JsonText::encode(&serde_json::json!({ "grant": "authorization_code" })),
        reference: None,
        created_at: NOW,
        expires_at: NOW + 600,
        consumed_at: None,
    }
}

async fn inserted(tx: &mut Tx, family: &Family, administrator_id: &str) -> Run {
    let new = run(family, administrator_id);
    playground_runs::insert(tx, &new).await.expect("inserts");
    new
}

both!(a_run_is_found_by_its_id_and_by_its_state, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = inserted(&mut tx, &family, &family.user_id).await;
    // Without a browser there is no state, however many there are.
    for _ in 0..2 {
        let quiet = Run { state_hash: None, request_hash: None, sealed: None, ..run(&family, &family.user_id) };
        playground_runs::insert(&mut tx, &quiet).await.expect("inserts");
    }
    let hash = new.state_hash.clone().expect("a state");
    assert_eq!(playground_runs::find(&mut tx, &new.id).await.expect("finds"), Some(new.clone()));
    assert_eq!(playground_runs::find_by_state(&mut tx, &hash).await.expect("finds"), Some(new));
    assert_eq!(playground_runs::find(&mut tx, &fixture::id()).await.expect("finds"), None);
    assert_eq!(playground_runs::find_by_state(&mut tx, &fixture::hash()).await.expect("finds"), None);
});

both!(a_run_is_answered_once_and_in_time, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = inserted(&mut tx, &family, &family.user_id).await;
    playground_runs::note_reference(&mut tx, &new.id, "ABCD2345").await.expect("notes");
    assert!(!playground_runs::consume(&mut tx, &new.id, NOW + 600).await.expect("asks"), "too late");
    assert!(playground_runs::consume(&mut tx, &new.id, NOW + 599).await.expect("asks"));
    assert!(!playground_runs::consume(&mut tx, &new.id, NOW + 599).await.expect("asks"), "twice");
    playground_runs::note_reference(&mut tx, &new.id, "ZZZZ9999").await.expect("notes");
    let record = JsonText::encode(&serde_json::json!({ "ended": "done" }));
    playground_runs::save(&mut tx, &new.id, &record).await.expect("saves");
    let found = playground_runs::find(&mut tx, &new.id).await.expect("finds").expect("there");
    let reference = Some("ABCD2345".to_owned());
    assert_eq!(found, Run { sealed: None, consumed_at: Some(NOW + 599), record, reference, ..new });
});

both!(an_administrator_sees_and_keeps_the_newest_of_their_own, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let other = fixture::in_user(&mut tx, &family.subscription_id, "mary").await;
    let mut mine = Vec::new();
    for _ in 0..4 {
        mine.push(inserted(&mut tx, &family, &family.user_id).await);
    }
    let theirs = inserted(&mut tx, &family, &other).await;
    let newest = playground_runs::newest(&mut tx, &family.user_id, &family.application_id, 2).await.expect("lists");
    assert_eq!(newest, [mine[3].clone(), mine[2].clone()]);
    let of_another = playground_runs::newest(&mut tx, &family.user_id, &fixture::id(), 2).await.expect("lists");
    assert!(of_another.is_empty());
    assert_eq!(playground_runs::keep_newest(&mut tx, &family.user_id, 3).await.expect("deletes"), 1);
    assert_eq!(playground_runs::find(&mut tx, &mine[0].id).await.expect("finds"), None);
    assert!(playground_runs::find(&mut tx, &theirs.id).await.expect("finds").is_some());
});

both!(a_run_is_kept_for_a_day_and_goes_with_its_application, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = inserted(&mut tx, &family, &family.user_id).await;
    cleaning::sweep(&mut tx, NOW + 86_399, 0, 100).await.expect("cleans");
    assert!(playground_runs::find(&mut tx, &new.id).await.expect("finds").is_some());
    cleaning::sweep(&mut tx, NOW + 86_400, 0, 100).await.expect("cleans");
    assert_eq!(playground_runs::find(&mut tx, &new.id).await.expect("finds"), None);
    let new = inserted(&mut tx, &family, &family.user_id).await;
    assert!(store::applications::delete(&mut tx, &family.application_id).await.expect("deletes"));
    assert_eq!(playground_runs::find(&mut tx, &new.id).await.expect("finds"), None);
});
