//! Subscriptions: made with what they are born with, changed, disabled, deleted.

use model::spec::{SigningAlg, SubscriptionSpec};
use model::{PageRequest, Role};
use service::console::{claims, identity_scopes, keys, subscriptions};
use service::{Actor, Error};

use crate::fixture::{
    admin, code_at, config_version, first_page, furnished, grant, grant_counts, owner, session_counts, subscription,
    subscription_spec,
};

both!(a_new_one_has_a_key_the_standard_claims_and_its_scopes, |ctx| async {
    let made = subscriptions::create(&ctx, &owner(), subscription_spec("mysub")).await.expect("made");
    let view = subscriptions::get(&ctx, &owner(), "mysub").await.expect("view");
    assert_eq!(view.issuer, "http://localhost:8080/s/mysub");
    assert_eq!((view.stored.id.as_str(), view.role), (made.id.as_str(), Role::Owner));
    let counts = subscriptions::counts(&ctx, &owner(), "mysub").await.expect("counts");
    assert_eq!((counts.identity_scopes, counts.custom_claims, counts.users), (5, 0, 0));
    let standard = claims::all(&ctx, &owner(), "mysub").await.expect("claims");
    assert_eq!(standard.len(), model::standard_claims::all().len());
    let scopes = identity_scopes::all(&ctx, &owner(), "mysub").await.expect("scopes");
    let names: Vec<_> = scopes.iter().map(|scope| scope.spec.name.as_str()).collect();
    assert_eq!(names, ["openid", "profile", "email", "phone", "address"]);
    let keys = keys::list(&ctx, &owner(), "mysub").await.expect("keys");
    assert_eq!(keys.iter().map(|key| (key.alg.as_str(), key.state)).collect::<Vec<_>>(), [("RS256", "signing")]);
    // The hot paths can serve it at once.
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert_eq!(snapshot.keyring.signing(SigningAlg::Rs256, ctx.now()).expect("key").kid, keys[0].kid);
});

both!(bad_or_taken_slugs_are_refused, |ctx| async {
    subscription(&ctx, "mysub").await;
    for (slug, code) in [("mysub", "taken"), ("system", "reserved"), ("My Sub", "slug"), ("", "required")] {
        let made = subscriptions::create(&ctx, &owner(), subscription_spec(slug)).await;
        assert_eq!(code_at(made, "slug"), code, "{slug}");
    }
    let bad = SubscriptionSpec { session_idle_lifetime: 1, name: String::new(), ..subscription_spec("ok") };
    let Err(Error::Invalid(errors)) = subscriptions::create(&ctx, &owner(), bad).await else { panic!("made") };
    assert!(errors.of("name").is_some() && errors.of("session_idle_lifetime").is_some(), "{errors}");
});

both!(settings_change_over_the_version_that_was_read, |ctx| async {
    let made = subscription(&ctx, "mysub").await;
    let before = config_version(&ctx, &made.id).await;
    let spec = SubscriptionSpec { name: "Renamed".into(), registration: false, ..made.spec.clone() };
    subscriptions::update(&ctx, &owner(), "mysub", made.version, spec.clone()).await.expect("saved");
    let again = subscriptions::update(&ctx, &owner(), "mysub", made.version, spec.clone()).await;
    assert!(matches!(again, Err(Error::Changed)));
    let view = subscriptions::get(&ctx, &owner(), "mysub").await.expect("view");
    assert_eq!((view.stored.spec, view.stored.version), (spec.clone(), made.version + 1));
    assert!(config_version(&ctx, &made.id).await > before);
    assert_eq!(ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot").tenant.name(), "Renamed");
    let version = made.version + 1;
    let moved = SubscriptionSpec { slug: "other".into(), ..spec.clone() };
    assert_eq!(code_at(subscriptions::update(&ctx, &owner(), "mysub", version, moved).await, "slug"), "immutable");
    let preset = SubscriptionSpec { scope_preset: model::preset::ScopePreset::Next, ..spec };
    assert_eq!(
        code_at(subscriptions::update(&ctx, &owner(), "mysub", version, preset).await, "scope_preset"),
        "immutable"
    );
});

both!(a_disabled_one_ends_sessions_and_grants_and_serves_nothing, |ctx| async {
    let (mine, other) = (furnished(&ctx, "mine").await, furnished(&ctx, "other").await);
    let (granted, elsewhere) = (grant(&ctx, &mine).await, grant(&ctx, &other).await);
    ctx.snapshots.get(&ctx, "mine").await.expect("enabled");
    let version = subscriptions::get(&ctx, &owner(), "mine").await.expect("view").stored.version;
    subscriptions::set_disabled(&ctx, &owner(), "mine", version, true).await.expect("disabled");
    assert!(matches!(ctx.snapshots.get(&ctx, "mine").await, Err(Error::OutOfUse { .. })));
    assert!(!session_counts(&ctx, &mine.session).await && !grant_counts(&ctx, &granted).await);
    assert!(session_counts(&ctx, &other.session).await && grant_counts(&ctx, &elsewhere).await);
    subscriptions::set_disabled(&ctx, &owner(), "mine", version + 1, false).await.expect("enabled");
    ctx.snapshots.get(&ctx, "mine").await.expect("enabled");
    assert!(!grant_counts(&ctx, &granted).await, "what was revoked stays revoked");
});

both!(a_deleted_one_takes_everything_along, |ctx| async {
    let (mine, _) = (furnished(&ctx, "mine").await, furnished(&ctx, "other").await);
    let version = subscriptions::get(&ctx, &owner(), "mine").await.expect("view").stored.version;
    let outdated = subscriptions::delete(&ctx, &owner(), "mine", version + 1).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    subscriptions::delete(&ctx, &owner(), "mine", version).await.expect("deleted");
    assert!(matches!(subscriptions::get(&ctx, &owner(), "mine").await, Err(Error::NotFound)));
    assert!(matches!(ctx.snapshots.get(&ctx, "mine").await, Err(Error::NotFound)));
    subscriptions::get(&ctx, &owner(), "other").await.expect("untouched");
    let again = subscription(&ctx, "mine").await;
    assert_ne!(again.id, mine.subscription_id, "an id never comes back");
});

both!(the_list_shows_what_the_administrator_may_see, |ctx| async {
    let ids = [subscription(&ctx, "bbb").await.id, subscription(&ctx, "aaa").await.id];
    let slugs = |page: model::Page<subscriptions::SubscriptionCard>| {
        page.items.into_iter().map(|card| card.slug).collect::<Vec<_>>()
    };
    let all = subscriptions::page(&ctx, &owner(), &first_page()).await.expect("list");
    assert_eq!(slugs(all), ["system", "aaa", "bbb"]);
    let search = PageRequest { search: "the b".into(), ..PageRequest::default() };
    assert_eq!(slugs(subscriptions::page(&ctx, &owner(), &search).await.expect("list")), ["bbb"]);
    // A role on one subscription, as the database has it.
    let system = subscriptions::get(&ctx, &owner(), "system").await.expect("system").stored.id;
    let user = service::console::users::create(&ctx, &Actor::Cli, "system", crate::fixture::new_user("viewer")).await;
    let user_id = user.expect("user");
    let mut tx = ctx.begin().await.expect("begins");
    store::roles::put(&mut tx, &user_id, &ids[0], Role::Viewer).await.expect("role");
    tx.commit().await.expect("commits");
    let Actor::Admin(someone) = admin(&[(&ids[0], Role::Viewer)]) else { unreachable!() };
    let viewer = Actor::Admin(service::Admin { user_id, ..someone });
    assert_eq!(slugs(subscriptions::page(&ctx, &viewer, &first_page()).await.expect("list")), ["bbb"]);
    assert!(viewer.role_on(&system).is_none());
});
