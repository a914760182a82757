//! Who of an application's people holds what.

use serde_json::json;
use store::claim_values::{self, NewClaimValue};
use store::compliance::{self, Counted, Lacking, Part, People, State};
use store::{Tx, claims, grants, users};

use crate::fixture::{self, NOW};

async fn holds(tx: &mut Tx, user_id: &str, claim_id: &str, value: &str, at: i64) {
    let value = json!(value);
    let new = NewClaimValue { claim_id, value: &value, canonical: "x", unique: false };
    claim_values::put(tx, user_id, &[new], at).await.expect("puts");
}

async fn disable(tx: &mut Tx, user_id: &str) {
    let user = users::find(tx, user_id).await.expect("finds").expect("a user");
    users::set_disabled(tx, &user.id, user.version, Some(NOW), NOW).await.expect("disables");
}

async fn counted(tx: &mut Tx, part: Part<'_>) -> People {
    compliance::survey(tx, part, &[], None).await.expect("counts").people
}

both!(people_are_those_who_ever_granted, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let (subscription, application) = (family.subscription_id.as_str(), family.application_id.as_str());
    let people = counted(&mut tx, Part { application_id: application, after: "", limit: 10 }).await;
    assert_eq!((people.known, people.enabled, people.with_email), (1, 1, 0));
    assert_eq!(people.last.as_ref(), Some(&family.user_id));
    let mary = fixture::user(subscription, None, Some("mary@example.com"));
    users::insert(&mut tx, &mary, &[]).await.expect("inserts");
    for _ in 0..2 {
        let again = fixture::grant(subscription, application, Some(&mary.id));
        grants::insert(&mut tx, &again).await.expect("inserts");
    }
    let paul = fixture::in_user(&mut tx, subscription, "paul").await;
    grants::insert(&mut tx, &fixture::grant(subscription, application, Some(&paul))).await.expect("inserts");
    disable(&mut tx, &paul).await;
    fixture::in_user(&mut tx, subscription, "nobody").await;
    let people = counted(&mut tx, Part { application_id: application, after: "", limit: 10 }).await;
    assert_eq!((people.known, people.enabled, people.with_email), (3, 2, 1));
    let rest = counted(&mut tx, Part { application_id: application, after: family.user_id.as_str(), limit: 1 }).await;
    assert_eq!((rest.known, rest.last.as_ref()), (1, Some(&mary.id)));
    let none = counted(&mut tx, Part { application_id: application, after: paul.as_str(), limit: 10 }).await;
    assert_eq!((none.known, none.last), (0, None));
    for (limit, is_large, users) in [(2, true, 3), (3, false, 4), (9, false, 4)] {
        let state = compliance::state(&mut tx, subscription, application, limit).await.expect("asks");
        assert_eq!(state, State { is_large, users, counted: None });
    }
    assert_eq!(compliance::count_users(&mut tx, subscription, 100).await.expect("counts"), 4);
    assert_eq!(compliance::count_users(&mut tx, subscription, 2).await.expect("counts"), 2);
    assert_eq!(compliance::emails(&mut tx, subscription, 9).await.expect("reads"), ["mary@example.com"]);
    assert_eq!(grants::count_live_users(&mut tx, application, NOW, 10).await.expect("counts"), 3);
    assert_eq!(grants::count_live_users(&mut tx, application, NOW, 2).await.expect("counts"), 2);
    assert_eq!(grants::count_live_users(&mut tx, application, NOW + 9_999, 10).await.expect("counts"), 0);
    let all = Part { application_id: application, after: "", limit: 10 };
    let logins = compliance::logins(&mut tx, all, "none");
    let mut logins: Vec<_> = logins.await.expect("reads").into_iter().map(|l| (l.username, l.email)).collect();
    logins.sort();
    assert_eq!(logins, [(None, Some("mary@example.com".to_owned())), (Some("john".to_owned()), None)]);
});

both!(values_are_told_by_the_last_change_of_rules, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let (subscription, application) = (family.subscription_id.as_str(), family.application_id.as_str());
    let card = fixture::in_claim(&mut tx, subscription, "card").await;
    let shelf = fixture::in_claim(&mut tx, subscription, "shelf").await;
    let mut all = vec![family.user_id.clone()];
    for name in ["mary", "paul", "anna"] {
        let user = fixture::in_user(&mut tx, subscription, name).await;
        grants::insert(&mut tx, &fixture::grant(subscription, application, Some(&user))).await.expect("inserts");
        all.push(user);
    }
    let part = Part { application_id: application, after: "", limit: 10 };
    holds(&mut tx, &all[0], &card, "old", NOW + 5).await;
    holds(&mut tx, &all[1], &card, "new", NOW + 6).await;
    holds(&mut tx, &all[3], &card, "of somebody disabled", NOW + 6).await;
    disable(&mut tx, &all[3]).await;
    let ids = [card.as_str(), shelf.as_str()];
    let values = compliance::survey(&mut tx, part, &ids, None).await.expect("reads");
    assert_eq!((values.good, values.lacking), (vec![(card.clone(), 1)], Vec::new()));
    let old: Vec<_> = values.old.into_iter().map(|old| (old.user_id, old.value)).collect();
    assert_eq!(old, [(all[0].clone(), json!("old"))]);
    for (claim_ids, email, lacking) in [
        (&[card.as_str()][..], false, &all[2..3]),
        (&[&shelf], false, &all[..3]),
        (&ids, false, &all[..3]),
        (&[], true, &all[..3]),
        (&[], false, &[]),
    ] {
        let asked = Some(Lacking { claim_ids, email });
        let mut found = compliance::survey(&mut tx, part, &ids, asked).await.expect("reads").lacking;
        found.sort();
        let mut lacking = lacking.to_vec();
        lacking.sort();
        assert_eq!(found, lacking, "{claim_ids:?} {email}");
    }
    let logins = compliance::logins(&mut tx, part, &card).await.expect("reads");
    assert_eq!(logins.iter().filter(|login| login.value.is_some()).count(), 2);
    claims::set_rules_changed(&mut tx, &card, NOW + 50).await.expect("notes");
    let values = compliance::survey(&mut tx, part, &ids, None).await.expect("reads");
    assert_eq!((values.good.len(), values.old.len()), (0, 2));
    let first = Part { limit: 1, ..part };
    assert_eq!(compliance::survey(&mut tx, first, &ids, None).await.expect("reads").old.len(), 1);
    assert_eq!(claim_values::first_of_claim(&mut tx, &card, 2).await.expect("reads").len(), 2);
});

both!(counts_are_kept_until_they_are_made_anew, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let application = family.application_id.as_str();
    let card = fixture::in_claim(&mut tx, &family.subscription_id, "card").await;
    let user = fixture::in_user(&mut tx, &family.subscription_id, "mary").await;
    let more = fixture::grant(&family.subscription_id, application, Some(&user));
    grants::insert(&mut tx, &more).await.expect("inserts");
    assert_eq!(compliance::counted(&mut tx, application).await.expect("reads"), []);
    for (limit, found) in [(1, 1), (2, 0)] {
        let due = compliance::to_be_counted(&mut tx, limit, NOW, 10).await.expect("asks");
        assert_eq!(due.len(), found);
        assert!(due.iter().all(|(id, slug)| id == application && slug == "a"));
    }
    let mut counted = Counted { people: 2, users: 2, counted_at: NOW };
    compliance::keep(&mut tx, application, &counted, &[(&card, 1)]).await.expect("keeps");
    assert_eq!(compliance::to_be_counted(&mut tx, 1, NOW - 1, 10).await.expect("asks"), []);
    assert_eq!(compliance::to_be_counted(&mut tx, 1, NOW, 10).await.expect("asks").len(), 1);
    counted.counted_at = NOW + 1;
    let gone = fixture::id();
    compliance::keep(&mut tx, application, &counted, &[(&card, 2), (&gone, 1)]).await.expect("keeps");
    let kept = compliance::counted(&mut tx, application).await.expect("reads");
    assert_eq!(kept, [(card.clone(), 2)]);
    let state = compliance::state(&mut tx, &family.subscription_id, application, 1).await.expect("asks");
    assert_eq!((state.is_large, state.counted), (true, Some(counted.clone())));
    compliance::keep(&mut tx, &gone, &counted, &[]).await.expect("nothing to keep");
    assert!(claims::delete(&mut tx, &card).await.expect("goes with its counts"));
    assert!(store::applications::delete(&mut tx, application).await.expect("goes with its counts"));
});
