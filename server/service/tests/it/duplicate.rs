//! An application like another.

use model::spec::{ApplicationSpec, ApplicationType};
use service::console::{applications, duplicate};
use service::{Actor, Error};

use crate::fixture::{application_spec, code_at, furnished, owner, strings};

both!(a_duplicate_has_everything_but_the_secrets, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let spec = ApplicationSpec {
        allowed_identity_scopes: strings(&["openid", "library"]),
        require_consent: true,
        access_token_lifetime: 600,
        ..application_spec("my-app")
    };
    applications::update(&ctx, &owner(), "mine", &mine.application, 1, spec).await.expect("saved");
    let copy = async |client_id: &str| {
        duplicate::application(&ctx, &owner(), "mine", &mine.application, client_id.into(), "Another".into()).await
    };
    let made = copy("another").await.expect("made");
    let model = applications::get(&ctx, &owner(), "mine", &mine.application).await.expect("view");
    let expected = ApplicationSpec { client_id: "another".into(), name: "Another".into(), ..model.stored.spec.clone() };
    assert_eq!(made.stored.spec, expected);
    let view = applications::get(&ctx, &owner(), "mine", &made.stored.id).await.expect("view");
    assert_eq!(view.secrets.len(), 1);
    let snapshot = ctx.snapshots.get(&ctx, "mine").await.expect("snapshot");
    let hashes = &snapshot.tenant.application("another").expect("it").secrets;
    assert_eq!(hashes[0].hash_hex, service::crypto::hash(&made.secret.expect("shown once")));
    for taken in ["my-app", "library-api"] {
        assert_eq!(code_at(copy(taken).await, "client_id"), "taken");
    }
});

both!(a_public_one_gets_no_secret_and_another_subscriptions_is_not_there, |ctx| async {
    let other = furnished(&ctx, "other").await;
    furnished(&ctx, "mine").await;
    let public = ApplicationSpec { kind: ApplicationType::SinglePage, ..application_spec("spa") };
    let public = applications::create(&ctx, &owner(), "mine", public).await.expect("made").stored.id;
    let copy =
        async |id: &str| duplicate::application(&ctx, &Actor::Cli, "mine", id, "copy".into(), "Copy".into()).await;
    assert_eq!(copy(&public).await.expect("made").secret, None);
    assert!(matches!(copy(&other.application).await, Err(Error::NotFound)));
});
