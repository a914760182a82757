//! A wrong file names each place and reason, and nothing of it is applied.

use serde_json::json;
use service::apply::{Options, apply};
use service::console::{claims, subscriptions, users};

use super::{applied, document, file, problems};
use crate::fixture::{logs, new_user, owner};

both!(every_problem_is_told_at_its_path, |ctx| async {
    let before = logs(&ctx).await;
    let wrong = document(&json!({ "subscriptions": [
        { "slug": "good", "name": "Good" },
        { "slug": "Bad Slug", "name": "",
          "claims": [{ "name": "iss", "display_name": "X" }, { "name": "a", "display_name": "A", "pattern": "[" },
                     { "name": "a", "display_name": "A" }],
          "identity_scopes": [{ "name": "library", "display_name": "L", "claims": ["hat"] },
                              { "name": "api", "display_name": "L", "claims": ["name"] }],
          "api_connections": [{ "name": "api", "display_name": "API",
                                "scopes": [{ "name": "x y", "display_name": "X" }] }],
          "applications": [{ "client_id": "api", "name": "App", "redirect_uris": ["http://a.example/"],
                             "allowed_identity_scopes": ["nothing"], "required_claims": ["sub"] }],
          "users": [{ "username": "a@b" }] },
        { "slug": "good", "name": "Twice" }
    ] }));
    let expected = [
        ("subscriptions[1].slug", "slug"),
        ("subscriptions[1].name", "required"),
        ("subscriptions[1].claims[2].name", "repeated"),
        ("subscriptions[1].api_connections[0].name", "repeated"),
        ("subscriptions[1].applications[0].client_id", "repeated"),
        ("subscriptions[1].claims[0].name", "reserved"),
        ("subscriptions[1].claims[1].pattern", "pattern-syntax"),
        ("subscriptions[1].identity_scopes[0].claims", "unknown"),
        ("subscriptions[1].api_connections[0].scopes[0].name", "scope-name"),
        ("subscriptions[1].applications[0].redirect_uris", "uri-http"),
        ("subscriptions[1].applications[0].required_claims", "not-requirable"),
        ("subscriptions[1].applications[0].allowed_identity_scopes", "unknown"),
        ("subscriptions[1].users[0].username", "username"),
        ("subscriptions[2].slug", "repeated"),
    ];
    let told = problems(apply(&ctx, &wrong, &Options::default(), false).await);
    let told: Vec<_> = told.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(told, expected);
    assert_eq!(logs(&ctx).await, before, "nothing was applied");
    assert!(subscriptions::get(&ctx, &owner(), "good").await.is_err());
});

both!(what_cannot_change_is_told, |ctx| async {
    applied(
        &ctx,
        &file(&json!({
            "claims": [{ "name": "badge", "display_name": "Badge" }],
            "applications": [{ "client_id": "app", "name": "App", "redirect_uris": ["https://a.example/"] }]
        })),
    )
    .await;
    let changed = file(&json!({
        "claims": [{ "name": "badge", "display_name": "Badge", "type": "integer" },
                   { "name": "sub", "display_name": "Subject", "show_on_profile": true }],
        "applications": [{ "client_id": "app", "name": "App", "type": "native",
                           "redirect_uris": ["https://a.example/"] }]
    }));
    let told = problems(apply(&ctx, &changed, &Options::default(), true).await);
    let expected = [
        ("subscriptions[0].claims[0].type", "immutable"),
        ("subscriptions[0].claims[1].show_on_profile", "derived-claim"),
        ("subscriptions[0].applications[0].type", "immutable"),
    ];
    assert_eq!(told, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
});

both!(names_that_something_else_bears_are_told, |ctx| async {
    applied(&ctx, &file(&json!({
        "api_connections": [{ "name": "api", "display_name": "API", "scopes": [{ "name": "books", "display_name": "B" }] }],
        "applications": [{ "client_id": "app", "name": "App", "redirect_uris": ["https://a.example/"] }]
    }))).await;
    let clashing = file(&json!({
        "identity_scopes": [{ "name": "books", "display_name": "B", "claims": ["name"] }],
        "api_connections": [{ "name": "app", "display_name": "App", "scopes": [{ "name": "openid", "display_name": "O" }] }],
        "applications": [{ "client_id": "api", "name": "App", "redirect_uris": ["https://a.example/"] }]
    }));
    let told = problems(apply(&ctx, &clashing, &Options::default(), true).await);
    let expected = [
        ("subscriptions[0].identity_scopes[0].name", "taken"),
        ("subscriptions[0].api_connections[0].scopes[0].name", "taken"),
        ("subscriptions[0].api_connections[0].name", "taken"),
        ("subscriptions[0].applications[0].client_id", "taken"),
    ];
    assert_eq!(told, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
});

both!(unique_cannot_begin_while_values_repeat, |ctx| async {
    applied(&ctx, &file(&json!({ "claims": [{ "name": "badge", "display_name": "Badge" }] }))).await;
    for name in ["ann", "ben"] {
        let user = service::console::NewUser { claims: vec![("badge".into(), json!("B1"))], ..new_user(name) };
        users::create(&ctx, &owner(), "mysub", user).await.expect("user");
    }
    let unique = file(&json!({ "name": "Renamed",
        "claims": [{ "name": "badge", "display_name": "Badge", "unique": true }] }));
    let told = problems(apply(&ctx, &unique, &Options::default(), false).await);
    assert_eq!(told, [("subscriptions[0].claims[0].unique".to_owned(), "duplicates".to_owned())]);
    assert!(claims::all(&ctx, &owner(), "mysub").await.expect("claims").iter().all(|claim| !claim.spec.unique));
    assert_eq!(subscriptions::get(&ctx, &owner(), "mysub").await.expect("view").stored.spec.name, "My subscription");
});
