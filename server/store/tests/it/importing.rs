//! Many users with few statements: the same rows as one by one, the same refusals.

use serde_json::json;
use store::claim_values::{self, NewClaimValue};
use store::users::{self, NewRow, User};
use store::{Constraint, Error, claims, events};

use crate::fixture::{self, NOW};

fn user(subscription_id: &str, username: Option<&str>, email: Option<&str>) -> User {
    User {
        id: fixture::id(),
        subscription_id: subscription_id.into(),
        username: username.map(Into::into),
        email: email.map(Into::into),
        email_verified: email.is_some(),
        password_hash: None,
        password_changed_at: None,
        version: 1,
        created_at: NOW,
        updated_at: NOW,
        disabled_at: None,
    }
}

both!(many_users_are_stored_as_one_by_one, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let claim = fixture::claim(&sub, "card");
    claims::insert(&mut tx, &claim).await.expect("claim");
    // More than one statement holds.
    let (count, value) = (1_201, json!("LC-1"));
    let names: Vec<String> = (0..count).map(|n| format!("User-{n}")).collect();
    let rows = names.iter().map(|name| NewRow {
        user: user(&sub, Some(name), Some(&format!("{name}@Example.com"))),
        values: vec![NewClaimValue { claim_id: &claim.object.id, value: &value, canonical: name, unique: true }],
    });
    let rows: Vec<NewRow<'_>> = rows.collect();
    users::insert_all(&mut tx, &rows).await.expect("stored");
    assert_eq!(users::count(&mut tx, &sub).await.expect("counted"), count);
    for login in ["user-0", "USER-1200@example.com"] {
        let found = users::find_by_login(&mut tx, &sub, login).await.expect("asked").expect("found");
        assert_eq!(
            claim_values::of_user(&mut tx, &found.id).await.expect("values"),
            [(claim.object.id.clone(), json!("LC-1"))]
        );
    }
    let last = users::find(&mut tx, &rows[1_200].user.id).await.expect("asked");
    assert_eq!(last.as_ref(), Some(&rows[1_200].user));
    // None is no statement at all.
    users::insert_all(&mut tx, &[]).await.expect("nothing");
    events::insert_all(&mut tx, &[]).await.expect("nothing");

    let asked: Vec<&str> = names.iter().map(String::as_str).chain(["nobody", "nul\0"]).collect();
    let logins = users::logins(&mut tx, &sub, &asked, &["user-7@example.COM", "x@example.com"]).await.expect("asked");
    assert!(logins.has_username("USER-1200") && logins.has_email("User-7@example.com"));
    assert!(!logins.has_username("nobody") && !logins.has_email("x@example.com"));
    let other = fixture::in_subscription(&mut tx, "b").await;
    let logins = users::logins(&mut tx, &other, &asked, &[]).await.expect("asked");
    assert!(!logins.has_username("User-0"), "of another subscription");
    let taken = users::taken_values(&mut tx, &claim.object.id, &["User-3", "User-x"]).await.expect("asked");
    assert_eq!(taken.into_iter().collect::<Vec<_>>(), ["User-3"]);
});

both!(what_is_taken_is_refused_with_all_others, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    tx.commit().await.expect("commits");
    for (pair, constraint) in [
        ([user(&sub, Some("ann"), None), user(&sub, Some("ANN"), None)], Constraint::UserName),
        ([user(&sub, None, Some("a@b.example")), user(&sub, None, Some("A@b.example"))], Constraint::UserEmail),
    ] {
        let mut tx = store.begin().await.expect("begins");
        let rows: Vec<_> = pair.into_iter().map(|user| NewRow { user, values: Vec::new() }).collect();
        let refused = users::insert_all(&mut tx, &rows).await;
        assert!(matches!(&refused, Err(Error::Unique(found)) if *found == constraint), "{refused:?}");
        drop(tx);
        let mut conn = store.read().await.expect("reads");
        assert_eq!(users::count(&mut conn, &sub).await.expect("counted"), 0);
    }
});
