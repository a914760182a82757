//! What may exist once: the same answer on both engines.

use serde_json::json;
use store::claim_values::{self, NewClaimValue};
use store::{Constraint, Error, Store, api_connections, applications, claims, scopes, subscriptions, users};

use crate::fixture::{self, NOW};

fn taken(result: Result<(), Error>) -> Constraint {
    match result {
        Err(Error::Unique(constraint)) => constraint,
        other => panic!("{other:?}"),
    }
}

/// A subscription that is committed, since PostgreSQL ends a transaction at its first error.
async fn subscribed(store: &Store, slug: &str) -> String {
    let mut tx = store.begin().await.expect("begins");
    let id = fixture::in_subscription(&mut tx, slug).await;
    tx.commit().await.expect("commits");
    id
}

both!(slugs, |store| async {
    subscribed(&store, "a").await;
    let mut tx = store.begin().await.expect("begins");
    let again = subscriptions::insert(&mut tx, &fixture::subscription("a", "Other")).await;
    assert_eq!(taken(again), Constraint::SubscriptionSlug);
});

both!(claims_and_scopes, |store| async {
    let sub = subscribed(&store, "a").await;
    let other = subscribed(&store, "b").await;
    let mut tx = store.begin().await.expect("begins");
    claims::insert(&mut tx, &fixture::claim(&sub, "card")).await.expect("inserts");
    claims::insert(&mut tx, &fixture::claim(&sub, "Card")).await.expect("another name");
    claims::insert(&mut tx, &fixture::claim(&other, "card")).await.expect("another subscription");
    let connection = fixture::api_connection(&sub, "api");
    api_connections::insert(&mut tx, &connection).await.expect("inserts");
    scopes::insert_identity(&mut tx, &fixture::identity_scope(&sub, "one", &["card"])).await.expect("inserts");
    tx.commit().await.expect("commits");

    let mut tx = store.begin().await.expect("begins");
    assert_eq!(taken(claims::insert(&mut tx, &fixture::claim(&sub, "card")).await), Constraint::ClaimName);
    drop(tx);
    let mut tx = store.begin().await.expect("begins");
    let api = fixture::api_scope(&sub, &connection.object.id, "one");
    assert_eq!(taken(scopes::insert_api(&mut tx, &api).await), Constraint::ScopeName, "one namespace for both");
});

both!(client_ids_and_connection_names, |store| async {
    let sub = subscribed(&store, "a").await;
    let mut tx = store.begin().await.expect("begins");
    let app = fixture::in_application(&mut tx, &sub, "one").await;
    let connection = fixture::api_connection(&sub, "two");
    api_connections::insert(&mut tx, &connection).await.expect("inserts");
    tx.commit().await.expect("commits");
    for name in ["one", "two"] {
        let mut tx = store.begin().await.expect("begins");
        let again = applications::insert(&mut tx, &fixture::application(&sub, name, "Other")).await;
        assert_eq!(taken(again), Constraint::ClientName);
        drop(tx);
        let mut tx = store.begin().await.expect("begins");
        let again = api_connections::insert(&mut tx, &fixture::api_connection(&sub, name)).await;
        assert_eq!(taken(again), Constraint::ClientName);
    }
    // A deleted one gives its name back.
    let mut tx = store.begin().await.expect("begins");
    assert!(applications::delete(&mut tx, &app).await.expect("deletes"));
    assert!(api_connections::delete(&mut tx, &connection.object.id).await.expect("deletes"));
    fixture::in_application(&mut tx, &sub, "two").await;
    api_connections::insert(&mut tx, &fixture::api_connection(&sub, "one")).await.expect("inserts");
});

both!(resource_indicators, |store| async {
    let (sub, other) = (subscribed(&store, "a").await, subscribed(&store, "b").await);
    let uri = "https://api.example";
    let with = |sub: &str, name: &str, resource: Option<&str>| {
        let mut connection = fixture::api_connection(sub, name);
        connection.object.spec.resource = resource.map(str::to_owned);
        connection
    };
    let (one, two) = (with(&sub, "one", Some(uri)), with(&sub, "two", None));
    let mut tx = store.begin().await.expect("begins");
    for connection in [&one, &two, &with(&other, "one", Some(uri))] {
        api_connections::insert(&mut tx, connection).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    let mut tx = store.begin().await.expect("begins");
    let again = api_connections::insert(&mut tx, &with(&sub, "three", Some(uri))).await;
    assert_eq!(taken(again), Constraint::Resource);
    drop(tx);
    let mut tx = store.begin().await.expect("begins");
    let spec = with(&sub, "two", Some(uri)).object.spec;
    let again = api_connections::update(&mut tx, &two.object.id, two.object.version, &spec, NOW).await.map(drop);
    assert_eq!(taken(again), Constraint::Resource);
    drop(tx);
    // Nor does an application take it.
    let mut tx = store.begin().await.expect("begins");
    let again = applications::insert(&mut tx, &fixture::application(&sub, uri, "Other")).await;
    assert_eq!(taken(again), Constraint::ClientName);
    drop(tx);
    // Given up, it is free, and so it is when its connection is deleted.
    let mut tx = store.begin().await.expect("begins");
    let bare = with(&sub, "one", None).object.spec;
    assert!(api_connections::update(&mut tx, &one.object.id, one.object.version, &bare, NOW).await.expect("updates"));
    assert!(api_connections::update(&mut tx, &two.object.id, two.object.version, &spec, NOW).await.expect("updates"));
    assert!(api_connections::delete(&mut tx, &two.object.id).await.expect("deletes"));
    api_connections::insert(&mut tx, &with(&sub, "four", Some(uri))).await.expect("inserts");
});

both!(user_names_and_addresses, |store| async {
    let sub = subscribed(&store, "a").await;
    let other = subscribed(&store, "b").await;
    let mut tx = store.begin().await.expect("begins");
    let john = fixture::user(&sub, Some("Jörg"), Some("Joerg@Example.com"));
    users::insert(&mut tx, &john, &[]).await.expect("inserts");
    users::insert(&mut tx, &fixture::user(&sub, Some("a"), None), &[]).await.expect("no address");
    users::insert(&mut tx, &fixture::user(&sub, Some("b"), None), &[]).await.expect("no address either");
    users::insert(&mut tx, &fixture::user(&sub, None, Some("c@c.example")), &[]).await.expect("no name");
    users::insert(&mut tx, &fixture::user(&sub, None, Some("d@c.example")), &[]).await.expect("no name either");
    users::insert(&mut tx, &fixture::user(&other, Some("Jörg"), None), &[]).await.expect("another subscription");
    tx.commit().await.expect("commits");
    let cases = [
        (fixture::user(&sub, Some("JO\u{308}RG"), None), Constraint::UserName),
        (fixture::user(&sub, None, Some("joerg@example.COM.")), Constraint::UserEmail),
    ];
    for (again, constraint) in cases {
        let mut tx = store.begin().await.expect("begins");
        let refused = users::insert(&mut tx, &again, &[]).await.expect_err("refused");
        let shown = format!("{refused:?} {refused}").to_lowercase();
        assert!(!shown.contains("joerg@") && !shown.contains("jörg"), "no value is told: {shown}");
        assert_eq!(taken(Err(refused)), constraint);
    }
});

both!(values_of_a_unique_claim, |store| async {
    let sub = subscribed(&store, "a").await;
    let mut tx = store.begin().await.expect("begins");
    let card = fixture::in_claim(&mut tx, &sub, "card").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let jane = fixture::in_user(&mut tx, &sub, "jane").await;
    let value = json!("LC-1");
    let of = |unique| [NewClaimValue { claim_id: &card, value: &value, canonical: "lc-1", unique }];
    claim_values::put(&mut tx, &john, &of(true), NOW).await.expect("puts");
    claim_values::put(&mut tx, &john, &of(true), NOW).await.expect("puts over it");
    assert!(claim_values::is_taken(&mut tx, &card, "lc-1", Some(&jane)).await.expect("asks"));
    assert!(claim_values::is_taken(&mut tx, &card, "lc-1", None).await.expect("asks"));
    assert!(!claim_values::is_taken(&mut tx, &card, "lc-1", Some(&john)).await.expect("asks"));
    assert!(!claim_values::is_taken(&mut tx, &card, "lc-2", None).await.expect("asks"));
    tx.commit().await.expect("commits");

    let mut tx = store.begin().await.expect("begins");
    assert_eq!(taken(claim_values::put(&mut tx, &jane, &of(true), NOW).await), Constraint::ClaimValue);
    drop(tx);

    // Repeatable values are counted before they may become unique.
    let mut tx = store.begin().await.expect("begins");
    claims::set_unique(&mut tx, &card, claims::Uniqueness::Repeatable).await.expect("repeats");
    claim_values::put(&mut tx, &jane, &of(false), NOW).await.expect("puts");
    let duplicates = claims::duplicates(&mut tx, &card, 10).await.expect("asks");
    assert_eq!(duplicates, [claims::Duplicate { canonical: "lc-1".into(), users: 2 }]);
    assert_eq!(claims::usage(&mut tx, &card).await.expect("asks").values, 2);
    tx.commit().await.expect("commits");
    let mut tx = store.begin().await.expect("begins");
    let refused = claims::set_unique(&mut tx, &card, true.into()).await;
    assert_eq!(taken(refused), Constraint::ClaimValue);
    drop(tx);
    let mut tx = store.begin().await.expect("begins");
    assert!(claim_values::delete(&mut tx, &jane, &card).await.expect("deletes"));
    assert_eq!(claims::duplicates(&mut tx, &card, 10).await.expect("asks"), []);
    claims::set_unique(&mut tx, &card, true.into()).await.expect("unique again");
    assert!(claim_values::is_taken(&mut tx, &card, "lc-1", None).await.expect("asks"));
});

both!(long_values_are_told_apart, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let motto = fixture::in_claim(&mut tx, &sub, "motto").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    let jane = fixture::in_user(&mut tx, &sub, "jane").await;
    let (one, two) = (format!("{}1", "\u{FDFA}".repeat(5000)), format!("{}2", "\u{FDFA}".repeat(5000)));
    for (user, text) in [(&john, &one), (&jane, &two)] {
        let value = json!(text);
        let new = NewClaimValue { claim_id: &motto, value: &value, canonical: text, unique: true };
        claim_values::put(&mut tx, user, &[new], NOW).await.expect("an index holds it");
    }
    assert!(claim_values::is_taken(&mut tx, &motto, &two, Some(&john)).await.expect("asks"));
    assert!(!claim_values::is_taken(&mut tx, &motto, &two, Some(&jane)).await.expect("asks"));
    let name = "\u{FDFA}".repeat(128);
    let new = fixture::user(&sub, Some(&name), None);
    users::insert(&mut tx, &new, &[]).await.expect("an index holds it");
    let found = users::find_by_login(&mut tx, &sub, &name).await.expect("finds").expect("is there");
    assert_eq!(found, new);
});
