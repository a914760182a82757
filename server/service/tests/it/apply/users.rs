//! Users of the file.

use serde_json::{Value, json};
use service::Ctx;
use service::apply::{Options, apply};
use service::console::users;

use super::{applied, file, lines, problems, with_variables};
use crate::fixture::{PASSWORD, first_page, logs, new_user, owner};

fn library(users: &Value) -> model::spec::Document {
    file(&json!({
        "claims": [{ "name": "library_card", "display_name": "Library card", "pattern": "^LC-[0-9]{6}$", "unique": true }],
        "users": users
    }))
}

fn resetting() -> Options {
    Options { reset_users: true, ..Options::default() }
}

async fn john(ctx: &Ctx) -> users::UserView {
    let listed = users::page(ctx, &owner(), "mysub", &first_page()).await.expect("list").items;
    let john = listed.iter().find(|user| user.username.as_deref() == Some("john")).expect("john");
    users::get(ctx, &owner(), "mysub", &john.id).await.expect("john")
}

fn card(view: &users::UserView) -> Option<&Value> {
    view.claims.iter().find(|(spec, _)| spec.name == "library_card").and_then(|(_, value)| value.as_ref())
}

async fn has_password(ctx: &Ctx, id: &str, password: &str) -> bool {
    let row = store::users::find(&mut ctx.read().await.expect("reads"), id).await.expect("found").expect("user");
    ctx.hasher.verify(password, row.password_hash.as_deref()).await.expect("verifies")
}

both!(password_and_claims_count_at_creation_only, |ctx| async {
    let person = |card: &str, password: &str| {
        library(&json!([{ "username": "john", "email": "john@example.com", "email_verified": true,
            "password": format!("value:{password}"), "claims": { "library_card": card, "name": "John" } }]))
    };
    let plan = applied(&ctx, &person("LC-000001", PASSWORD)).await;
    assert_eq!(lines(&plan).last().map(String::as_str), Some("+ mysub/users/john"));
    let other = "another river over sand";
    assert!(applied(&ctx, &person("LC-000002", other)).await.is_empty());
    let view = john(&ctx).await;
    assert_eq!(card(&view), Some(&json!("LC-000001")));
    assert!(has_password(&ctx, &view.id, PASSWORD).await && view.email_verified);
    let plan = apply(&ctx, &person("LC-000002", other), &resetting(), false).await.expect("applied");
    assert_eq!(plan.to_string(), "~ mysub/users/john\n    password: (hidden)\n    claims.library_card: (hidden)\n");
    let view = john(&ctx).await;
    assert_eq!(card(&view), Some(&json!("LC-000002")));
    assert!(has_password(&ctx, &view.id, other).await);
    let again = apply(&ctx, &person("LC-000002", other), &resetting(), false).await.expect("applied");
    assert!(again.is_empty(), "{again}");
    let log = logs(&ctx).await;
    assert!(log.contains("user_created") && log.contains("user_changed"));
    assert!(!log.contains("LC-0000") && !log.contains(other) && !log.contains("John"), "{log}");
});

both!(a_file_that_was_applied_stays_applicable, |ctx| async {
    let file = library(&json!([{ "username": "john", "password": format!("value:{PASSWORD}"),
        "claims": { "library_card": "LC-000001" } }]));
    applied(&ctx, &file).await;
    let view = john(&ctx).await;
    let edit = service::console::UserEdit {
        username: view.username,
        email: view.email,
        email_verified: false,
        claims: vec![("library_card".into(), Some(json!("LC-000002")))],
    };
    users::update(&ctx, &owner(), "mysub", &view.id, view.version, edit).await.expect("another card");
    let finder =
        service::console::NewUser { claims: vec![("library_card".into(), json!("LC-000001"))], ..new_user("finder") };
    users::create(&ctx, &owner(), "mysub", finder).await.expect("the card is free");
    assert!(applied(&ctx, &file).await.is_empty());
    let told = problems(apply(&ctx, &file, &resetting(), false).await);
    assert_eq!(told, [("subscriptions[0].users[0].claims.library_card".to_owned(), "taken".to_owned())]);
});

both!(values_that_fail_todays_rules_are_exported_and_left_alone, |ctx| async {
    applied(&ctx, &library(&json!([{ "username": "john", "claims": { "library_card": "LC-000001" } }]))).await;
    applied(
        &ctx,
        &file(&json!({ "claims": [{ "name": "library_card", "display_name": "Library card",
        "pattern": "^X[0-9]$", "unique": true }] })),
    )
    .await;
    let exported = service::apply::export(&ctx, None, true).await.expect("exported");
    assert_eq!(exported.subscriptions[0].users[0].claims.len(), 1);
    assert!(applied(&ctx, &exported).await.is_empty());
});

both!(names_and_addresses_follow_the_file, |ctx| async {
    applied(&ctx, &library(&json!([{ "username": "john", "email": "john@example.com", "email_verified": true }])))
        .await;
    let silent = library(&json!([{ "username": "john" }]));
    assert!(applied(&ctx, &silent).await.is_empty(), "what the file does not say stays");
    assert!(john(&ctx).await.email_verified);
    let plan = applied(&ctx, &library(&json!([{ "username": "john", "email": "new@example.com" }]))).await;
    assert_eq!(lines(&plan), ["~ mysub/users/john"]);
    let view = john(&ctx).await;
    assert_eq!((view.email.as_deref(), view.email_verified), (Some("new@example.com"), false));
    // Without a user name one is known by the address.
    let by_address = library(&json!([{ "email": "NEW@example.com", "email_verified": true }]));
    applied(&ctx, &by_address).await;
    assert!(john(&ctx).await.email_verified);
    assert!(applied(&ctx, &by_address).await.is_empty());
});

both!(users_obey_the_same_policy_as_the_pages, |ctx| async {
    applied(&ctx, &library(&json!([]))).await;
    let taken =
        service::console::NewUser { claims: vec![("library_card".into(), json!("LC-777777"))], ..new_user("holder") };
    users::create(&ctx, &owner(), "mysub", taken).await.expect("user");
    let wrong = library(&json!([
        { "username": "a", "password": "value:short" },
        { "username": "b", "password": "value:correct horse battery staple" },
        { "username": "c", "claims": { "library_card": "LC-1", "hat": 1, "sub": "x" } },
        { "username": "d", "claims": { "library_card": "LC-777777" } },
        { "username": "e", "email": "holder@example.com" },
        { "username": "f", "claims": { "library_card": "LC-000001" } },
        { "username": "F", "claims": { "library_card": "LC-000001" } },
        { "username": "g", "password": "env:NOT_SET" },
        {}
    ]));
    let told = problems(apply(&ctx, &wrong, &with_variables(&[]), false).await);
    let expected = [
        ("[0].password", "password-short"),
        ("[1].password", "password-blocked"),
        ("[2].claims.hat", "unknown"),
        ("[2].claims.library_card", "pattern"),
        ("[2].claims.sub", "derived-claim"),
        ("[3].claims.library_card", "taken"),
        ("[4].email", "taken"),
        ("[6].username", "taken"),
        ("[6].claims.library_card", "taken"),
        ("[7].password", "secret-unset"),
        ("[8].username", "username-or-email"),
    ];
    let expected = expected.map(|(path, code)| (format!("subscriptions[0].users{path}"), code.to_owned()));
    assert_eq!(told, expected);
});

both!(a_new_subscription_takes_its_users_at_once, |ctx| async {
    let wrong = library(&json!([{ "username": "john", "claims": { "library_card": "nonsense" } }]));
    let told = problems(apply(&ctx, &wrong, &Options::default(), false).await);
    assert_eq!(told, [("subscriptions[0].users[0].claims.library_card".to_owned(), "pattern".to_owned())]);
    let people = json!([{ "username": "john", "claims": { "library_card": "LC-000001", "address": { "country": "Portugal" } } }]);
    applied(&ctx, &library(&people)).await;
    assert_eq!(card(&john(&ctx).await), Some(&json!("LC-000001")));
});
