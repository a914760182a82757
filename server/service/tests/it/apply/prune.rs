//! Pruning removes what the file does not list, and makes what comes by itself as it came.

use serde_json::json;
use service::apply::{Options, apply};
use service::console::{applications, claims, identity_scopes, subscriptions, users};

use super::{applied, file, lines, problems, pruning};
use crate::fixture::{first_page, furnished, owner, subscription};

both!(without_pruning_nothing_goes, |ctx| async {
    furnished(&ctx, "mysub").await;
    let plan = applied(&ctx, &file(&json!({ "name": "The mysub" }))).await;
    assert!(plan.is_empty(), "{plan}");
});

both!(pruning_removes_configuration_and_no_people, |ctx| async {
    let mine = furnished(&ctx, "mysub").await;
    subscription(&ctx, "other").await;
    let all = claims::all(&ctx, &owner(), "mysub").await.expect("claims");
    let nickname = all.iter().find(|claim| claim.spec.name == "nickname").expect("standard");
    let spec = model::spec::ClaimSpec { show_on_profile: true, ..nickname.spec.clone() };
    claims::update(&ctx, &owner(), "mysub", &nickname.id, 1, spec).await.expect("saved");
    let file = file(&json!({ "name": "The mysub" }));
    let dry = apply(&ctx, &file, &pruning(), true).await.expect("a plan");
    let plan = apply(&ctx, &file, &pruning(), false).await.expect("applied");
    assert_eq!(dry, plan);
    let expected = [
        "~ mysub/claims/nickname",
        "- mysub/claims/library_card",
        "- mysub/identity_scopes/library",
        "- mysub/api_connections/library-api",
        "- mysub/applications/my-app",
    ];
    assert_eq!(lines(&plan), expected);
    assert!(apply(&ctx, &file, &pruning(), false).await.expect("applied").is_empty());
    let scopes = identity_scopes::all(&ctx, &owner(), "mysub").await.expect("scopes");
    assert_eq!(scopes.len(), 5, "the preset's stay");
    users::get(&ctx, &owner(), "mysub", &mine.user).await.expect("people stay");
    subscriptions::get(&ctx, &owner(), "other").await.expect("other subscriptions stay");
    assert!(applications::page(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items.is_empty());
});

both!(an_api_scope_goes_with_its_last_mention, |ctx| async {
    let with = |scopes: serde_json::Value, allowed: serde_json::Value| {
        file(&json!({
            "api_connections": [{ "name": "api", "display_name": "API", "scopes": scopes }],
            "applications": [{ "client_id": "app", "name": "App", "redirect_uris": ["https://a.example/"],
                               "allowed_identity_scopes": ["openid"], "allowed_api_scopes": allowed }]
        }))
    };
    let books = json!([{ "name": "books", "display_name": "Books" }]);
    applied(&ctx, &with(books, json!(["api", "books"]))).await;
    let unlisted = with(json!([]), json!(["api", "books"]));
    assert!(applied(&ctx, &unlisted).await.is_empty(), "it stands, so it may be allowed");
    let refused = apply(&ctx, &unlisted, &pruning(), false).await;
    let expected = ("subscriptions[0].applications[0].allowed_api_scopes".to_owned(), "unknown".to_owned());
    assert_eq!(problems(refused), [expected]);
    let plan = apply(&ctx, &with(json!([]), json!(["api"])), &pruning(), false).await.expect("applied");
    assert_eq!(lines(&plan), ["- mysub/api_connections/api/scopes/books", "~ mysub/applications/app"]);
    // Words of the connection's own scope go, the scope stays.
    let words = json!([{ "name": "api", "display_name": "Everything", "description": "All" }]);
    let plan = applied(&ctx, &with(words, json!(["api"]))).await;
    assert_eq!(lines(&plan), ["~ mysub/api_connections/api/scopes/api"]);
    let plan =
        apply(&ctx, &with(json!([]), json!(["api"])), &Options { prune: true, ..Options::default() }, false).await;
    assert_eq!(lines(&plan.expect("applied")), ["~ mysub/api_connections/api/scopes/api"]);
});

both!(a_connection_that_is_renamed_takes_its_scope_along, |ctx| async {
    let named = |words: &str| file(&json!({ "api_connections": [{ "name": "api", "display_name": words }] }));
    applied(&ctx, &named("API")).await;
    let plan = applied(&ctx, &named("Books")).await;
    assert_eq!(lines(&plan), ["~ mysub/api_connections/api", "~ mysub/api_connections/api/scopes/api"]);
    assert!(apply(&ctx, &named("Books"), &pruning(), false).await.expect("applied").is_empty());
});
