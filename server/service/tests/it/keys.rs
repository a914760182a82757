//! Rotation: the next key is published before it signs, the old one for as long as its tokens live.

use model::spec::SigningAlg;
use service::console::{applications, keys};

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
        snapshot.keyring.signing(SigningAlg::Rs256, ctx.now()).expect("key").kid.clone()
    };
    let first = signing().await;
    keys::rotate(&ctx, &owner(), "mysub", SigningAlg::Rs256).await.expect("rotated");
    let published = states().await;
    assert_eq!(published.iter().map(|(_, state)| *state).collect::<Vec<_>>(), ["signing", "next"]);
    let second = published[1].0.clone();
    assert_eq!(signing().await, first, "the old one signs until the new one was published for a while");
    assert_eq!(code_at(keys::rotate(&ctx, &owner(), "mysub", SigningAlg::Rs256).await, ""), "rotation-pending");
    ctx.clock.advance(3_600);
    assert_eq!(signing().await, second);
    assert_eq!(states().await, [(first.clone(), "retired"), (second.clone(), "signing")]);
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert!(snapshot.keyring.find(&first, ctx.now()).is_some(), "its tokens still verify");
    ctx.clock.advance(TWO_DAYS);
    assert_eq!(states().await, [(second, "signing")]);
    assert!(snapshot.keyring.find(&first, ctx.now()).is_none());
    keys::rotate(&ctx, &owner(), "mysub", SigningAlg::Rs256).await.expect("rotated again");
    assert_eq!(states().await.len(), 2);
});

both!(a_rehearsal_tells_what_then_happens, |ctx| async {
    let mine = crate::fixture::furnished(&ctx, "mine").await;
    let spec = model::spec::ApplicationSpec {
        name: "The long-lived".into(),
        access_token_lifetime: 7_200,
        ..crate::fixture::application_spec("my-app")
    };
    applications::update(&ctx, &owner(), "mine", &mine.application, 1, spec).await.expect("saved");
    let told = keys::rehearse(&ctx, &owner(), "mine", SigningAlg::Rs256).await.expect("told");
    assert_eq!((told.longest.seconds, told.longest.application.as_deref()), (7_200, Some("The long-lived")));
    assert!(!told.is_waiting);
    keys::rotate(&ctx, &owner(), "mine", SigningAlg::Rs256).await.expect("rotated");
    let keys = keys::list(&ctx, &owner(), "mine").await.expect("keys");
    let (old, new) = (&keys[0], &keys[1]);
    assert_eq!(old.kid, told.kid);
    assert_eq!(new.activates_at, told.activates_at);
    assert_eq!(old.last_token_ends_at, Some(told.last_token_ends_at));
    assert_eq!((old.expires_at, old.retires_at), (Some(told.expires_at), Some(told.activates_at)));
    assert_eq!(new.last_token_ends_at, None);
    assert!(told.last_token_ends_at < told.expires_at, "no token outlives its key");
    assert!(keys::rehearse(&ctx, &owner(), "mine", SigningAlg::Rs256).await.expect("told").is_waiting);
});
