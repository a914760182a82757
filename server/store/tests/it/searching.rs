//! Lists page by key and search by prefix, in byte order on both engines.

use model::{Page, PageRequest};
use store::subscriptions::Visible;
use store::{Conn, applications, subscriptions, users};

use crate::fixture;

fn search(text: &str) -> PageRequest {
    PageRequest { search: text.into(), ..PageRequest::default() }
}

/// All pages of a list of users, and how long each was.
async fn walk(conn: &mut Conn, sub: &str, text: &str, size: u32) -> (Vec<String>, Vec<usize>) {
    let mut request = PageRequest { search: text.into(), after: None, size };
    let (mut names, mut sizes) = (Vec::new(), Vec::new());
    loop {
        let page = users::page(conn, sub, &request).await.expect("lists");
        sizes.push(page.items.len());
        names.extend(page.items.iter().map(|u| u.login().to_owned()));
        match page.next {
            Some(next) => request.after = Some(next),
            None => return (names, sizes),
        }
    }
}

both!(pages_join_without_gap_or_overlap, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let other = fixture::in_subscription(&mut tx, "b").await;
    fixture::in_user(&mut tx, &other, "stranger").await;
    let mut expected: Vec<String> = (0..10).map(|n| format!("user{n}")).collect();
    for name in expected.iter().rev() {
        fixture::in_user(&mut tx, &sub, name).await;
    }
    expected.sort();
    for size in [1, 3, 5, 10, 50] {
        let (names, sizes) = walk(&mut tx, &sub, "", size).await;
        assert_eq!(names, expected);
        assert!(sizes.iter().all(|&n| n > 0 && n <= size as usize), "{sizes:?}");
    }
    assert_eq!(users::count(&mut tx, &sub).await.expect("counts"), 10);
    assert_eq!(walk(&mut tx, &other, "", 5).await.0, ["stranger"]);
});

both!(users_are_found_by_name_and_by_address, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    for (name, email) in [
        (Some("john"), Some("john.doe@email.com")),
        (Some("bob"), Some("jo@email.com")),
        (None, Some("joanna@email.com")),
        (Some("joe"), None),
        (Some("zoe"), Some("zoe@email.com")),
        (Some("amy"), Some("jz@email.com")),
    ] {
        users::insert(&mut tx, &fixture::user(&sub, name, email), &[]).await.expect("inserts");
    }
    // By what matched: jo@ (bob), joanna@, joe, john; each once.
    for size in [1, 2, 3, 4, 50] {
        let (names, _) = walk(&mut tx, &sub, "JO", size).await;
        assert_eq!(names, ["bob", "joanna@email.com", "joe", "john"], "{size}");
    }
    assert_eq!(walk(&mut tx, &sub, "john.d", 50).await.0, ["john"]);
    assert_eq!(walk(&mut tx, &sub, "john", 50).await.0, ["john"]);
    assert_eq!(walk(&mut tx, &sub, "z", 1).await.0, ["zoe"]);
    assert_eq!(walk(&mut tx, &sub, "nobody", 50).await.0, [""; 0]);
});

both!(nothing_is_a_wildcard, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let odd = ["\u{10FFFD}x", "\u{10FFFF}y"];
    for name in ["50%", "50x", "a_b", "axb", "'; DROP", "\\", "Ärger", "ärgerlich", "ßtraße", "日本", "日曜"] {
        fixture::in_user(&mut tx, &sub, name).await;
    }
    for name in odd {
        fixture::in_user(&mut tx, &sub, name).await;
    }
    for (text, expected) in [
        ("50%", vec!["50%"]),
        ("%", vec![]),
        ("_", vec![]),
        ("a_", vec!["a_b"]),
        ("'", vec!["'; DROP"]),
        ("\\", vec!["\\"]),
        ("ä", vec!["Ärger", "ärgerlich"]),
        ("A\u{308}RGER", vec!["Ärger", "ärgerlich"]),
        ("日", vec!["日曜", "日本"]),
        ("日本", vec!["日本"]),
        ("\u{10FFFD}", vec!["\u{10FFFD}x"]),
        ("a\0", vec![]),
        ("\u{10FFFF}", vec!["\u{10FFFF}y"]),
    ] {
        let page = users::page(&mut tx, &sub, &search(text)).await.expect("lists");
        let names: Vec<_> = page.items.iter().map(users::User::login).collect();
        assert_eq!(names, expected, "{text}");
    }
    let all = users::page(&mut tx, &sub, &search("")).await.expect("lists");
    assert_eq!(all.items.len(), 13, "none is beyond the bounds");
});

both!(order_is_by_bytes_of_the_canonical_form, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    for name in ["b", "a-c", "ab", "A", "_", "é", "z"] {
        fixture::in_user(&mut tx, &sub, name).await;
    }
    assert_eq!(walk(&mut tx, &sub, "", 2).await.0, ["_", "A", "a-c", "ab", "b", "z", "é"]);
});

both!(a_foreign_cursor_finds_nothing_foreign, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    fixture::in_user(&mut tx, &sub, "john").await;
    let after = |key: &str| Some(model::paging::Cursor { key: key.into(), id: "x".into() });
    // Before the range of the search: no more than the search finds.
    let request = PageRequest { search: "jo".into(), after: after("a"), size: 5 };
    assert_eq!(users::page(&mut tx, &sub, &request).await.expect("lists").items.len(), 1);
    let request = PageRequest { search: "k".into(), after: after("a"), size: 5 };
    assert_eq!(users::page(&mut tx, &sub, &request).await.expect("lists").items.len(), 0);
    // Behind it, or with what no database holds: nothing.
    for key in ["z", "\0"] {
        let request = PageRequest { search: "jo".into(), after: after(key), size: 5 };
        assert_eq!(users::page(&mut tx, &sub, &request).await.expect("lists").items.len(), 0);
    }
});

both!(applications_are_found_by_name_and_by_client_id, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    for (client_id, name) in [("MyApp", "Website"), ("other", "my tool"), ("third", "Zebra")] {
        applications::insert(&mut tx, &fixture::application(&sub, client_id, name)).await.expect("inserts");
    }
    let ids = |page: Page<applications::Application>| -> Vec<String> {
        page.items.into_iter().map(|a| a.object.spec.client_id).collect()
    };
    let all = applications::page(&mut tx, &sub, &search("")).await.expect("lists");
    assert_eq!(ids(all), ["other", "MyApp", "third"], "by name");
    assert_eq!(ids(applications::page(&mut tx, &sub, &search("MyA")).await.expect("lists")), ["MyApp"]);
    assert_eq!(ids(applications::page(&mut tx, &sub, &search("MY")).await.expect("lists")), ["other"]);
    assert_eq!(ids(applications::page(&mut tx, &sub, &search("zEB")).await.expect("lists")), ["third"]);
    let mut request = PageRequest { size: 2, ..PageRequest::default() };
    let first = applications::page(&mut tx, &sub, &request).await.expect("lists");
    request.after.clone_from(&first.next);
    assert_eq!(ids(first), ["other", "MyApp"]);
    assert_eq!(ids(applications::page(&mut tx, &sub, &request).await.expect("lists")), ["third"]);
});

both!(subscriptions_are_found_by_name_and_by_slug, |store| async {
    let mut tx = store.begin().await.expect("begins");
    for (slug, name) in [("library", "Bücherei"), ("shop", "Library shop"), ("third", "Dritte")] {
        subscriptions::insert(&mut tx, &fixture::subscription(slug, name)).await.expect("inserts");
    }
    for (text, expected) in
        [("libr", vec!["library", "shop"]), ("BÜCH", vec!["library"]), ("", vec!["library", "third", "shop"])]
    {
        let page = subscriptions::page(&mut tx, Visible::All, &search(text)).await.expect("lists");
        let slugs: Vec<_> = page.items.iter().map(|o| o.subscription.object.spec.slug.as_str()).collect();
        assert_eq!(slugs, expected, "{text}");
    }
});
