//! What comes back is the same each time, and applying it changes nothing.

use model::spec::{ApiConnectionSpec, ApiScopeSpec, ClaimSpec, IdentityScopeSpec};
use serde_json::json;
use service::apply::{Options, apply, export, plan};
use service::console::{api_connections, api_scopes, applications, claims, identity_scopes, subscriptions, users};
use service::{Ctx, Error};

use super::{applied, document, lines, problems, pruning, with_variables};
use crate::fixture::{
    PASSWORD, api_scope_spec, application_spec, connection_spec, furnished, new_user, owner, strings, subscription,
};

/// Everything that an administrator can do by hand.
async fn by_hand(ctx: &Ctx) {
    let (who, mine) = (&owner(), furnished(ctx, "mine").await);
    furnished(ctx, "another").await;
    let all = claims::all(ctx, who, "mine").await.expect("claims");
    let nickname = all.iter().find(|claim| claim.spec.name == "nickname").expect("standard");
    let spec = ClaimSpec { show_on_profile: true, ..nickname.spec.clone() };
    claims::update(ctx, who, "mine", &nickname.id, 1, spec).await.expect("saved");
    let scopes = identity_scopes::all(ctx, who, "mine").await.expect("scopes");
    let find = |name: &str| scopes.iter().find(|scope| scope.spec.name == name).expect("scope").clone();
    let spec = IdentityScopeSpec { claims: strings(&["email"]), ..find("email").spec };
    identity_scopes::update(ctx, who, "mine", &find("email").id, 1, spec).await.expect("saved");
    identity_scopes::delete(ctx, who, "mine", &find("phone").id, 1).await.expect("deleted");
    let words = ApiConnectionSpec { display_name: "Books".into(), ..connection_spec("library-api") };
    api_connections::update(ctx, who, "mine", &mine.connection, 1, words).await.expect("saved");
    let own = api_scopes::get(ctx, who, "mine", &mine.connection, &mine.api_scope).await.expect("scope");
    let words = ApiScopeSpec { description: "All of it".into(), ..own.spec };
    api_scopes::update(ctx, who, "mine", &mine.connection, &own.id, own.version, words).await.expect("saved");
    for name in ["z-scope", "a-scope"] {
        api_scopes::create(ctx, who, "mine", &mine.connection, api_scope_spec(name)).await.expect("scope");
    }
    // Two names that would give one variable.
    for client_id in ["my_app", "https://app.example/~me"] {
        applications::create(ctx, who, "mine", application_spec(client_id)).await.expect("application");
    }
    applications::set_disabled(ctx, who, "mine", &mine.application, 1, true).await.expect("disabled");
    let user = service::console::NewUser {
        password: Some(PASSWORD.into()),
        claims: vec![("address".into(), json!({ "locality": "Lisbon" }))],
        ..new_user("ann")
    };
    users::create(ctx, who, "mine", user).await.expect("user");
    let out = users::create(ctx, who, "mine", new_user("gone-abroad")).await.expect("user");
    users::set_disabled(ctx, who, "mine", &out, 1, true).await.expect("disabled");
}

both!(applying_an_export_changes_nothing, |ctx| async {
    by_hand(&ctx).await;
    let exported = export(&ctx, None, true).await.expect("exported");
    let text = serde_json::to_string_pretty(&exported).expect("json");
    let again = serde_json::to_string_pretty(&export(&ctx, None, true).await.expect("exported")).expect("json");
    assert_eq!(text, again, "byte by byte");
    assert!(!text.contains("argon2") && !text.contains(PASSWORD));
    let read = service::apply::parse(&text, "export.json").expect("its own format");
    assert_eq!(read, exported);
    let everything = Options { prune: true, reset_users: true, ..Options::default() };
    for options in [Options::default(), pruning(), everything] {
        let plan = apply(&ctx, &read, &options, false).await.expect("applied");
        assert!(plan.is_empty(), "{plan}");
    }
    let slugs: Vec<_> = read.subscriptions.iter().map(|s| s.slug.as_str()).collect();
    assert_eq!(slugs, ["another", "mine"], "in the order of slugs, and without the built-in one");
    let secrets: Vec<_> = read.subscriptions[1].applications.iter().map(|a| format!("{:?}", a.secret)).collect();
    let expected = ["MINE_HTTPS___APP_EXAMPLE__ME_SECRET", "MINE_MY_APP_SECRET", "MINE_MY_APP_SECRET_2"];
    assert_eq!(secrets, expected.map(|name| format!("Some(env:{name})")));
});

both!(an_export_gives_the_same_elsewhere, |ctx| async {
    by_hand(&ctx).await;
    let exported = export(&ctx, Some("mine"), false).await.expect("exported");
    assert!(exported.subscriptions[0].users.is_empty());
    let version = subscriptions::get(&ctx, &owner(), "mine").await.expect("view").stored.version;
    subscriptions::delete(&ctx, &owner(), "mine", version).await.expect("deleted");
    let secret = "a secret that somebody chose, long enough";
    let variables = [
        ("MINE_HTTPS___APP_EXAMPLE__ME_SECRET", secret),
        ("MINE_LIBRARY_API_SECRET", secret),
        ("MINE_MY_APP_SECRET", secret),
        ("MINE_MY_APP_SECRET_2", secret),
    ];
    assert_eq!(exported.subscriptions[0].without_identity_scopes, ["phone"]);
    let made = apply(&ctx, &exported, &with_variables(&variables), false).await.expect("applied");
    assert!(lines(&made).contains(&"+ mine/applications/my-app".to_owned()));
    assert_eq!(export(&ctx, Some("mine"), false).await.expect("exported"), exported);
    let scopes = identity_scopes::all(&ctx, &owner(), "mine").await.expect("scopes");
    assert!(!scopes.iter().any(|scope| scope.spec.name == "phone"), "what was deleted stays deleted");
});

both!(users_come_back_as_they_were, |ctx| async {
    by_hand(&ctx).await;
    let exported = export(&ctx, Some("mine"), true).await.expect("exported");
    let version = subscriptions::get(&ctx, &owner(), "mine").await.expect("view").stored.version;
    subscriptions::delete(&ctx, &owner(), "mine", version).await.expect("deleted");
    let secret = "a secret that somebody chose, long enough";
    let names = ["HTTPS___APP_EXAMPLE__ME", "LIBRARY_API", "MY_APP", "MY_APP_2"];
    let variables = names.map(|name| match name.strip_suffix("_2") {
        Some(name) => (format!("MINE_{name}_SECRET_2"), secret),
        None => (format!("MINE_{name}_SECRET"), secret),
    });
    let variables: Vec<_> = variables.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    apply(&ctx, &exported, &with_variables(&variables), false).await.expect("applied");
    assert_eq!(export(&ctx, Some("mine"), true).await.expect("exported"), exported);
    assert!(exported.subscriptions[0].users.iter().any(|user| user.disabled));
});

both!(a_scope_that_shall_not_be_is_one_of_the_preset_and_listed_nowhere_else, |ctx| async {
    let file = document(&json!({ "subscriptions": [{
        "slug": "mysub", "name": "Library", "without_identity_scopes": ["shelf", "email"],
        "identity_scopes": [{ "name": "email", "display_name": "E-mail", "claims": ["email"] }],
        "applications": [{ "client_id": "a", "name": "A", "type": "web", "redirect_uris": ["https://a.example/"],
            "allowed_identity_scopes": ["openid", "phone"] }]
    }] }));
    let told = problems(apply(&ctx, &file, &Options::default(), false).await);
    let places: Vec<_> = told.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
    assert!(places.contains(&("subscriptions[0].without_identity_scopes[0]", "unknown")), "{places:?}");
    assert!(places.contains(&("subscriptions[0].without_identity_scopes[1]", "repeated")), "{places:?}");
    // Nobody may request what will not be there.
    let mut file = file;
    file.subscriptions[0].without_identity_scopes = vec!["phone".into()];
    let told = problems(apply(&ctx, &file, &Options::default(), false).await);
    assert!(told.iter().any(|(place, _)| place.contains("allowed_identity_scopes")), "{told:?}");
});

both!(what_stands_outside_is_not_exported, |ctx| async {
    subscription(&ctx, "mysub").await;
    for slug in ["system", "nowhere", ""] {
        assert!(matches!(export(&ctx, Some(slug), true).await, Err(Error::NotFound)), "{slug}");
    }
    let refused =
        plan(&ctx, &document(&json!({ "subscriptions": [{ "slug": "system", "name": "Mine" }] })), &Options::default())
            .await;
    assert!(problems(refused).contains(&("subscriptions[0].slug".into(), "reserved".into())));
});

both!(an_empty_installation_exports_an_empty_file, |ctx| async {
    let exported = export(&ctx, None, true).await.expect("exported");
    assert_eq!(serde_json::to_string(&exported).expect("json"), r#"{"subscriptions":[]}"#);
    assert!(applied(&ctx, &exported).await.is_empty());
});
