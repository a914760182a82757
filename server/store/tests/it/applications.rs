//! Applications: what they refer to, and whether they are in use.

use model::spec::{ApplicationSpec, RequiredClaim, SecretRef};
use store::{Error, NameKind, api_connections, applications, claims, scopes};

use crate::fixture::{self, NOW};

both!(an_application_refers_to_what_it_names, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let card = fixture::in_claim(&mut tx, &sub, "card").await;
    let connection = fixture::api_connection(&sub, "library-api");
    api_connections::insert(&mut tx, &connection).await.expect("inserts");
    let identity = fixture::identity_scope(&sub, "library", &["card"]);
    scopes::insert_identity(&mut tx, &identity).await.expect("inserts");
    let api = fixture::api_scope(&sub, &connection.object.id, "books");
    scopes::insert_api(&mut tx, &api).await.expect("inserts");

    let mut new = fixture::application(&sub, "my-app", "Library website");
    new.object.spec.secret = Some(SecretRef::Value("canary".repeat(8)));
    new.object.spec.allowed_identity_scopes = vec!["library".into()];
    new.object.spec.allowed_api_scopes = vec!["books".into()];
    new.object.spec.required_claims = vec![RequiredClaim::enforced("card")];
    applications::insert(&mut tx, &new).await.expect("inserts");
    new.object.spec.secret = None;
    assert_eq!(applications::find_by_client_id(&mut tx, &sub, "my-app").await.expect("finds"), Some(new.clone()));
    assert_eq!(applications::find(&mut tx, &new.object.id).await.expect("finds"), Some(new.clone()));
    assert_eq!(applications::list(&mut tx, &sub).await.expect("lists"), [new.clone()]);

    let users = claims::usage(&mut tx, &card).await.expect("asks").used_by;
    let users: Vec<_> = users.iter().map(|u| (u.object_type.as_str(), u.name.as_str())).collect();
    assert_eq!(users, [("application", "my-app"), ("identity_scope", "library")]);
    for used in [
        scopes::usage(&mut tx, &identity.object.id).await.expect("asks"),
        scopes::usage(&mut tx, &api.object.id).await.expect("asks"),
        api_connections::usage(&mut tx, &connection.object.id).await.expect("asks"),
    ] {
        assert_eq!(used.len(), 1);
        assert_eq!((used[0].id.as_str(), used[0].name.as_str()), (new.object.id.as_str(), "my-app"));
    }

    let spec = ApplicationSpec {
        allowed_identity_scopes: Vec::new(),
        allowed_api_scopes: Vec::new(),
        required_claims: Vec::new(),
        ..new.object.spec.clone()
    };
    assert!(applications::update(&mut tx, &new.object.id, 1, &spec, NOW + 1).await.expect("updates"));
    assert!(!applications::update(&mut tx, &new.object.id, 1, &spec, NOW + 1).await.expect("refuses"));
    assert_eq!(scopes::usage(&mut tx, &api.object.id).await.expect("asks"), []);
    let usage = claims::usage(&mut tx, &card).await.expect("asks");
    assert_eq!((usage.used_by.len(), usage.values), (1, 0), "the identity scope is left");
});

both!(unknown_names_are_named, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let other = fixture::in_subscription(&mut tx, "b").await;
    fixture::in_claim(&mut tx, &other, "elsewhere").await;
    let new = fixture::application(&sub, "my-app", "App");
    applications::insert(&mut tx, &new).await.expect("inserts");
    let base = new.object.spec.clone();
    let claim = RequiredClaim::enforced("elsewhere");
    let cases = [
        (ApplicationSpec { allowed_identity_scopes: vec!["x".into()], ..base.clone() }, NameKind::IdentityScope, "x"),
        (ApplicationSpec { allowed_api_scopes: vec!["y".into()], ..base.clone() }, NameKind::ApiScope, "y"),
        (ApplicationSpec { required_claims: vec![claim], ..base.clone() }, NameKind::Claim, "elsewhere"),
    ];
    for ((spec, expected, named), version) in cases.into_iter().zip(1..) {
        let refused = applications::update(&mut tx, &new.object.id, version, &spec, NOW).await.expect_err("refused");
        let Error::UnknownName { kind, name } = refused else { panic!("{refused:?}") };
        assert_eq!((kind, name.as_str()), (expected, named));
    }
});

both!(an_application_is_disabled_in_one_place, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let mut new = fixture::application(&sub, "my-app", "App");
    new.object.spec.disabled = true;
    applications::insert(&mut tx, &new).await.expect("inserts");
    let id = new.object.id.as_str();
    let found = applications::find(&mut tx, id).await.expect("finds").expect("is there");
    assert_eq!((found.object.disabled_at, found.object.spec.disabled), (Some(NOW), true));
    assert!(applications::update(&mut tx, id, 1, &new.object.spec, NOW + 5).await.expect("updates"));
    let found = applications::find(&mut tx, id).await.expect("finds").expect("is there");
    assert_eq!((found.object.disabled_at, found.object.spec.disabled), (Some(NOW), true), "since it was");
    assert!(applications::set_disabled(&mut tx, id, 2, None, NOW + 6).await.expect("enables"));
    let found = applications::find(&mut tx, id).await.expect("finds").expect("is there");
    assert_eq!((found.object.disabled_at, found.object.spec.disabled), (None, false));
    assert!(applications::set_disabled(&mut tx, id, 3, Some(NOW + 7), NOW + 7).await.expect("disables"));
    new.object.spec.disabled = false;
    assert!(applications::update(&mut tx, id, 4, &new.object.spec, NOW + 8).await.expect("updates"));
    let found = applications::find(&mut tx, id).await.expect("finds").expect("is there");
    assert_eq!((found.object.disabled_at, found.object.version), (None, 5));
});
