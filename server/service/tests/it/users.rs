//! Users in the console: made, changed, disabled, deleted; what they hold.

use model::PageRequest;
use serde_json::json;
use service::console::{NewUser, UserEdit, claims, sessions, users};
use service::{Actor, Ctx, Error};

use crate::fixture::{
    PASSWORD, claim_spec, code_at, first_page, furnished, grant, grant_counts, library_card, logs, new_user, owner,
    session_counts, subscription,
};

fn with_card(username: &str, card: &str) -> NewUser {
    NewUser { claims: vec![("library_card".into(), json!(card))], ..new_user(username) }
}

fn edit(username: &str, email: &str) -> UserEdit {
    UserEdit { username: Some(username.into()), email: Some(email.into()), email_verified: false, claims: Vec::new() }
}

async fn library(ctx: &Ctx) {
    subscription(ctx, "mysub").await;
    claims::create(ctx, &Actor::Cli, "mysub", library_card()).await.expect("claim");
}

both!(users_are_made_listed_and_shown, |ctx| async {
    library(&ctx).await;
    let new = NewUser {
        email_verified: true,
        password: Some(PASSWORD.into()),
        claims: vec![("name".into(), json!("John Doe")), ("library_card".into(), json!("LC-123456"))],
        ..new_user("john")
    };
    let id = users::create(&ctx, &owner(), "mysub", new).await.expect("made");
    let view = users::get(&ctx, &owner(), "mysub", &id).await.expect("view");
    assert_eq!(view.username.as_deref(), Some("john"));
    assert!(view.email_verified && view.has_password);
    let held: Vec<_> = view.claims.iter().filter_map(|(spec, value)| Some((&*spec.name, value.clone()?))).collect();
    assert_eq!(held, [("name", json!("John Doe")), ("library_card", json!("LC-123456"))]);
    assert!(view.claims.iter().all(|(spec, _)| !["sub", "email", "updated_at"].contains(&spec.name.as_str())));
    users::create(&ctx, &owner(), "mysub", new_user("ann")).await.expect("made");
    let listed = users::page(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items;
    let listed: Vec<_> = listed.iter().map(|u| (u.username.as_deref(), u.name.as_deref())).collect();
    assert_eq!(listed, [(Some("ann"), None), (Some("john"), Some("John Doe"))]);
    let search = PageRequest { search: "JOHN@".into(), ..PageRequest::default() };
    let found = users::page(&ctx, &owner(), "mysub", &search).await.expect("found").items;
    assert_eq!(found.iter().map(|u| &u.id).collect::<Vec<_>>(), [&id]);
});

both!(every_problem_of_a_new_user_is_told_at_its_field, |ctx| async {
    library(&ctx).await;
    let bad = NewUser {
        username: Some("john@example.com".into()),
        email: Some("not an address".into()),
        email_verified: false,
        password: Some("short".into()),
        claims: vec![
            ("library_card".into(), json!("LC-1")),
            ("birthdate".into(), json!("2023-02-30")),
            ("updated_at".into(), json!(1)),
            ("hat".into(), json!("large")),
        ],
    };
    let Err(Error::Invalid(errors)) = users::create(&ctx, &owner(), "mysub", bad).await else { panic!("made") };
    let codes: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.problem.code.as_str())).collect();
    let expected = [
        ("username", "username"),
        ("email", "email"),
        ("library_card", "pattern"),
        ("birthdate", "date"),
        ("updated_at", "derived-claim"),
        ("hat", "unknown"),
        ("password", "password-short"),
    ];
    assert_eq!(codes, expected);
    let nameless = NewUser { username: None, email: None, ..new_user("x") };
    assert_eq!(code_at(users::create(&ctx, &owner(), "mysub", nameless).await, "username"), "username-or-email");
    let own = NewUser { password: Some("john@example.com".into()), ..new_user("john") };
    assert_eq!(code_at(users::create(&ctx, &owner(), "mysub", own).await, "password"), "password-blocked");
    for hostile in ["a\u{0}b", "a\u{202E}b", &"x".repeat(1 << 20)] {
        let refused = users::create(&ctx, &owner(), "mysub", NewUser { email: None, ..new_user(hostile) }).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
});

both!(names_addresses_and_unique_values_belong_to_one, |ctx| async {
    library(&ctx).await;
    users::create(&ctx, &owner(), "mysub", with_card("john", "LC-123456")).await.expect("made");
    let copy = NewUser { email: Some("JOHN@Example.com".into()), ..with_card("John", "lc-123456") };
    let Err(Error::Invalid(errors)) = users::create(&ctx, &owner(), "mysub", copy).await else { panic!("made") };
    // The pattern is looked at before: a value that is none cannot be taken.
    assert_eq!(errors.of("library_card").map(|p| p.code.as_str()), Some("pattern"));
    let copy = NewUser { email: Some("JOHN@Example.com".into()), ..with_card("John", "LC-123456") };
    let Err(Error::Invalid(errors)) = users::create(&ctx, &owner(), "mysub", copy).await else { panic!("made") };
    for field in ["username", "email", "library_card"] {
        assert_eq!(errors.of(field).map(|p| p.code.as_str()), Some("taken"), "{field}");
    }
    let ann = users::create(&ctx, &owner(), "mysub", with_card("ann", "LC-000001")).await.expect("made");
    let stolen = UserEdit {
        claims: vec![("library_card".into(), Some(json!("LC-123456")))],
        ..edit("john", "john@example.com")
    };
    let Err(Error::Invalid(errors)) = users::update(&ctx, &owner(), "mysub", &ann, 1, stolen).await else {
        panic!("saved");
    };
    assert_eq!(errors.0.len(), 3, "{errors}");
    let own =
        UserEdit { claims: vec![("library_card".into(), Some(json!("LC-000001")))], ..edit("ann", "ann@example.com") };
    users::update(&ctx, &owner(), "mysub", &ann, 1, own).await.expect("one's own is not taken");
});

both!(a_new_address_is_unproven_unless_an_administrator_says_so, |ctx| async {
    library(&ctx).await;
    let proven = NewUser { email_verified: true, ..new_user("john") };
    let id = users::create(&ctx, &owner(), "mysub", proven).await.expect("made");
    let ticked = |email: &str| UserEdit { email_verified: true, ..edit("john", email) };
    let verified = async |version: i64, write: UserEdit| {
        users::update(&ctx, &owner(), "mysub", &id, version, write).await.expect("saved");
        users::get(&ctx, &owner(), "mysub", &id).await.expect("view").email_verified
    };
    assert!(verified(1, ticked("JOHN@example.com")).await, "the same address in other letters");
    assert!(!verified(2, ticked("new@example.com")).await, "the box was ticked before");
    assert!(verified(3, ticked("new@example.com")).await, "ticked for this address");
    assert!(!verified(4, edit("john", "new@example.com")).await, "unticked");
});

both!(an_edit_changes_what_it_names_over_the_version_that_was_read, |ctx| async {
    library(&ctx).await;
    claims::create(&ctx, &owner(), "mysub", claim_spec("badge")).await.expect("claim");
    let id = users::create(&ctx, &owner(), "mysub", with_card("john", "LC-123456")).await.expect("made");
    let write = UserEdit {
        claims: vec![
            ("library_card".into(), None),
            ("badge".into(), Some(json!("canary-value"))),
            ("nickname".into(), None),
        ],
        ..edit("johnny", "john@example.com")
    };
    users::update(&ctx, &owner(), "mysub", &id, 1, write.clone()).await.expect("saved");
    let view = users::get(&ctx, &owner(), "mysub", &id).await.expect("view");
    assert_eq!((view.username.as_deref(), view.version), (Some("johnny"), 2));
    let held: Vec<_> = view.claims.iter().filter_map(|(spec, value)| Some((&*spec.name, value.clone()?))).collect();
    assert_eq!(held, [("badge", json!("canary-value"))]);
    assert!(matches!(users::update(&ctx, &owner(), "mysub", &id, 1, write.clone()).await, Err(Error::Changed)));
    users::update(&ctx, &owner(), "mysub", &id, 2, write).await.expect("nothing to change");
    assert_eq!(users::get(&ctx, &owner(), "mysub", &id).await.expect("view").version, 2);
    let nameless = UserEdit { username: None, email: None, ..edit("", "") };
    let refused = users::update(&ctx, &owner(), "mysub", &id, 2, nameless).await;
    assert_eq!(code_at(refused, "username"), "username-or-email");
    let logs = logs(&ctx).await;
    let changed = logs.lines().find(|line| line.contains("user_changed")).expect("an event");
    for name in ["username", "library_card", "badge"] {
        assert!(changed.contains(name), "{changed}");
    }
    assert!(!logs.contains("canary-value") && !logs.contains("LC-123456"), "{logs}");
});

both!(a_set_password_ends_what_was_open, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let granted = grant(&ctx, &mine).await;
    let refused = users::set_password(&ctx, &owner(), "mine", &mine.user, "fourteen chars").await;
    assert_eq!(code_at(refused, "password"), "password-short");
    assert!(session_counts(&ctx, &mine.session).await);
    users::set_password(&ctx, &owner(), "mine", &mine.user, PASSWORD).await.expect("set");
    assert!(!session_counts(&ctx, &mine.session).await && !grant_counts(&ctx, &granted).await);
    let row = store::users::find(&mut ctx.read().await.expect("reads"), &mine.user).await.expect("found");
    let stored = row.expect("user").password_hash.expect("hash");
    assert!(stored.starts_with("$argon2id$"));
    assert!(ctx.hasher.verify(PASSWORD, Some(&stored)).await.expect("verifies"));
    assert!(!logs(&ctx).await.contains(PASSWORD));
});

both!(a_disabled_user_is_out_at_once, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let granted = grant(&ctx, &mine).await;
    users::set_disabled(&ctx, &owner(), "mine", &mine.user, 1, true).await.expect("disabled");
    assert!(!session_counts(&ctx, &mine.session).await && !grant_counts(&ctx, &granted).await);
    assert!(users::get(&ctx, &owner(), "mine", &mine.user).await.expect("view").disabled_at.is_some());
    let outdated = users::set_disabled(&ctx, &owner(), "mine", &mine.user, 1, false).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    users::set_disabled(&ctx, &owner(), "mine", &mine.user, 2, false).await.expect("enabled");
    assert!(!session_counts(&ctx, &mine.session).await, "what was ended stays ended");
});

both!(a_deleted_user_takes_everything_along, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let granted = grant(&ctx, &mine).await;
    assert!(matches!(users::delete(&ctx, &owner(), "mine", &mine.user, 9).await, Err(Error::Changed)));
    users::delete(&ctx, &owner(), "mine", &mine.user, 1).await.expect("deleted");
    assert!(matches!(users::get(&ctx, &owner(), "mine", &mine.user).await, Err(Error::NotFound)));
    assert!(!session_counts(&ctx, &mine.session).await && !grant_counts(&ctx, &granted).await);
    let again = users::create(&ctx, &owner(), "mine", new_user("john")).await.expect("the name is free");
    assert_ne!(again, mine.user, "an id never comes back");
});

both!(sessions_are_listed_and_ended_with_what_was_granted_in_them, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let granted = grant(&ctx, &mine).await;
    ctx.clock.advance(60);
    let second = crate::fixture::session(&ctx, &mine.subscription_id, &mine.user).await;
    let listed = sessions::page(&ctx, &owner(), "mine", &first_page()).await.expect("list").items;
    let listed: Vec<_> = listed.iter().map(|s| (s.id.as_str(), s.user_name.as_str())).collect();
    assert_eq!(listed, [(second.as_str(), "john"), (mine.session.as_str(), "john")]);
    users::end_session(&ctx, &owner(), "mine", &mine.user, &mine.session).await.expect("ended");
    assert!(!session_counts(&ctx, &mine.session).await && !grant_counts(&ctx, &granted).await);
    let left = users::sessions(&ctx, &owner(), "mine", &mine.user).await.expect("left");
    assert_eq!(left.iter().map(|s| &s.id).collect::<Vec<_>>(), [&second]);
    // One that nobody used for a day is over, though its row is still there.
    ctx.clock.advance(86_400);
    assert!(users::sessions(&ctx, &owner(), "mine", &mine.user).await.expect("left").is_empty());
});
