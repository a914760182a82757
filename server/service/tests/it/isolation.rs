//! Nothing of one subscription can be reached through another.

use model::paging::Cursor;
use model::{PageRequest, Role};
use service::console::*;
use service::{Error, cursor};

use crate::fixture::{Objects, admin, code_at, first_page, furnished, owner};
use crate::roles::{cases, removing_cases};

both!(ids_of_another_subscription_do_not_exist, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let other = furnished(&ctx, "other").await;
    // Everything of the other subscription under the slug of mine, asked by somebody who may do
    // anything in both.
    let mixed = Objects { slug: mine.slug.clone(), ..other.clone() };
    for case in cases().iter().chain(&removing_cases()).filter(|case| case.by_id) {
        let outcome = (case.call)(&ctx, &owner(), &mixed).await;
        assert!(matches!(outcome, Err(Error::NotFound)), "{}: {outcome:?}", case.name);
    }
    // Parent and child of two subscriptions, and ids of nothing at all.
    let crossed = Objects {
        slug: mine.slug.clone(),
        subscription_id: mine.subscription_id.clone(),
        connection: mine.connection.clone(),
        application: mine.application.clone(),
        user: mine.user.clone(),
        ..other
    };
    let nested = ["api_scopes::get", "api_scopes::update", "api_scopes::delete", "users::end_session"];
    for case in cases().iter().filter(|case| nested.contains(&case.name)).chain(&removing_cases()) {
        let outcome = (case.call)(&ctx, &owner(), &crossed).await;
        assert!(matches!(outcome, Err(Error::NotFound)), "{}: {outcome:?}", case.name);
    }
});

both!(lists_hold_their_own_subscription_only, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let other = furnished(&ctx, "other").await;
    let editor = admin(&[(&mine.subscription_id, Role::Editor)]);
    let slug = &mine.slug;
    let users = users::page(&ctx, &editor, slug, &first_page()).await.expect("users").items;
    assert_eq!(users.iter().map(|user| &user.id).collect::<Vec<_>>(), [&mine.user]);
    let found = applications::page(&ctx, &editor, slug, &first_page()).await.expect("applications").items;
    assert_eq!(found.iter().map(|found| &found.id).collect::<Vec<_>>(), [&mine.application]);
    let found = sessions::page(&ctx, &editor, slug, &first_page()).await.expect("sessions").items;
    assert_eq!(found.iter().map(|found| &found.id).collect::<Vec<_>>(), [&mine.session]);
    let log = audit::page(&ctx, &editor, slug, &first_page()).await.expect("audit").items;
    assert!(log.iter().all(|row| !format!("{:?}", row.data).contains(&other.user) && row.object_name != "The other"));
    // A cursor into another list leads nowhere else than into one's own.
    let foreign = Cursor { key: String::new(), id: other.user.clone() };
    let request = PageRequest { after: Some(foreign), ..PageRequest::default() };
    let users = users::page(&ctx, &editor, slug, &request).await.expect("users").items;
    assert!(users.iter().all(|user| user.id == mine.user));
});

both!(cursors_are_sealed, |ctx| async {
    let after = Cursor { key: "john@example.com".into(), id: "1".into() };
    let sealed = cursor::seal(&ctx, &after).expect("sealed");
    assert!(sealed.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{sealed}");
    assert_eq!(cursor::open(&ctx, &sealed).expect("opens"), after);
    let mut changed = sealed.clone();
    let last = if changed.pop() == Some('A') { 'B' } else { 'A' };
    changed.push(last);
    for bad in [changed.as_str(), &sealed[1..], "", "x", "eyJrZXkiOiIifQ", "\u{0}"] {
        assert_eq!(code_at(cursor::open(&ctx, bad), "after"), "cursor", "{bad}");
    }
});

both!(pages_have_a_size, |ctx| async {
    crate::fixture::subscription(&ctx, "mine").await;
    for size in [0, 201, u32::MAX] {
        let request = PageRequest { size, ..PageRequest::default() };
        assert_eq!(code_at(users::page(&ctx, &owner(), "mine", &request).await, "size"), "between");
        assert_eq!(code_at(subscriptions::page(&ctx, &owner(), &request).await, "size"), "between");
    }
});
