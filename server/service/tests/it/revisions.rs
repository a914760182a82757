//! Every change of configuration leaves a revision in its transaction, and no log holds a secret.

use model::spec::{ApplicationSpec, SigningAlg};
use model::{PageRequest, SecretPlan};
use service::console::{api_connections, applications, claims, keys, subscriptions, users};

use crate::fixture::{PASSWORD, application_spec, claim_spec, config_version, furnished, logs, owner, subscription};

both!(before_and_after_are_kept, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let spec = ApplicationSpec { require_consent: true, ..application_spec("my-app") };
    applications::update(&ctx, &owner(), "mine", &mine.application, 1, spec.clone()).await.expect("saved");
    applications::delete(&ctx, &owner(), "mine", &mine.application, 2).await.expect("deleted");
    let mut conn = ctx.read().await.expect("reads");
    let page = store::revisions::page_of_object(&mut conn, &mine.application, &PageRequest::default()).await;
    let read = |json: &Option<store::JsonText>| json.as_ref().map(|j| j.decode::<ApplicationSpec>().expect("spec"));
    let rows: Vec<_> = page.expect("page").items;
    let rows: Vec<_> = rows.iter().map(|r| (r.action.as_str(), read(&r.before), read(&r.after))).collect();
    let (first, second) = (application_spec("my-app"), spec);
    let expected = [
        ("delete", Some(second.clone()), None),
        ("update", Some(first.clone()), Some(second)),
        ("new_secret", None, None),
        ("create", None, Some(first)),
    ];
    assert_eq!(rows, expected);
});

both!(a_refused_change_leaves_nothing, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let (before, version) = (logs(&ctx).await, config_version(&ctx, &mine.subscription_id).await);
    claims::create(&ctx, &owner(), "mine", claim_spec("library_card")).await.expect_err("taken");
    claims::update(&ctx, &owner(), "mine", &mine.claim, 9, crate::fixture::library_card()).await.expect_err("outdated");
    api_connections::create(&ctx, &owner(), "mine", crate::fixture::connection_spec("openid"))
        .await
        .expect_err("taken");
    assert_eq!(logs(&ctx).await, before);
    assert_eq!(config_version(&ctx, &mine.subscription_id).await, version);
});

both!(each_change_moves_the_version_of_its_own_subscription, |ctx| async {
    let (mine, other) = (furnished(&ctx, "mine").await, furnished(&ctx, "other").await);
    let untouched = config_version(&ctx, &other.subscription_id).await;
    let mut last = config_version(&ctx, &mine.subscription_id).await;
    let mut moved = async |what: &str| {
        let now = config_version(&ctx, &mine.subscription_id).await;
        assert!(now > last, "{what}");
        last = now;
    };
    claims::create(&ctx, &owner(), "mine", claim_spec("badge")).await.expect("claim");
    moved("a claim").await;
    applications::new_secret(&ctx, &owner(), "mine", &mine.application, SecretPlan::default()).await.expect("secret");
    moved("a secret").await;
    keys::rotate(&ctx, &owner(), "mine", SigningAlg::Rs256).await.expect("key");
    moved("a key").await;
    applications::set_disabled(&ctx, &owner(), "mine", &mine.application, 1, true).await.expect("disabled");
    moved("a disabled application").await;
    subscriptions::set_disabled(&ctx, &owner(), "mine", 1, true).await.expect("disabled");
    moved("a disabled subscription").await;
    assert_eq!(config_version(&ctx, &other.subscription_id).await, untouched);
});

both!(no_secret_is_in_a_log, |ctx| async {
    subscription(&ctx, "mysub").await;
    let connection = crate::fixture::connection_spec("library-api");
    let connection = api_connections::create(&ctx, &owner(), "mysub", connection).await.expect("made");
    let application = applications::create(&ctx, &owner(), "mysub", application_spec("my-app")).await.expect("made");
    let more = applications::new_secret(&ctx, &owner(), "mysub", &application.stored.id, SecretPlan::default())
        .await
        .expect("secret");
    let user = service::console::NewUser { password: Some(PASSWORD.into()), ..crate::fixture::new_user("john") };
    users::create(&ctx, &owner(), "mysub", user).await.expect("user");
    keys::rotate(&ctx, &owner(), "mysub", SigningAlg::Rs256).await.expect("rotated");
    let logs = logs(&ctx).await;
    for secret in [connection.secret, application.secret.expect("secret"), more.secret, PASSWORD.to_owned()] {
        assert!(!logs.contains(&secret) && !logs.contains(&service::crypto::hash(&secret)), "{secret}");
    }
    assert!(!logs.contains("john@example.com"), "an address is a claim's value");
});
