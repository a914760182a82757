//! One search over everything that has a name.

use store::{api_connections, applications, claims, finding, scopes};

use crate::fixture;

both!(whatever_begins_so_is_found_by_either_name_and_nobody_elses, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let other = fixture::in_subscription(&mut tx, "b").await;
    for sub in [&sub, &other] {
        applications::insert(&mut tx, &fixture::application(sub, "lib-web", "Library website")).await.expect("inserts");
        applications::insert(&mut tx, &fixture::application(sub, "shop", "Shop")).await.expect("inserts");
        claims::insert(&mut tx, &fixture::claim(sub, "library_card")).await.expect("inserts");
        let api = fixture::api_connection(sub, "library-api");
        api_connections::insert(&mut tx, &api).await.expect("inserts");
        let scope = fixture::api_scope(sub, &api.object.id, "library-books");
        scopes::insert_api(&mut tx, &scope).await.expect("inserts");
        let scope = fixture::identity_scope(sub, "library", &["library_card"]);
        scopes::insert_identity(&mut tx, &scope).await.expect("inserts");
    }
    let found = finding::by_prefix(&mut tx, &sub, "lib", 5).await.expect("finds");
    let mut names: Vec<(&str, &str)> = found.iter().map(|f| (f.kind.as_str(), f.name.as_str())).collect();
    names.sort_unstable();
    let expected = [
        ("api_connection", "library-api"),
        ("application", "lib-web"),
        ("claim", "library_card"),
        ("scope", "library"),
        ("scope", "library-books"),
    ];
    assert_eq!(names, expected);
    // API scopes know where they belong; identity scopes belong nowhere.
    assert_eq!(found.iter().filter(|f| f.api_connection_id.is_some()).count(), 1);
    let by_title = finding::by_prefix(&mut tx, &sub, "LIBRARY W", 5).await.expect("finds");
    assert_eq!(by_title.iter().map(|f| f.title.as_str()).collect::<Vec<_>>(), ["Library website"]);
    // Of each kind no more than was asked for.
    assert_eq!(finding::by_prefix(&mut tx, &sub, "lib", 1).await.expect("finds").len(), 4);
    for nothing in ["%", "library_x", "\0"] {
        assert!(finding::by_prefix(&mut tx, &sub, nothing, 5).await.expect("finds").is_empty(), "{nothing:?}");
    }
});
