//! Claims: defined, changed, made unique, deleted.

use model::claim_type::ClaimType;
use model::spec::ClaimSpec;
use serde_json::json;
use service::console::{applications, claims, identity_scopes, users};
use service::{Actor, Error};

use crate::fixture::{
    application_spec, claim_spec, code_at, first_page, identity_scope_spec, library_card, logs, new_user, owner,
    subscription,
};
use crate::history::{id, undo};

both!(custom_claims_are_defined_listed_and_changed, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = claims::create(&ctx, &owner(), "mysub", library_card()).await.expect("made");
    assert_eq!(claims::get(&ctx, &owner(), "mysub", &made.id).await.expect("found"), made.stored);
    let listed = claims::custom(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items;
    assert_eq!(listed, std::slice::from_ref(&made.stored));
    let all = claims::all(&ctx, &owner(), "mysub").await.expect("all");
    assert_eq!(all.last().map(|claim| &claim.id), Some(&made.id), "after the standard ones");
    let spec = ClaimSpec { help: "On the back of your card".into(), ..made.spec.clone() };
    claims::update(&ctx, &owner(), "mysub", &made.id, 1, spec.clone()).await.expect("saved");
    let outdated = claims::update(&ctx, &owner(), "mysub", &made.id, 1, spec.clone()).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    assert_eq!(claims::get(&ctx, &owner(), "mysub", &made.id).await.expect("found").spec, spec);
});

both!(a_claim_is_put_into_a_scope_and_undone_with_it, |ctx| async {
    subscription(&ctx, "mysub").await;
    let who = owner();
    let make =
        async |name: &str, scope: &str| claims::create_in_scope(&ctx, &who, "mysub", claim_spec(name), scope).await;
    let held = async |scope: &str| {
        let scopes = identity_scopes::all(&ctx, &who, "mysub").await.expect("scopes");
        scopes.into_iter().find(|one| one.spec.name == scope).map(|one| (one.spec.display_name, one.spec.claims))
    };
    let first = make("shelf", "reading_habits").await.expect("made");
    let words = "Reading habits".to_owned();
    assert_eq!(held("reading_habits").await, Some((words.clone(), vec!["shelf".to_owned()])));
    let second = make("genre", "reading_habits").await.expect("made");
    let both = vec!["shelf".to_owned(), "genre".to_owned()];
    assert_eq!(held("reading_habits").await, Some((words.clone(), both)), "what it held stays");
    assert_eq!(code_at(make("shelf", "other").await, "name"), "taken");
    assert_eq!(held("other").await, None, "neither comes without the other");
    assert_eq!(code_at(make("pages", "a b").await, "identity_scope"), "scope-name");
    undo(&ctx, "mysub", &id(&second.done)).await.expect("undone");
    assert_eq!(held("reading_habits").await, Some((words, vec!["shelf".to_owned()])));
    undo(&ctx, "mysub", &id(&first.done)).await.expect("undone");
    assert_eq!(held("reading_habits").await, None);
    assert!(claims::custom(&ctx, &who, "mysub", &first_page()).await.expect("list").items.is_empty());
});

both!(bad_definitions_are_refused_at_their_fields, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = claims::create(&ctx, &owner(), "mysub", library_card()).await.expect("made");
    let refusals = [
        (library_card(), "name", "taken"),
        (claim_spec("sub"), "name", "taken"),
        (claim_spec("iss"), "name", "reserved"),
        (ClaimSpec { pattern: Some("[".into()), ..claim_spec("c") }, "pattern", "pattern-syntax"),
    ];
    for (spec, field, code) in refusals {
        assert_eq!(code_at(claims::create(&ctx, &owner(), "mysub", spec).await, field), code);
    }
    for (spec, field) in [
        (ClaimSpec { name: "other".into(), ..library_card() }, "name"),
        (ClaimSpec { kind: ClaimType::Text, ..library_card() }, "type"),
    ] {
        assert_eq!(code_at(claims::update(&ctx, &owner(), "mysub", &made.id, 1, spec).await, field), "immutable");
    }
});

both!(standard_claims_keep_name_and_type_and_stay, |ctx| async {
    subscription(&ctx, "mysub").await;
    let all = claims::all(&ctx, &owner(), "mysub").await.expect("all");
    let find = |name: &str| all.iter().find(|claim| claim.spec.name == name).expect("standard").clone();
    let name = find("name");
    let spec = ClaimSpec { show_at_registration: true, display_name: "Your name".into(), ..name.spec.clone() };
    claims::update(&ctx, &owner(), "mysub", &name.id, 1, spec).await.expect("saved");
    let gone = claims::delete(&ctx, &owner(), "mysub", &name.id, 2).await;
    assert_eq!(code_at(gone, ""), "standard-claim");
    let sub = find("sub");
    let spec = ClaimSpec { show_at_registration: true, unique: true, ..sub.spec.clone() };
    let refused = claims::update(&ctx, &owner(), "mysub", &sub.id, 1, spec).await;
    assert_eq!(code_at(refused, "show_at_registration"), "derived-claim");
});

both!(unique_cannot_begin_while_values_repeat, |ctx| async {
    subscription(&ctx, "mysub").await;
    let badge = claims::create(&ctx, &owner(), "mysub", claim_spec("badge")).await.expect("made");
    let mut holders = Vec::new();
    for (name, value) in [("ann", "B 1"), ("ben", "b  1"), ("cid", "B2")] {
        let user = service::console::NewUser { claims: vec![("badge".into(), json!(value))], ..new_user(name) };
        holders.push(users::create(&ctx, &owner(), "mysub", user).await.expect("user"));
    }
    let spec = ClaimSpec { unique: true, ..badge.spec.clone() };
    let Err(Error::Invalid(errors)) = claims::update(&ctx, &owner(), "mysub", &badge.id, 1, spec.clone()).await else {
        panic!("not refused");
    };
    let problem = errors.of("unique").expect("at the field");
    assert_eq!(problem.code, "duplicates");
    assert_eq!(problem.args, [("count".into(), "1".into()), ("values".into(), "b 1".into())]);
    assert!(!claims::get(&ctx, &owner(), "mysub", &badge.id).await.expect("claim").spec.unique, "nothing was written");
    let ben = users::get(&ctx, &owner(), "mysub", &holders[1]).await.expect("ben");
    let edit = service::console::UserEdit {
        username: ben.username,
        email: ben.email,
        email_verified: false,
        claims: vec![("badge".into(), Some(json!("B3")))],
    };
    users::update(&ctx, &owner(), "mysub", &holders[1], ben.version, edit).await.expect("another value");
    claims::update(&ctx, &owner(), "mysub", &badge.id, 1, spec).await.expect("unique now");
    let user = service::console::NewUser { claims: vec![("badge".into(), json!("b3"))], ..new_user("dan") };
    assert_eq!(code_at(users::create(&ctx, &owner(), "mysub", user).await, "badge"), "taken");
    claims::update(&ctx, &owner(), "mysub", &badge.id, 2, badge.spec.clone()).await.expect("repeatable again");
    let user = service::console::NewUser { claims: vec![("badge".into(), json!("b3"))], ..new_user("dan") };
    users::create(&ctx, &owner(), "mysub", user).await.expect("may repeat");
    assert!(!logs(&ctx).await.contains("B3"), "values are in no log");
});

both!(deleting_asks_who_uses_it, |ctx| async {
    subscription(&ctx, "mysub").await;
    let cli = &Actor::Cli;
    let claim = claims::create(&ctx, cli, "mysub", library_card()).await.expect("made");
    let scope = identity_scope_spec("library", &["library_card"]);
    let scope = identity_scopes::create(&ctx, cli, "mysub", scope).await.expect("scope");
    let required = model::spec::RequiredClaim::enforced("library_card");
    let spec = model::spec::ApplicationSpec { required_claims: vec![required], ..application_spec("my-app") };
    let application = applications::create(&ctx, cli, "mysub", spec).await.expect("application").stored;
    let user =
        service::console::NewUser { claims: vec![("library_card".into(), json!("LC-123456"))], ..new_user("john") };
    users::create(&ctx, cli, "mysub", user).await.expect("user");
    let usage = claims::usage(&ctx, cli, "mysub", &claim.id).await.expect("usage");
    let usage: Vec<_> = usage.iter().map(|u| (u.object_type.as_str(), u.name.as_str())).collect();
    assert_eq!(usage, [("application", "my-app"), ("identity_scope", "library"), ("claim_values", "1")]);
    let refused = claims::delete(&ctx, cli, "mysub", &claim.id, 1).await;
    assert!(matches!(refused, Err(Error::InUse(used_by)) if used_by.len() == 2));
    applications::delete(&ctx, cli, "mysub", &application.id, 1).await.expect("deleted");
    identity_scopes::delete(&ctx, cli, "mysub", &scope.id, 1).await.expect("deleted");
    let outdated = claims::delete(&ctx, cli, "mysub", &claim.id, 9).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    claims::delete(&ctx, cli, "mysub", &claim.id, 1).await.expect("deleted with its values");
    assert!(matches!(claims::get(&ctx, cli, "mysub", &claim.id).await, Err(Error::NotFound)));
});
