//! Administrators and their links; what happens in a subscription; what looks forgotten in it.

use model::{PageRequest, Role};
use store::activity::{self, Counts, DAY, HOUR, Happened};
use store::administrators::{self, Visible};
use store::invitations::{self, Invitation};
use store::{Tx, attention, cleaning, roles, signing_keys, users};

use crate::fixture::{self, NOW};

fn invitation(user_id: &str, hash: &str) -> Invitation {
    Invitation { user_id: user_id.into(), hash: hash.into(), made_by: None, created_at: NOW, expires_at: NOW + 100 }
}

both!(a_link_is_used_by_one_replaced_by_the_next_and_gone_with_the_password, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let ann = fixture::in_user(&mut tx, &sub, "ann").await;
    invitations::put(&mut tx, &invitation(&ann, "one")).await.expect("puts");
    invitations::put(&mut tx, &invitation(&ann, "two")).await.expect("puts");
    assert_eq!(invitations::find(&mut tx, "one", NOW).await.expect("asks"), None);
    assert_eq!(invitations::find(&mut tx, "two", NOW + 100).await.expect("asks"), None, "too late");
    assert_eq!(invitations::until(&mut tx, &ann, NOW).await.expect("asks"), Some(NOW + 100));
    assert!(invitations::consume(&mut tx, "two", NOW + 100).await.expect("refuses").is_none());
    assert_eq!(invitations::consume(&mut tx, "two", NOW).await.expect("uses"), Some(invitation(&ann, "two")));
    assert!(invitations::consume(&mut tx, "two", NOW).await.expect("refuses").is_none());
    invitations::put(&mut tx, &invitation(&ann, "three")).await.expect("puts");
    users::set_password(&mut tx, &ann, "$argon2id$2", NOW).await.expect("sets");
    assert_eq!(invitations::find(&mut tx, "three", NOW).await.expect("asks"), None);
    invitations::put(&mut tx, &invitation(&ann, "four")).await.expect("puts");
    cleaning::sweep(&mut tx, NOW + 100, 0, 10).await.expect("cleans");
    assert!(!invitations::delete_of_user(&mut tx, &ann).await.expect("asks"));
});

async fn listed(tx: &mut Tx, system: &str, visible: Visible<'_>, search: &str) -> Vec<String> {
    let request = PageRequest { search: search.into(), ..PageRequest::default() };
    let page = administrators::page(tx, system, visible, NOW, &request).await.expect("lists");
    page.items.into_iter().filter_map(|one| one.username).collect()
}

both!(administrators_are_listed_as_far_as_they_may_be_seen, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let system = fixture::in_subscription(&mut tx, "system").await;
    let (a, b) = (fixture::in_subscription(&mut tx, "a").await, fixture::in_subscription(&mut tx, "b").await);
    let mut ids = Vec::new();
    for (name, scope, role) in [
        ("ann", a.as_str(), Role::Owner),
        ("bob", a.as_str(), Role::Viewer),
        ("cid", b.as_str(), Role::Owner),
        ("dan", "*", Role::Owner),
    ] {
        let id = fixture::in_user(&mut tx, &system, name).await;
        roles::put(&mut tx, &id, scope, role).await.expect("puts");
        ids.push(id);
    }
    roles::put(&mut tx, &ids[1], &b, Role::Editor).await.expect("puts");
    fixture::in_user(&mut tx, &system, "nobody").await;
    assert_eq!(listed(&mut tx, &system, Visible::All, "").await, ["ann", "bob", "cid", "dan"]);
    assert_eq!(listed(&mut tx, &system, Visible::All, "B").await, ["bob"]);
    assert_eq!(listed(&mut tx, &system, Visible::OfOwner(&ids[0]), "").await, ["ann", "bob"]);
    assert_eq!(listed(&mut tx, &system, Visible::OfOwner(&ids[1]), "").await, [""; 0]);
    assert_eq!(listed(&mut tx, &system, Visible::In(&b), "").await, ["bob", "cid"]);
    let held = administrators::roles_of(&mut tx, &[&ids[1], &ids[3]]).await.expect("asks");
    let held: Vec<_> = held.iter().map(|h| (h.scope.as_str(), h.role, h.subscription.is_some())).collect();
    assert_eq!(held, [("*", Role::Owner, false), (a.as_str(), Role::Viewer, true), (b.as_str(), Role::Editor, true)]);
    let places = administrators::places(&mut tx, Some(&ids[0]), 9).await.expect("asks");
    assert_eq!(places.iter().map(|(slug, _)| slug.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(administrators::places(&mut tx, None, 2).await.expect("asks").len(), 2);
    assert!(administrators::find(&mut tx, &a, &ids[0], NOW).await.expect("asks").is_none(), "of another subscription");
});

both!(counts_add_up_by_hour_and_day, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let day = NOW - NOW.rem_euclid(DAY);
    let one = Counts { sign_ins: 1, tokens: 2, failures: 3 };
    let at = |hour| Happened { subscription_id: "s".into(), hour, counts: one };
    activity::add(&mut tx, &[at(day), at(day + HOUR)]).await.expect("adds");
    activity::add(&mut tx, &[at(day)]).await.expect("adds");
    let rows = activity::of_subscription(&mut tx, "s", day, day).await.expect("asks");
    let rows: Vec<_> = rows.iter().map(|r| (r.is_day, r.starts_at, r.counts().tokens)).collect();
    assert_eq!(rows.len(), 3);
    for expected in [(false, day, 4), (false, day + HOUR, 2), (true, day, 6)] {
        assert!(rows.contains(&expected), "{rows:?}");
    }
    assert_eq!(activity::of_subscription(&mut tx, "other", 0, 0).await.expect("asks"), []);
    assert_eq!(cleaning::sweep(&mut tx, day + 3 * DAY, 0, 1).await.expect("cleans"), 1);
    assert_eq!(cleaning::sweep(&mut tx, day + 3 * DAY, 0, 1).await.expect("cleans"), 1);
    assert_eq!(cleaning::sweep(&mut tx, day + 3 * DAY, 0, 1).await.expect("cleans"), 0, "the day stays");
    assert_eq!(cleaning::sweep(&mut tx, day + 33 * DAY, 0, 9).await.expect("cleans"), 1);
});

both!(keys_are_told_by_their_end_and_age, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let mut old = fixture::signing_key(&sub, NOW - 500);
    (old.retires_at, old.expires_at) = (Some(NOW + 10), Some(NOW + 20));
    signing_keys::insert(&mut tx, &old).await.expect("inserts");
    let ending = signing_keys::ending(&mut tx, NOW, NOW + 10, NOW - 900, 9).await.expect("asks");
    assert_eq!(ending.iter().map(|k| (k.slug.as_str(), k.signs_until)).collect::<Vec<_>>(), [("a", NOW + 10)]);
    signing_keys::insert(&mut tx, &fixture::signing_key(&sub, NOW + 10)).await.expect("inserts");
    assert_eq!(signing_keys::ending(&mut tx, NOW, NOW + 10, NOW - 900, 9).await.expect("asks"), []);
    let lifetimes = signing_keys::lifetimes(&mut tx, &sub, NOW).await.expect("asks");
    assert_eq!((lifetimes.len(), lifetimes[0].newest, lifetimes[0].signs_until), (1, NOW + 10, i64::MAX));
});

both!(applications_are_told_until_they_are_used, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    let mut app = fixture::application(&sub, "app", "The \"redirect_uris\":[] app");
    app.object.spec.redirect_uris = vec!["https://a.example/".into()];
    store::applications::insert(&mut tx, &app).await.expect("inserts");
    let told = async |tx: &mut Tx, before| attention::applications(tx, &sub, before, 9).await.expect("asks").len();
    assert_eq!((told(&mut tx, NOW).await, told(&mut tx, NOW + 1).await), (0, 1));
    store::applications::touch_last_used(&mut tx, &[(app.object.id.clone(), NOW)]).await.expect("touches");
    assert_eq!(told(&mut tx, NOW + 1).await, 0);
    let bare = fixture::application(&sub, "bare", "Bare");
    store::applications::insert(&mut tx, &bare).await.expect("inserts");
    assert_eq!(told(&mut tx, NOW).await, 1, "no redirect URI");
});
