//! API connections with their scopes and secrets.

use model::SecretPlan;
use model::spec::{ApiConnectionSpec, ApiScopeSpec, ApplicationSpec};
use service::Error;
use service::console::{api_connections, api_scopes, applications};

use crate::fixture::{
    api_scope_spec, application_spec, code_at, connection_spec, first_page, identity_scope_spec, owner, strings,
    subscription,
};

both!(a_connection_comes_with_its_scope_and_a_secret, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("made");
    assert_eq!(made.secret.len(), 43, "256 bits in base64url");
    assert!(!format!("{made:?}").contains(&made.secret));
    let id = &made.stored.id;
    api_scopes::create(&ctx, &owner(), "mysub", id, api_scope_spec("a-first-by-name")).await.expect("scope");
    let view = api_connections::get(&ctx, &owner(), "mysub", id).await.expect("view");
    let names: Vec<_> = view.scopes.iter().map(|scope| scope.spec.name.as_str()).collect();
    assert_eq!(names, ["library-api", "a-first-by-name"]);
    assert_eq!(view.secrets.len(), 1);
    let cards = api_connections::page(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items;
    assert_eq!((cards[0].stored.spec.name.as_str(), cards[0].scopes), ("library-api", 2));
    let options = api_scopes::all(&ctx, &owner(), "mysub").await.expect("options");
    let options: Vec<_> = options.iter().map(|o| (o.scope.name.as_str(), o.connection.as_str())).collect();
    assert_eq!(options, [("library-api", "The library-api"), ("a-first-by-name", "The library-api")]);
    // What the hot paths compare with is the secret's SHA-256.
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    let connection = snapshot.tenant.connection("library-api").expect("connection");
    assert_eq!(connection.secrets()[0].hash_hex, service::crypto::hash(&made.secret));
});

both!(the_scope_of_its_own_name_stays_and_keeps_its_name, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("made");
    let id = &made.stored.id;
    let own = api_connections::get(&ctx, &owner(), "mysub", id).await.expect("view").scopes.remove(0);
    let gone = api_scopes::delete(&ctx, &owner(), "mysub", id, &own.id, own.version).await;
    assert_eq!(code_at(gone, ""), "connection-scope");
    let renamed = ApiScopeSpec { name: "other".into(), ..own.spec.clone() };
    let refused = api_scopes::update(&ctx, &owner(), "mysub", id, &own.id, own.version, renamed).await;
    assert_eq!(code_at(refused, "name"), "immutable");
    // While it has no words of its own it is called what the connection is called.
    let words = ApiConnectionSpec { display_name: "Books".into(), ..made.stored.spec.clone() };
    api_connections::update(&ctx, &owner(), "mysub", id, 1, words.clone()).await.expect("saved");
    let own = api_scopes::get(&ctx, &owner(), "mysub", id, &own.id).await.expect("scope");
    assert_eq!(own.spec.display_name, "Books");
    let words = ApiScopeSpec { display_name: "Everything".into(), ..own.spec.clone() };
    api_scopes::update(&ctx, &owner(), "mysub", id, &own.id, own.version, words).await.expect("saved");
    let again = ApiConnectionSpec { display_name: "Shelves".into(), ..made.stored.spec.clone() };
    api_connections::update(&ctx, &owner(), "mysub", id, 2, again).await.expect("saved");
    let own = api_scopes::get(&ctx, &owner(), "mysub", id, &own.id).await.expect("scope");
    assert_eq!(own.spec.display_name, "Everything");
});

both!(bad_connections_and_scopes_are_refused_at_their_fields, |ctx| async {
    subscription(&ctx, "mysub").await;
    applications::create(&ctx, &owner(), "mysub", application_spec("my-app")).await.expect("application");
    let made = api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("made");
    for (name, code) in [
        ("library-api", "taken"),
        ("my-app", "taken"),
        // Its scope would be the preset's.
        ("profile", "taken"),
        ("Library API", "connection-name"),
        ("", "required"),
    ] {
        let refused = api_connections::create(&ctx, &owner(), "mysub", connection_spec(name)).await;
        assert_eq!(code_at(refused, "name"), code, "{name}");
    }
    let id = &made.stored.id;
    for (name, code) in [("profile", "taken"), ("library-api", "taken"), ("a b", "scope-name")] {
        let refused = api_scopes::create(&ctx, &owner(), "mysub", id, api_scope_spec(name)).await;
        assert_eq!(code_at(refused, "name"), code, "{name}");
    }
    let renamed = connection_spec("other");
    let refused = api_connections::update(&ctx, &owner(), "mysub", id, 1, renamed).await;
    assert_eq!(code_at(refused, "name"), "immutable");
    let outdated = api_connections::update(&ctx, &owner(), "mysub", id, 7, connection_spec("library-api")).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    // A refused connection leaves no half of itself: the names are free for others.
    let scope = identity_scope_spec("Library", &["name"]);
    service::console::identity_scopes::create(&ctx, &owner(), "mysub", scope).await.expect("free");
});

both!(at_most_five_secrets_and_each_can_go, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("made");
    let id = &made.stored.id;
    let mut secrets = vec![made.secret];
    for _ in 0..4 {
        let another =
            api_connections::new_secret(&ctx, &owner(), "mysub", id, SecretPlan::default()).await.expect("another");
        secrets.push(another.secret);
    }
    secrets.sort();
    secrets.dedup();
    assert_eq!(secrets.len(), 5);
    let sixth = api_connections::new_secret(&ctx, &owner(), "mysub", id, SecretPlan::default()).await;
    assert_eq!(code_at(sixth, ""), "too-many-secrets");
    let view = api_connections::get(&ctx, &owner(), "mysub", id).await.expect("view");
    let oldest = &view.secrets[0].id;
    api_connections::remove_secret(&ctx, &owner(), "mysub", id, oldest).await.expect("removed");
    let again = api_connections::remove_secret(&ctx, &owner(), "mysub", id, oldest).await;
    assert!(matches!(again, Err(Error::NotFound)));
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert_eq!(snapshot.tenant.connection("library-api").expect("connection").secrets().len(), 4);
});

both!(a_connection_in_use_stays, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("made");
    let id = &made.stored.id;
    let scope = api_scopes::create(&ctx, &owner(), "mysub", id, api_scope_spec("books")).await.expect("scope");
    let spec = ApplicationSpec { allowed_api_scopes: strings(&["books"]), ..application_spec("my-app") };
    let application = applications::create(&ctx, &owner(), "mysub", spec).await.expect("application").stored;
    for refused in [
        api_scopes::delete(&ctx, &owner(), "mysub", id, &scope.id, 1).await,
        api_connections::delete(&ctx, &owner(), "mysub", id, 1).await,
    ] {
        assert!(matches!(refused, Err(Error::InUse(used_by)) if used_by[0].name == "my-app"));
    }
    let usage = api_scopes::usage(&ctx, &owner(), "mysub", id, &scope.id).await.expect("usage");
    assert_eq!(usage[0].name, "my-app");
    applications::delete(&ctx, &owner(), "mysub", &application.id, 1).await.expect("deleted");
    api_connections::delete(&ctx, &owner(), "mysub", id, 1).await.expect("deleted");
    assert!(api_scopes::all(&ctx, &owner(), "mysub").await.expect("options").is_empty());
    api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("free again");
});
