//! Rotation: the next key is published before it signs, the old one for as long as its tokens live.

use service::console::keys;

use crate::fixture::{code_at, owner, subscription};

/// Longer than any token lives, and then some.
const TWO_DAYS: i64 = 2 * 86_400;

both!(the_next_key_is_published_before_it_signs, |ctx| async {
    subscription(&ctx, "mysub").await;
    let states = async || {
        let keys = keys::list(&ctx, &owner(), "mysub").await.expect("keys");
        keys.into_iter().map(|key| (key.kid, key.state)).collect::<Vec<_>>()
    };
    let signing = async || {
        let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
        snapshot.keyring.signing(ctx.now()).expect("key").kid.clone()
    };
    let first = signing().await;
    keys::rotate(&ctx, &owner(), "mysub").await.expect("rotated");
    let published = states().await;
    assert_eq!(published.iter().map(|(_, state)| *state).collect::<Vec<_>>(), ["signing", "next"]);
    let second = published[1].0.clone();
    assert_eq!(signing().await, first, "the old one signs until the new one was published for a while");
    assert_eq!(code_at(keys::rotate(&ctx, &owner(), "mysub").await, ""), "rotation-pending");
    ctx.clock.advance(3_600);
    assert_eq!(signing().await, second);
    assert_eq!(states().await, [(first.clone(), "retired"), (second.clone(), "signing")]);
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert!(snapshot.keyring.find(&first, ctx.now()).is_some(), "its tokens still verify");
    ctx.clock.advance(TWO_DAYS);
    assert_eq!(states().await, [(second, "signing")]);
    assert!(snapshot.keyring.find(&first, ctx.now()).is_none());
    keys::rotate(&ctx, &owner(), "mysub").await.expect("rotated again");
    assert_eq!(states().await.len(), 2);
});
