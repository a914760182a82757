//! What a user agreed to and what happened to them, with the names of applications.

use model::PageRequest;
use store::consents::{self, Consent};
use store::{events, grants, sessions};

use crate::fixture::{self, NOW};

both!(consents_come_in_pages_with_their_applications, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let second = fixture::in_application(&mut tx, &family.subscription_id, "second").await;
    let consent =
        |id: &str| Consent { application_id: id.to_owned(), scopes: vec!["openid".to_owned()], granted_at: NOW };
    for id in [&family.application_id, &second] {
        consents::put(&mut tx, &family.user_id, &consent(id)).await.expect("puts");
    }
    let request = PageRequest { size: 1, ..PageRequest::default() };
    let first = consents::page_of_user(&mut tx, &family.user_id, &request).await.expect("lists");
    let names = |page: &[consents::Named]| page.iter().map(|n| n.application.client_id.clone()).collect::<Vec<_>>();
    assert_eq!(names(&first.items), ["second"]);
    assert_eq!(first.items[0].consent, consent(&second));
    let rest = PageRequest { after: first.next, ..request.clone() };
    let last = consents::page_of_user(&mut tx, &family.user_id, &rest).await.expect("lists");
    assert_eq!((names(&last.items), last.next), (vec!["app".to_owned()], None));
    let other = fixture::in_user(&mut tx, &family.subscription_id, "mary").await;
    assert!(consents::page_of_user(&mut tx, &other, &request).await.expect("lists").items.is_empty());
});

both!(events_of_a_user_name_applications_of_their_own_subscription, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let (mine, other) = (fixture::family(&mut tx, "a").await, fixture::family(&mut tx, "b").await);
    for application in [None, Some(mine.application_id.clone()), Some(other.application_id)] {
        let event = events::Event {
            application_id: application,
            ..fixture::event(Some(&mine.subscription_id), Some(&mine.user_id))
        };
        events::insert(&mut tx, &event).await.expect("inserts");
    }
    let all = PageRequest::default();
    let page = events::named_page_of_user(&mut tx, &mine.user_id, &all).await.expect("lists").items;
    let names: Vec<Option<&str>> = page.iter().map(|row| row.client_id.as_deref()).collect();
    assert_eq!(names, [None, Some("app"), None], "the newest first");
});

both!(what_was_granted_lately_in_a_session_is_known, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let session = fixture::session(&family.subscription_id, &family.user_id);
    sessions::insert(&mut tx, &session).await.expect("inserts");
    let grant = grants::Grant {
        session_id: Some(session.id.clone()),
        ..fixture::grant(&family.subscription_id, &family.application_id, Some(&family.user_id))
    };
    grants::insert(&mut tx, &grant).await.expect("inserts");
    let (app, at) = (family.application_id.as_str(), grant.created_at);
    assert!(grants::any_since(&mut tx, &session.id, app, at).await.expect("asks"));
    assert!(!grants::any_since(&mut tx, &session.id, app, at + 1).await.expect("asks"));
    let second = fixture::in_application(&mut tx, &family.subscription_id, "second").await;
    assert!(!grants::any_since(&mut tx, &session.id, &second, at).await.expect("asks"));
});
