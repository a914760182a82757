//! Users, what they hold, what they agreed to, and administrators.

use model::Role;
use serde_json::json;
use store::claim_values::{self, NewClaimValue};
use store::consents::{self, Consent};
use store::users::{self, Profile};
use store::{roles, setup_links};

use crate::fixture::{self, NOW};

both!(a_user_is_found_by_either_name, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let other = fixture::in_subscription(&mut tx, "b").await;
    let john = fixture::user(&sub, Some("John"), Some("John.Doe@Email.com"));
    users::insert(&mut tx, &john, &[]).await.expect("inserts");
    assert_eq!(users::find(&mut tx, &john.id).await.expect("finds"), Some(john.clone()));
    for login in ["john", " JOHN ", "john.doe@email.com", "JOHN.DOE@EMAIL.COM."] {
        let found = users::find_by_login(&mut tx, &sub, login).await.expect("finds");
        assert_eq!(found, Some(john.clone()), "{login}");
    }
    for login in ["", "joh", "john@", "john.doe", "%", "jo\0hn", "a@b\0"] {
        assert_eq!(users::find_by_login(&mut tx, &sub, login).await.expect("finds"), None, "{login:?}");
    }
    assert_eq!(users::find_by_login(&mut tx, &other, "john").await.expect("finds"), None);
});

both!(a_profile_changes_over_the_expected_version_only, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::user(&sub, Some("john"), None);
    users::insert(&mut tx, &john, &[]).await.expect("inserts");
    let profile = Profile { username: None, email: Some("J@x.example"), email_verified: true };
    assert!(users::update_profile(&mut tx, &john.id, 1, &profile, NOW + 1).await.expect("updates"));
    assert!(!users::update_profile(&mut tx, &john.id, 1, &profile, NOW + 1).await.expect("refuses"));
    assert!(users::touch(&mut tx, &john.id, 2, NOW + 2).await.expect("touches"));
    assert!(!users::touch(&mut tx, &john.id, 2, NOW + 2).await.expect("refuses"));
    assert!(users::set_disabled(&mut tx, &john.id, 3, Some(NOW + 3), NOW + 3).await.expect("disables"));
    assert!(!users::set_disabled(&mut tx, &john.id, 3, None, NOW + 3).await.expect("refuses"));
    let found = users::find_by_login(&mut tx, &sub, "j@x.example").await.expect("finds").expect("is there");
    assert_eq!((found.username, found.email_verified, found.version), (None, true, 4));
    assert_eq!((found.updated_at, found.disabled_at), (NOW + 3, Some(NOW + 3)));
});

both!(a_password_is_set_whatever_the_version, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let john = fixture::in_user(&mut tx, &sub, "john").await;
    assert!(users::set_password(&mut tx, &john, "$argon2id$2", NOW + 9).await.expect("sets"));
    assert!(!users::set_password(&mut tx, "nobody", "$argon2id$2", NOW + 9).await.expect("refuses"));
    assert!(!users::rehash_password(&mut tx, &john, "$argon2id$1", "$argon2id$3").await.expect("too late"));
    assert!(users::rehash_password(&mut tx, &john, "$argon2id$2", "$argon2id$3").await.expect("rehashes"));
    let found = users::find(&mut tx, &john).await.expect("finds").expect("is there");
    assert_eq!(found.password_hash.as_deref(), Some("$argon2id$3"));
    assert_eq!((found.password_changed_at, found.version), (Some(NOW + 9), 2));
    assert!(!format!("{found:?}").contains("argon2id"));
});

both!(values_come_back_as_they_went, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let values = [json!("LC-1"), json!(7.25), json!(false), json!({"locality": "Lisboa"}), json!(["a", "\0"])];
    let mut held = Vec::new();
    for (n, value) in values.into_iter().enumerate() {
        held.push((fixture::in_claim(&mut tx, &sub, &format!("c{n}")).await, value));
    }
    let new: Vec<_> =
        held.iter().map(|(claim_id, value)| NewClaimValue { claim_id, value, canonical: "x", unique: false }).collect();
    let john = fixture::user(&sub, Some("john"), None);
    users::insert(&mut tx, &john, &new).await.expect("inserts");
    assert_eq!(claim_values::of_user(&mut tx, &john.id).await.expect("reads"), held);
    assert!(claim_values::delete(&mut tx, &john.id, &held[0].0).await.expect("deletes"));
    assert!(!claim_values::delete(&mut tx, &john.id, &held[0].0).await.expect("is gone"));
    assert_eq!(claim_values::delete_of_claim(&mut tx, &held[1].0).await.expect("deletes"), 1);
    assert_eq!(claim_values::of_user(&mut tx, &john.id).await.expect("reads"), held[2..]);
});

both!(some_users_and_what_they_hold_are_found_at_once, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let claim = fixture::claim(&sub, "badge");
    store::claims::insert(&mut tx, &claim).await.expect("inserts");
    let mut ids = Vec::new();
    for n in 0..23 {
        let id = fixture::in_user(&mut tx, &sub, &format!("user{n:02}")).await;
        let (value, canonical) = (json!(n), n.to_string());
        let value = NewClaimValue { claim_id: &claim.object.id, value: &value, canonical: &canonical, unique: false };
        claim_values::put(&mut tx, &id, &[value], NOW).await.expect("puts");
        ids.push(id);
    }
    let asked: Vec<&str> = ids[1..].iter().map(String::as_str).chain(["nobody"]).collect();
    let mut found: Vec<_> = users::find_some(&mut tx, &asked).await.expect("finds").into_iter().map(|u| u.id).collect();
    found.sort();
    assert_eq!(found, ids[1..]);
    let mut held = claim_values::of_claim(&mut tx, &claim.object.id, &asked).await.expect("finds");
    held.sort_by(|a, b| a.0.cmp(&b.0));
    let expected: Vec<_> = ids.iter().cloned().zip((0..23).map(|n| json!(n))).skip(1).collect();
    assert_eq!(held, expected);
    assert_eq!(users::find_some(&mut tx, &[]).await.expect("finds"), []);
});

both!(consent_is_kept_for_each_application, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let (user, app) = (&family.user_id, &family.application_id);
    assert_eq!(consents::get(&mut tx, user, app).await.expect("reads"), None);
    let mut consent = Consent { application_id: app.clone(), scopes: vec!["openid".into()], granted_at: NOW };
    consents::put(&mut tx, user, &consent).await.expect("puts");
    consent.scopes.push("profile".into());
    consents::put(&mut tx, user, &consent).await.expect("puts over it");
    assert_eq!(consents::get(&mut tx, user, app).await.expect("reads"), Some(consent.clone()));
    assert_eq!(consents::of_user(&mut tx, user).await.expect("lists"), [consent]);
    assert!(consents::delete(&mut tx, user, app).await.expect("deletes"));
    assert!(!consents::delete(&mut tx, user, app).await.expect("is gone"));
});

both!(administrators_hold_roles, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let ann = fixture::in_user(&mut tx, &sub, "ann").await;
    let ben = fixture::in_user(&mut tx, &sub, "ben").await;
    assert!(!roles::owners_exist(&mut tx).await.expect("asks"));
    roles::put(&mut tx, &ann, roles::INSTALLATION, Role::Viewer).await.expect("gives");
    assert!(!roles::owners_exist(&mut tx).await.expect("asks"));
    roles::put(&mut tx, &ann, roles::INSTALLATION, Role::Owner).await.expect("raises");
    roles::put(&mut tx, &ben, roles::INSTALLATION, Role::Editor).await.expect("gives");
    roles::put(&mut tx, &ann, &sub, Role::Editor).await.expect("gives");
    assert!(roles::owners_exist(&mut tx).await.expect("asks"));
    assert!(!roles::other_owners_exist(&mut tx, &ann).await.expect("asks"));
    assert!(roles::other_owners_exist(&mut tx, &ben).await.expect("asks"));
    let held = roles::of_user(&mut tx, &ann).await.expect("reads");
    assert_eq!(held, [("*".to_owned(), Role::Owner), (sub.clone(), Role::Editor)]);
    let listed = roles::list(&mut tx, roles::INSTALLATION).await.expect("lists");
    let listed: Vec<_> = listed.iter().map(|h| (h.username.as_deref(), h.role)).collect();
    assert_eq!(listed, [(Some("ann"), Role::Owner), (Some("ben"), Role::Editor)]);
    assert!(users::set_disabled(&mut tx, &ann, 1, Some(NOW), NOW).await.expect("disables"));
    assert!(!roles::owners_exist(&mut tx).await.expect("asks"), "a disabled owner is none");
    assert!(roles::remove(&mut tx, &ann, roles::INSTALLATION).await.expect("takes"));
    assert!(!roles::remove(&mut tx, &ann, roles::INSTALLATION).await.expect("is gone"));
});

both!(a_set_up_link_works_once, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let (link, old) = (fixture::hash(), fixture::hash());
    setup_links::insert(&mut tx, &link, NOW, NOW + 10).await.expect("inserts");
    setup_links::insert(&mut tx, &old, NOW - 20, NOW - 10).await.expect("inserts");
    assert!(setup_links::is_valid(&mut tx, &link, NOW).await.expect("asks"));
    assert!(!setup_links::is_valid(&mut tx, &link, NOW + 10).await.expect("asks"));
    assert!(!setup_links::is_valid(&mut tx, &old, NOW).await.expect("asks"));
    assert!(!setup_links::consume(&mut tx, &old, NOW).await.expect("expired"));
    assert!(setup_links::consume(&mut tx, &link, NOW).await.expect("uses"));
    assert!(!setup_links::consume(&mut tx, &link, NOW).await.expect("used"));
    assert!(!setup_links::is_valid(&mut tx, &link, NOW).await.expect("asks"));
    setup_links::delete_all(&mut tx).await.expect("deletes");
});
