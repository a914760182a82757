//! Configuration objects: stored, found, listed, changed over the expected version.

use model::PageRequest;
use model::spec::{ApiConnectionSpec, ApiScopeSpec, ClaimSpec, SecretRef};
use store::subscriptions::{Counts, Visible};
use store::{
    Error, NameKind, api_connections, claims, config_version, scopes, secrets, signing_keys, snapshot, subscriptions,
};

use crate::fixture::{self, NOW};

both!(a_subscription_comes_back_as_it_went, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let mut new = fixture::subscription("mysub", "Bücherei");
    new.built_in = true;
    new.object.disabled_at = Some(NOW);
    subscriptions::insert(&mut tx, &new).await.expect("inserts");
    assert_eq!(subscriptions::find_by_slug(&mut tx, "mysub").await.expect("finds"), Some(new.clone()));
    assert_eq!(subscriptions::find(&mut tx, &new.object.id).await.expect("finds"), Some(new));
    assert_eq!(subscriptions::find_by_slug(&mut tx, "MYSUB").await.expect("finds"), None);
    assert_eq!(subscriptions::find_by_slug(&mut tx, "my\0sub").await.expect("finds"), None);
});

both!(a_subscription_changes_over_the_expected_version_only, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let new = fixture::subscription("mysub", "Old");
    subscriptions::insert(&mut tx, &new).await.expect("inserts");
    let id = &new.object.id;
    let spec = model::spec::SubscriptionSpec { name: "New".into(), ..new.object.spec.clone() };
    assert!(subscriptions::update(&mut tx, id, 1, &spec, NOW + 1).await.expect("updates"));
    assert!(!subscriptions::update(&mut tx, id, 1, &spec, NOW + 2).await.expect("refuses"));
    assert!(subscriptions::set_disabled(&mut tx, id, 2, Some(NOW + 3), NOW + 3).await.expect("disables"));
    assert!(!subscriptions::set_disabled(&mut tx, id, 2, None, NOW + 4).await.expect("refuses"));
    let now = subscriptions::find(&mut tx, id).await.expect("finds").expect("is there");
    assert_eq!((now.object.version, now.object.updated_at, now.object.disabled_at), (3, NOW + 3, Some(NOW + 3)));
    assert_eq!(now.object.spec.name, "New");
});

both!(versions_move_together, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let a = fixture::in_subscription(&mut tx, "a").await;
    let b = fixture::in_subscription(&mut tx, "b").await;
    assert_eq!(config_version::global(&mut tx).await.expect("reads"), 0);
    config_version::bump(&mut tx, &a).await.expect("bumps");
    config_version::bump(&mut tx, &a).await.expect("bumps");
    config_version::bump(&mut tx, "gone").await.expect("bumps");
    assert_eq!(config_version::global(&mut tx).await.expect("reads"), 3);
    assert_eq!(config_version::of_subscription(&mut tx, &a).await.expect("reads"), Some(3));
    assert_eq!(config_version::of_subscription(&mut tx, &b).await.expect("reads"), Some(1));
    assert_eq!(config_version::of_subscription(&mut tx, "gone").await.expect("reads"), None);
});

both!(the_list_of_subscriptions_counts, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let a = fixture::in_subscription(&mut tx, "a").await;
    let b = fixture::in_subscription(&mut tx, "b").await;
    fixture::in_application(&mut tx, &a, "one").await;
    fixture::in_application(&mut tx, &a, "two").await;
    let john = fixture::in_user(&mut tx, &a, "john").await;
    let mut session = fixture::session(&a, &john);
    session.auth_time = NOW + 7;
    store::sessions::insert(&mut tx, &session).await.expect("signs in");
    let page = subscriptions::page(&mut tx, Visible::All, &PageRequest::default()).await.expect("lists");
    let seen: Vec<_> = page
        .items
        .iter()
        .map(|o| (o.subscription.object.spec.slug.as_str(), o.applications, o.users, o.last_sign_in))
        .collect();
    assert_eq!(seen, [("a", 2, 1, Some(NOW + 7)), ("b", 0, 0, None)]);
    assert_eq!(page.next, None);

    store::roles::put(&mut tx, &john, &b, model::Role::Viewer).await.expect("gives");
    let page = subscriptions::page(&mut tx, Visible::ByRole(&john), &PageRequest::default()).await.expect("lists");
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].subscription.object.spec.slug, "b");
    assert_eq!(page.items[0].users, 0);

    fixture::in_claim(&mut tx, &a, "card").await;
    let counts = subscriptions::counts(&mut tx, &a).await.expect("counts");
    assert_eq!(counts, Counts { applications: 2, custom_claims: 1, users: 1, ..Counts::default() });
    assert_eq!(subscriptions::slugs(&mut tx).await.expect("lists"), ["a", "b"]);
});

both!(claims_keep_their_order, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    assert_eq!(claims::next_position(&mut tx, &sub).await.expect("counts"), 1);
    let mut first = fixture::claim(&sub, "zeta");
    first.standard = true;
    let mut second = fixture::claim(&sub, "alpha");
    second.position = 2;
    for claim in [&second, &first] {
        claims::insert(&mut tx, claim).await.expect("inserts");
    }
    assert_eq!(claims::next_position(&mut tx, &sub).await.expect("counts"), 3);
    assert_eq!(claims::list(&mut tx, &sub).await.expect("lists"), [first.clone(), second.clone()]);
    assert_eq!(claims::find(&mut tx, &sub, "zeta").await.expect("finds"), Some(first.clone()));
    let page = claims::page_custom(&mut tx, &sub, &PageRequest::default()).await.expect("lists");
    assert_eq!(page.items, [second.clone()]);

    let spec = ClaimSpec { help: "On the back".into(), ..second.object.spec.clone() };
    assert!(claims::update(&mut tx, &second.object.id, 1, &spec, NOW + 1).await.expect("updates"));
    assert!(!claims::update(&mut tx, &second.object.id, 1, &spec, NOW + 1).await.expect("refuses"));
    let now = claims::find(&mut tx, &sub, "alpha").await.expect("finds").expect("is there");
    assert_eq!((now.object.spec, now.object.version), (spec, 2));
});

both!(scopes_of_both_kinds_share_a_table, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    fixture::in_claim(&mut tx, &sub, "card").await;
    let connection = fixture::api_connection(&sub, "library-api");
    api_connections::insert(&mut tx, &connection).await.expect("inserts");
    let identity = fixture::identity_scope(&sub, "library", &["card"]);
    scopes::insert_identity(&mut tx, &identity).await.expect("inserts");
    assert_eq!(scopes::next_position(&mut tx, &sub).await.expect("counts"), 2);
    let api = fixture::api_scope(&sub, &connection.object.id, "books");
    scopes::insert_api(&mut tx, &api).await.expect("inserts");

    assert_eq!(scopes::list_identity(&mut tx, &sub).await.expect("lists"), std::slice::from_ref(&identity));
    assert_eq!(scopes::list_api(&mut tx, &sub).await.expect("lists"), std::slice::from_ref(&api));
    assert_eq!(scopes::find_identity(&mut tx, &sub, "library").await.expect("finds"), Some(identity.clone()));
    assert_eq!(scopes::find_identity(&mut tx, &sub, "books").await.expect("finds"), None);
    assert_eq!(scopes::find_api(&mut tx, &sub, "books").await.expect("finds"), Some(api.clone()));
    assert_eq!(scopes::find_api(&mut tx, &sub, "library").await.expect("finds"), None);
    let request = PageRequest::default();
    assert_eq!(
        scopes::page_identity(&mut tx, &sub, &request).await.expect("lists").items,
        std::slice::from_ref(&identity)
    );
    let page = scopes::page_api(&mut tx, &connection.object.id, &request).await.expect("lists");
    assert_eq!(page.items, std::slice::from_ref(&api));

    let spec = ApiScopeSpec { description: "More".into(), ..api.object.spec.clone() };
    assert!(scopes::update_api(&mut tx, &api.object.id, 1, &spec, NOW).await.expect("updates"));
    assert!(!scopes::update_api(&mut tx, &api.object.id, 1, &spec, NOW).await.expect("refuses"));

    fixture::in_claim(&mut tx, &sub, "tier").await;
    let mut spec = identity.object.spec.clone();
    spec.claims = vec!["tier".into()];
    assert!(scopes::update_identity(&mut tx, &identity.object.id, 1, &spec, NOW).await.expect("updates"));
    assert!(!scopes::update_identity(&mut tx, &identity.object.id, 1, &spec, NOW).await.expect("refuses"));
    let found = scopes::find_identity(&mut tx, &sub, "library").await.expect("finds").expect("is there");
    assert_eq!(found.object.spec.claims, ["tier"]);
    spec.claims = vec!["tier".into(), "nothing".into()];
    let refused = scopes::update_identity(&mut tx, &identity.object.id, 2, &spec, NOW).await.expect_err("refused");
    assert!(matches!(refused, Error::UnknownName { kind: NameKind::Claim, ref name } if name == "nothing"));
});

both!(a_connection_never_holds_its_secret, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let mut new = fixture::api_connection(&sub, "library-api");
    new.object.spec.secret = Some(SecretRef::Value("canary".repeat(8)));
    new.object.spec.scopes = vec![ApiScopeSpec { name: "x".into(), ..ApiScopeSpec::default() }];
    api_connections::insert(&mut tx, &new).await.expect("inserts");
    let found = api_connections::find(&mut tx, &sub, "library-api").await.expect("finds").expect("is there");
    assert_eq!((found.object.spec.secret.clone(), found.object.spec.scopes.len()), (None, 0));
    assert_eq!(api_connections::list(&mut tx, &sub).await.expect("lists"), std::slice::from_ref(&found));
    let page = api_connections::page(&mut tx, &sub, &PageRequest::default()).await.expect("lists");
    assert_eq!(page.items, std::slice::from_ref(&found));

    let spec = ApiConnectionSpec { display_name: "Other".into(), ..new.object.spec.clone() };
    assert!(api_connections::update(&mut tx, &found.object.id, 1, &spec, NOW).await.expect("updates"));
    assert!(!api_connections::update(&mut tx, &found.object.id, 1, &spec, NOW).await.expect("refuses"));
    let found = api_connections::find(&mut tx, &sub, "library-api").await.expect("finds").expect("is there");
    assert_eq!((found.object.spec.display_name.as_str(), found.object.spec.secret), ("Other", None));
});

both!(secrets_belong_to_one_owner, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let app = fixture::in_application(&mut tx, &sub, "my-app").await;
    let connection = fixture::api_connection(&sub, "library-api");
    api_connections::insert(&mut tx, &connection).await.expect("inserts");
    let secret = |application_id: Option<&str>, api_connection_id: Option<&str>| secrets::Secret {
        id: fixture::id(),
        subscription_id: sub.clone(),
        application_id: application_id.map(Into::into),
        api_connection_id: api_connection_id.map(Into::into),
        hash: fixture::hash(),
        sealed: None,
        created_at: NOW,
        expires_at: None,
        last_used_at: None,
    };
    let of_app = secret(Some(&app), None);
    let of_connection = secret(None, Some(&connection.object.id));
    for new in [&of_app, &of_connection] {
        secrets::insert(&mut tx, new).await.expect("inserts");
    }
    let all = secrets::list_of_subscription(&mut tx, &sub).await.expect("lists");
    assert_eq!(all, [of_app.clone(), of_connection.clone()]);
    secrets::touch_last_used(&mut tx, &[(of_app.id.clone(), NOW + 60)]).await.expect("touches");
    secrets::touch_last_used(&mut tx, &[(of_app.id.clone(), NOW + 30)]).await.expect("touches");
    assert!(secrets::expire(&mut tx, &of_app.id, NOW + 90).await.expect("expires"));
    let listed = secrets::list(&mut tx, secrets::Owner::Application(&app)).await.expect("lists");
    assert_eq!((listed.len(), listed[0].last_used_at, listed[0].expires_at), (1, Some(NOW + 60), Some(NOW + 90)));
    let owner = secrets::Owner::ApiConnection(&connection.object.id);
    assert_eq!(secrets::list(&mut tx, owner).await.expect("lists"), std::slice::from_ref(&of_connection));
    assert!(secrets::delete(&mut tx, &of_connection.id).await.expect("deletes"));
    assert!(!secrets::delete(&mut tx, &of_connection.id).await.expect("is gone"));
});

both!(signing_keys_retire_once, |store| async {
    let mut tx = store.begin().await.expect("begins");
    assert!(!signing_keys::any(&mut tx).await.expect("asks"));
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let old = fixture::signing_key(&sub, NOW);
    let new = fixture::signing_key(&sub, NOW + 100);
    for key in [&new, &old] {
        signing_keys::insert(&mut tx, key).await.expect("inserts");
    }
    assert!(signing_keys::any(&mut tx).await.expect("asks"));
    assert_eq!(signing_keys::list(&mut tx, &sub).await.expect("lists"), [old.clone(), new.clone()]);
    assert!(signing_keys::retire(&mut tx, &old.id, NOW + 100, NOW + 200).await.expect("retires"));
    assert!(!signing_keys::retire(&mut tx, &old.id, NOW + 300, NOW + 400).await.expect("once"));
    let listed = signing_keys::list(&mut tx, &sub).await.expect("lists");
    assert_eq!((listed.len(), listed[0].retires_at, listed[0].expires_at), (2, Some(NOW + 100), Some(NOW + 200)));
});

both!(a_snapshot_holds_it_all, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    fixture::in_claim(&mut tx, &sub, "card").await;
    let connection = fixture::api_connection(&sub, "library-api");
    api_connections::insert(&mut tx, &connection).await.expect("inserts");
    let identity = fixture::identity_scope(&sub, "library", &["card"]);
    scopes::insert_identity(&mut tx, &identity).await.expect("inserts");
    let api = fixture::api_scope(&sub, &connection.object.id, "books");
    scopes::insert_api(&mut tx, &api).await.expect("inserts");
    fixture::in_application(&mut tx, &sub, "my-app").await;
    signing_keys::insert(&mut tx, &fixture::signing_key(&sub, NOW)).await.expect("inserts");
    tx.commit().await.expect("commits");

    let mut conn = store.read_at_once().await.expect("reads");
    let found = snapshot::load(&mut conn, "a").await.expect("loads").expect("is there");
    assert_eq!(found.subscription.object.id, sub);
    assert_eq!(found.claims.len(), 1);
    assert_eq!((&found.identity_scopes, &found.api_scopes), (&vec![identity], &vec![api]));
    assert_eq!(found.api_connections, std::slice::from_ref(&connection));
    assert_eq!((found.applications.len(), found.secrets.len(), found.signing_keys.len()), (1, 0, 1));
    let shown = snapshot::load_objects(&mut conn, "a").await.expect("loads").expect("is there");
    assert_eq!(shown, snapshot::Snapshot { secrets: Vec::new(), signing_keys: Vec::new(), ..found });
    assert_eq!(snapshot::load(&mut conn, "b").await.expect("loads"), None);
});
