//! Pictures of subscriptions: found by hash in their own subscription, gone a while after the last use.

use store::images::{self, Image};
use store::{cleaning, subscriptions};

use crate::fixture::{self, NOW};

fn image(hash: &str) -> Image {
    Image { hash: hash.into(), kind: "image/png".into(), base64: "AAAA".into() }
}

both!(a_picture_is_found_in_its_own_subscription, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let (mine, other) = (fixture::in_subscription(&mut tx, "a").await, fixture::in_subscription(&mut tx, "b").await);
    images::put(&mut tx, &mine, &image("h"), NOW).await.expect("stored");
    images::put(&mut tx, &mine, &image("h"), NOW).await.expect("stored again");
    assert_eq!(images::find(&mut tx, &mine, "h").await.expect("asked"), Some(image("h")));
    assert_eq!(images::find(&mut tx, &other, "h").await.expect("asked"), None);
    assert_eq!(images::find(&mut tx, &mine, "h\0").await.expect("asked"), None);
    assert!(!images::take_up(&mut tx, &other, "h").await.expect("asked"));
    assert!(subscriptions::delete(&mut tx, &mine).await.expect("deleted"));
    assert_eq!(images::find(&mut tx, &mine, "h").await.expect("asked"), None);
});

both!(a_picture_goes_a_while_after_its_last_use, |store| async {
    let mut tx = store.begin().await.expect("begins");
    let sub = fixture::in_subscription(&mut tx, "a").await;
    for hash in ["used", "left", "back"] {
        images::put(&mut tx, &sub, &image(hash), NOW).await.expect("stored");
    }
    for hash in ["left", "back"] {
        images::leave(&mut tx, &sub, hash, NOW).await.expect("left");
    }
    assert!(images::take_up(&mut tx, &sub, "back").await.expect("taken up"));
    assert_eq!(cleaning::sweep(&mut tx, NOW, NOW, 10).await.expect("cleans"), 0, "not yet");
    assert_eq!(cleaning::sweep(&mut tx, NOW, NOW + 1, 10).await.expect("cleans"), 1);
    assert_eq!(images::find(&mut tx, &sub, "left").await.expect("asked"), None);
    for hash in ["used", "back"] {
        assert!(images::find(&mut tx, &sub, hash).await.expect("asked").is_some(), "{hash}");
    }
});
