//! Devices that wait: each is answered once, and redeemed once.

use store::device_codes::{self, DeviceCode};
use store::{JsonText, applications, cleaning, grants, subscriptions, users};

use crate::fixture::{self, Family, NOW};

/// The time of a day, for which a code is remembered after its end.
const DAY: i64 = 86_400;

fn device(family: &Family) -> DeviceCode {
    DeviceCode {
        hash: fixture::hash(),
        subscription_id: family.subscription_id.clone(),
        application_id: family.application_id.clone(),
        user_code_hash: fixture::hash(),
        request: JsonText::encode(&["openid"]),
        poll_interval: 5,
        polled_at: None,
        created_at: NOW,
        expires_at: NOW + 600,
        denied_at: None,
        grant_id: None,
        data: None,
        consumed_at: None,
    }
}

fn data() -> JsonText {
    JsonText::encode(&["what", "was", "granted"])
}

both!(a_code_is_found_by_what_people_enter_while_it_waits, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let (family, other) = (fixture::family(&mut tx, "a").await, fixture::family(&mut tx, "b").await);
    let new = device(&family);
    assert!(device_codes::insert(&mut tx, &new).await.expect("inserts"));
    let sub = &family.subscription_id;
    let shown = &new.user_code_hash;
    let found = device_codes::find_waiting(&mut tx, sub, shown, NOW + 599).await.expect("finds");
    assert_eq!(found, Some(new.clone()));
    let late = device_codes::find_waiting(&mut tx, sub, shown, NOW + 600).await.expect("asks");
    let elsewhere = device_codes::find_waiting(&mut tx, &other.subscription_id, shown, NOW).await.expect("asks");
    assert_eq!((late, elsewhere), (None, None));
    // Two devices of a subscription never show the same code; those of two may.
    let mut twin = DeviceCode { user_code_hash: shown.clone(), ..device(&family) };
    assert!(!device_codes::insert(&mut tx, &twin).await.expect("asks"));
    (twin.subscription_id, twin.application_id) = (other.subscription_id.clone(), other.application_id.clone());
    assert!(device_codes::insert(&mut tx, &twin).await.expect("inserts"));
});

both!(a_code_is_answered_once, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let (granted, denied, late) = (device(&family), device(&family), device(&family));
    for new in [&granted, &denied, &late] {
        assert!(device_codes::insert(&mut tx, new).await.expect("inserts"));
    }
    let grant = family.grant.id.as_str();
    assert!(device_codes::grant(&mut tx, &granted.hash, grant, &data(), NOW).await.expect("grants"));
    assert!(device_codes::deny(&mut tx, &denied.hash, NOW).await.expect("denies"));
    for hash in [&granted.hash, &denied.hash] {
        assert!(!device_codes::grant(&mut tx, hash, grant, &data(), NOW).await.expect("asks"));
        assert!(!device_codes::deny(&mut tx, hash, NOW).await.expect("asks"));
    }
    assert!(!device_codes::grant(&mut tx, &late.hash, grant, &data(), NOW + 600).await.expect("asks"));
    assert!(!device_codes::deny(&mut tx, &late.hash, NOW + 600).await.expect("asks"));
    for new in [&granted, &denied] {
        let sub = &family.subscription_id;
        let waiting = device_codes::find_waiting(&mut tx, sub, &new.user_code_hash, NOW).await.expect("asks");
        assert_eq!(waiting, None);
    }
    let row = device_codes::find(&mut tx, &granted.hash).await.expect("finds").expect("is there");
    assert_eq!((row.grant_id.as_deref(), row.data), (Some(grant), Some(data())));
});

both!(a_code_is_redeemed_once_and_only_when_granted, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = device(&family);
    device_codes::insert(&mut tx, &new).await.expect("inserts");
    assert!(!device_codes::consume(&mut tx, &new.hash, NOW).await.expect("asks"), "nobody has answered");
    device_codes::grant(&mut tx, &new.hash, &family.grant.id, &data(), NOW).await.expect("grants");
    assert!(!device_codes::consume(&mut tx, &new.hash, NOW + 600).await.expect("asks"), "expired");
    assert!(device_codes::consume(&mut tx, &new.hash, NOW + 1).await.expect("redeems"));
    assert!(!device_codes::consume(&mut tx, &new.hash, NOW + 1).await.expect("asks"), "used");
    let row = device_codes::find(&mut tx, &new.hash).await.expect("finds").expect("is there");
    assert_eq!(row.consumed_at, Some(NOW + 1));
});

both!(the_interval_is_kept, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let new = device(&family);
    device_codes::insert(&mut tx, &new).await.expect("inserts");
    assert_eq!(device_codes::hold(&mut tx, &new.hash).await.expect("holds"), Some(new.clone()));
    device_codes::note_poll(&mut tx, &new.hash, NOW + 2, 10).await.expect("notes");
    let held = device_codes::hold(&mut tx, &new.hash).await.expect("holds").expect("is there");
    assert_eq!((held.polled_at, held.poll_interval), (Some(NOW + 2), 10));
    assert_eq!(device_codes::hold(&mut tx, &fixture::hash()).await.expect("asks"), None);
});

both!(a_code_goes_with_its_grant_application_and_subscription, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let mut all = Vec::new();
    for slug in ["a", "b", "c", "d"] {
        let family = fixture::family(&mut tx, slug).await;
        let (waiting, granted) = (device(&family), device(&family));
        device_codes::insert(&mut tx, &waiting).await.expect("inserts");
        device_codes::insert(&mut tx, &granted).await.expect("inserts");
        device_codes::grant(&mut tx, &granted.hash, &family.grant.id, &data(), NOW).await.expect("grants");
        all.push((family, waiting.hash, granted.hash));
    }
    assert!(users::delete(&mut tx, &all[0].0.user_id, NOW).await.expect("deletes"));
    assert!(applications::delete(&mut tx, &all[1].0.application_id).await.expect("deletes"));
    assert!(subscriptions::delete(&mut tx, &all[2].0.subscription_id).await.expect("deletes"));
    let mut left = Vec::new();
    for (_, waiting, granted) in &all {
        let mut there = async |hash| device_codes::find(&mut tx, hash).await.expect("asks").is_some();
        left.push((there(waiting).await, there(granted).await));
    }
    assert_eq!(left, [(true, false), (false, false), (false, false), (true, true)]);
});

both!(what_has_expired_goes_a_day_later, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let family = fixture::family(&mut tx, "a").await;
    let all = [device(&family), device(&family), device(&family)];
    for new in &all {
        device_codes::insert(&mut tx, new).await.expect("inserts");
    }
    let keep = NOW + DAY + 599;
    grants::extend(&mut tx, &family.grant.id, keep + DAY).await.expect("extends");
    assert_eq!(cleaning::sweep(&mut tx, keep, 0, 2).await.expect("cleans"), 0);
    assert_eq!(cleaning::sweep(&mut tx, keep + 1, 0, 2).await.expect("cleans"), 2);
    assert_eq!(cleaning::sweep(&mut tx, keep + 1, 0, 2).await.expect("cleans"), 1);
    assert_eq!(device_codes::find(&mut tx, &all[0].hash).await.expect("asks"), None);
});
