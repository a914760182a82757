//! Revisions and events: appended, shown with the newest first.

use model::PageRequest;
use store::{events, revisions};

use crate::fixture;

both!(revisions_show_the_newest_first, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let all: Vec<_> = (0..5).map(|n| fixture::revision(Some("s1"), if n < 2 { "o1" } else { "o2" })).collect();
    for new in &all {
        revisions::insert(&mut tx, new).await.expect("inserts");
    }
    let own = fixture::revision(None, "o3");
    revisions::insert(&mut tx, &own).await.expect("inserts");
    assert_eq!(revisions::find(&mut tx, &own.id).await.expect("finds"), Some(own.clone()));

    let request = PageRequest { size: 3, ..PageRequest::default() };
    let first = revisions::page(&mut tx, "s1", &request).await.expect("lists");
    assert_eq!(first.items, [all[4].clone(), all[3].clone(), all[2].clone()]);
    let rest = PageRequest { after: first.next, ..request.clone() };
    let second = revisions::page(&mut tx, "s1", &rest).await.expect("lists");
    assert_eq!((second.items, second.next), (vec![all[1].clone(), all[0].clone()], None));
    let of_object = revisions::page_of_object(&mut tx, "o1", &request).await.expect("lists");
    assert_eq!(of_object.items, [all[1].clone(), all[0].clone()]);
    let everywhere = revisions::page_of_installation(&mut tx, &request).await.expect("lists");
    assert_eq!(everywhere.items, [own, all[4].clone(), all[3].clone()]);
});

both!(events_show_the_newest_first, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let mut all: Vec<_> = (0..3).map(|_| fixture::event(Some("s1"), Some("u1"))).collect();
    all[1].reference = Some("7F3K".into());
    all[2].subscription_id = Some("s2".into());
    for new in &all {
        events::insert(&mut tx, new).await.expect("inserts");
    }
    let request = PageRequest { size: 1, ..PageRequest::default() };
    let first = events::page(&mut tx, "s1", &request).await.expect("lists");
    assert_eq!(first.items, [all[1].clone()]);
    let rest = PageRequest { after: first.next, ..request };
    let second = events::page(&mut tx, "s1", &rest).await.expect("lists");
    assert_eq!((second.items, second.next), (vec![all[0].clone()], None));
    let request = PageRequest::default();
    assert_eq!(events::page_of_user(&mut tx, "u1", &request).await.expect("lists").items.len(), 3);
    assert_eq!(events::page_of_installation(&mut tx, &request).await.expect("lists").items.len(), 3);
    assert_eq!(events::by_reference(&mut tx, "s1", "7F3K").await.expect("finds"), [all[1].clone()]);
    assert_eq!(events::by_reference(&mut tx, "s2", "7F3K").await.expect("finds"), []);
    assert_eq!(events::by_reference(&mut tx, "s1", "7F\0K").await.expect("finds"), []);
});
