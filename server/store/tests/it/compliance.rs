//! Who of an application's people holds what.

use serde_json::json;
use store::claim_values::{self, NewClaimValue};
use store::compliance::{self, Counted, Group, Part, State, Survey, Wanted};
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

async fn survey(tx: &mut Tx, part: Part<'_>, claim_ids: &[&str], each: bool) -> Survey {
    let mut survey = compliance::survey(tx, part, Wanted { claim_ids, each }).await.expect("reads");
    survey.groups.sort_by_key(|group| (group.good, group.has_email, group.user_id.clone()));
    survey
}

/// How many were looked at, and who was the last.
async fn counted(tx: &mut Tx, part: Part<'_>) -> (i64, Option<String>) {
    let survey = survey(tx, part, &[], false).await;
    (survey.groups.iter().map(|group| group.people).sum(), survey.last)
}

fn group(user_id: Option<&String>, good: u64, people: i64) -> Group {
    Group { user_id: user_id.cloned(), good, has_email: false, has_username: true, people }
}

both!(people_are_those_who_ever_granted, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let (subscription, application) = (family.subscription_id.as_str(), family.application_id.as_str());
    let all = Part { application_id: application, after: "", limit: 10 };
    assert_eq!(counted(&mut tx, all).await, (1, Some(family.user_id.clone())));
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
    let people = survey(&mut tx, all, &[], false).await;
    let with_email = Group { has_email: true, has_username: false, ..group(None, 0, 1) };
    assert_eq!(people.groups, [group(None, 0, 1), with_email]);
    assert_eq!(counted(&mut tx, all).await, (2, Some(mary.id.clone())));
    assert_eq!(counted(&mut tx, Part { limit: 1, ..all }).await, (1, Some(family.user_id.clone())));
    assert_eq!(counted(&mut tx, Part { after: &family.user_id, limit: 1, ..all }).await, (1, Some(mary.id.clone())));
    assert_eq!(counted(&mut tx, Part { after: &mary.id, ..all }).await, (0, None), "paul is disabled");
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
    let found = survey(&mut tx, part, &ids, false).await;
    // The old value is not counted, and its holder told of apart; the new one is; the third has none.
    assert_eq!(found.groups, [group(None, 0, 1), group(Some(&all[0]), 0, 1), group(None, 1, 1)]);
    let old = |survey: Survey| {
        let mut old: Vec<_> = survey.old.into_iter().map(|old| (old.user_id, old.claim_id, old.value)).collect();
        old.sort_by_key(|(user_id, ..)| user_id.clone());
        old
    };
    let john = (all[0].clone(), card.clone(), json!("old"));
    assert_eq!(old(found), std::slice::from_ref(&john));
    holds(&mut tx, &all[0], &shelf, "new", NOW + 6).await;
    holds(&mut tx, &all[1], &shelf, "new", NOW + 6).await;
    let found = survey(&mut tx, part, &ids, false).await;
    assert_eq!(found.groups, [group(None, 0, 1), group(Some(&all[0]), 2, 1), group(None, 3, 1)]);
    let found = survey(&mut tx, part, &[shelf.as_str()], false).await;
    assert_eq!((found.groups, found.old.len()), (vec![group(None, 0, 1), group(None, 1, 2)], 0));
    let found = survey(&mut tx, part, &ids, true).await;
    let each = [group(Some(&all[2]), 0, 1), group(Some(&all[0]), 2, 1), group(Some(&all[1]), 3, 1)];
    assert_eq!((found.groups.as_slice(), found.last.as_ref()), (&each[..], Some(&all[2])));
    let logins = compliance::logins(&mut tx, part, &card).await.expect("reads");
    assert_eq!(logins.iter().filter(|login| login.value.is_some()).count(), 2);
    claims::set_rules_changed(&mut tx, &card, NOW + 50).await.expect("notes");
    let found = survey(&mut tx, part, &ids, false).await;
    assert_eq!(found.groups, [group(None, 0, 1), group(Some(&all[0]), 2, 1), group(Some(&all[1]), 2, 1)]);
    assert_eq!(old(found), [john, (all[1].clone(), card.clone(), json!("new"))]);
    let first = Part { limit: 1, ..part };
    assert_eq!(survey(&mut tx, first, &ids, false).await.old.len(), 1);
    // As many claims as one statement can tell apart.
    let mut many = Vec::new();
    for i in 0..compliance::TOGETHER {
        let claim = fixture::in_claim(&mut tx, subscription, &format!("c{i}")).await;
        holds(&mut tx, &all[2], &claim, "new", NOW + 6).await;
        many.push(claim);
    }
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let found = survey(&mut tx, part, &many, false).await;
    assert_eq!(found.groups, [group(None, 0, 2), group(None, (1 << compliance::TOGETHER) - 1, 1)]);
    claims::set_rules_changed(&mut tx, many[compliance::TOGETHER - 1], NOW + 50).await.expect("notes");
    let found = survey(&mut tx, part, &many, false).await;
    assert_eq!(found.groups, [group(None, 0, 2), group(Some(&all[2]), (1 << (compliance::TOGETHER - 1)) - 1, 1)]);
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
