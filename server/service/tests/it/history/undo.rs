//! Taking one change back: what comes back, what stands in the way, and who may.

use model::spec::{
    AccessTokenFormat, ApiConnectionSpec, ApplicationSpec, ClaimSpec, Dialect, SigningAlg, SubscriptionSpec,
};
use model::{Role, SecretPlan};
use service::Error;
use service::console::{api_connections, applications, claims, history, identity_scopes, keys, subscriptions};
use service::history::plan::What;
use service::history::restore::Side;

use super::{file, id, undo};
use crate::fixture::{admin, application_spec, claim_spec, code_at, connection_spec, furnished, library_card, owner};

both!(a_deleted_application_comes_back_with_its_secret, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let before = applications::get(&ctx, &owner(), "mine", &mine.application).await.expect("there");
    let all = file(&ctx, "mine").await;
    let done = applications::delete(&ctx, &owner(), "mine", &mine.application, 1).await.expect("deleted");
    undo(&ctx, "mine", &id(&done)).await.expect("undone");
    let after = applications::get(&ctx, &owner(), "mine", &mine.application).await.expect("there again");
    assert_eq!((&after.stored.spec, &after.secrets), (&before.stored.spec, &before.secrets));
    assert_eq!(after.stored.created_at, before.stored.created_at);
    assert!(after.stored.version > before.stored.version, "a form of before is outdated");
    assert_eq!(file(&ctx, "mine").await, all);
});

both!(a_deleted_connection_comes_back_with_its_scopes, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let all = file(&ctx, "mine").await;
    let done = api_connections::delete(&ctx, &owner(), "mine", &mine.connection, 1).await.expect("deleted");
    let back = undo(&ctx, "mine", &id(&done)).await.expect("undone");
    let view = api_connections::get(&ctx, &owner(), "mine", &mine.connection).await.expect("there again");
    assert_eq!((view.scopes[0].id.as_str(), view.secrets.len()), (mine.api_scope.as_str(), 1));
    assert_eq!(file(&ctx, "mine").await, all);
    // And away again, and back.
    let away = undo(&ctx, "mine", &id(&back)).await.expect("undone again");
    assert!(matches!(api_connections::get(&ctx, &owner(), "mine", &mine.connection).await, Err(Error::NotFound)));
    undo(&ctx, "mine", &id(&away)).await.expect("and once more");
    assert_eq!(file(&ctx, "mine").await, all);
});

both!(what_is_new_goes_unless_somebody_needs_it, |ctx| async {
    furnished(&ctx, "mine").await;
    let badge = claims::create(&ctx, &owner(), "mine", claim_spec("badge")).await.expect("made");
    let spec = crate::fixture::identity_scope_spec("work", &["badge"]);
    let scope = identity_scopes::create(&ctx, &owner(), "mine", spec).await.expect("made");
    let refused = undo(&ctx, "mine", &id(&badge.done)).await;
    assert!(matches!(refused, Err(Error::InUse(_))), "{refused:?}");
    undo(&ctx, "mine", &id(&scope.done)).await.expect("undone");
    undo(&ctx, "mine", &id(&badge.done)).await.expect("undone");
    assert!(matches!(claims::get(&ctx, &owner(), "mine", &badge.id).await, Err(Error::NotFound)));
});

both!(what_somebody_changed_since_stays, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let first = ClaimSpec { help: "First".into(), show_on_profile: true, ..library_card() };
    let done = claims::update(&ctx, &owner(), "mine", &mine.claim, 1, first.clone()).await.expect("saved");
    let second = ClaimSpec { help: "Second".into(), ..first };
    claims::update(&ctx, &owner(), "mine", &mine.claim, 2, second).await.expect("saved");
    let view = history::get(&ctx, &owner(), "mine", &id(&done)).await.expect("seen");
    let What::Change { merged, .. } = &view.plan.steps[0].what else { panic!("{:?}", view.plan) };
    assert_eq!(merged.conflicts.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["help"]);
    undo(&ctx, "mine", &id(&done)).await.expect("the rest");
    let now = claims::get(&ctx, &owner(), "mine", &mine.claim).await.expect("there").spec;
    assert_eq!((now.help.as_str(), now.show_on_profile), ("Second", library_card().show_on_profile));
});

both!(a_change_of_dialect_is_taken_back_whatever_came_after, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let first = applications::get(&ctx, &owner(), "mine", &mine.application).await.expect("there").stored;
    let in_dialect = |dialect| ApplicationSpec { dialect, ..first.spec.clone() }.settled();
    let who = owner();
    let save = async |spec: &ApplicationSpec| {
        let version = applications::get(&ctx, &who, "mine", &mine.application).await.expect("there").stored.version;
        applications::update(&ctx, &who, "mine", &mine.application, version, spec.clone()).await.expect("saved").done
    };
    let now = async || applications::get(&ctx, &who, "mine", &mine.application).await.expect("there").stored.spec;

    // The format is another's choice by now, and the dialect leaves none.
    save(&in_dialect(Dialect::Next)).await;
    let back_to_standard = save(&in_dialect(Dialect::Standard)).await;
    let reference = Some(AccessTokenFormat::Reference);
    save(&ApplicationSpec { access_token_format: reference, ..in_dialect(Dialect::Standard) }).await;
    undo(&ctx, "mine", &id(&back_to_standard)).await.expect("undone");
    assert_eq!((now().await.dialect, now().await.access_token_format), (Dialect::Next, None));

    // A lifetime that stayed the same all the time is nobody's change.
    save(&ApplicationSpec { access_token_lifetime: 1_800, ..in_dialect(Dialect::Standard) }).await;
    let hour = save(&in_dialect(Dialect::Standard)).await;
    save(&in_dialect(Dialect::Grantid)).await;
    undo(&ctx, "mine", &id(&hour)).await.expect("undone");
    assert_eq!((now().await.dialect, now().await.access_token_lifetime), (Dialect::Grantid, 1_800));
});

both!(a_change_is_undone_once, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let spec = ApplicationSpec { require_consent: true, ..application_spec("my-app") };
    let saved = applications::update(&ctx, &owner(), "mine", &mine.application, 1, spec).await;
    let done = saved.expect("saved").done;
    let change = id(&done);
    let version = history::get(&ctx, &owner(), "mine", &change).await.expect("seen").version;
    // Two who press the button at once.
    let who = owner();
    let twice = || history::undo(&ctx, &who, "mine", &change, version);
    let (one, other) = tokio::join!(twice(), twice());
    let (done, refused) = if one.is_ok() { (one, other) } else { (other, one) };
    let back = id(&done.expect("one of them"));
    assert_eq!(code_at(refused, ""), "undone-already");
    let view = history::get(&ctx, &owner(), "mine", &change).await.expect("seen");
    assert_eq!((view.undone_by.as_deref(), view.can_be_undone()), (Some(back.as_str()), false));
    // Undone in turn, the first holds again and can be undone again.
    undo(&ctx, "mine", &back).await.expect("undone");
    assert!(history::get(&ctx, &owner(), "mine", &change).await.expect("seen").can_be_undone());
});

both!(what_was_seen_is_what_is_done, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let done = claims::create(&ctx, &owner(), "mine", claim_spec("badge")).await.expect("made").done;
    let version = history::get(&ctx, &owner(), "mine", &id(&done)).await.expect("seen").version;
    applications::set_disabled(&ctx, &owner(), "mine", &mine.application, 1, true).await.expect("meanwhile");
    let outdated = history::undo(&ctx, &owner(), "mine", &id(&done), version).await;
    assert!(matches!(outdated, Err(Error::Changed)), "{outdated:?}");
    assert!(claims::get(&ctx, &owner(), "mine", &mine.claim).await.is_ok());
});

both!(secrets_come_and_go, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let ids = async || {
        let view = applications::get(&ctx, &owner(), "mine", &mine.application).await.expect("there");
        view.secrets.into_iter().map(|secret| secret.id).collect::<Vec<_>>()
    };
    let first = ids().await;
    let more = applications::new_secret(&ctx, &owner(), "mine", &mine.application, SecretPlan::default())
        .await
        .expect("secret");
    let both = ids().await;
    let gone =
        applications::remove_secret(&ctx, &owner(), "mine", &mine.application, &first[0]).await.expect("removed");
    undo(&ctx, "mine", &id(&gone)).await.expect("undone");
    assert_eq!(ids().await, both);
    undo(&ctx, "mine", &id(&more.done)).await.expect("undone");
    assert_eq!(ids().await, first);
});

both!(some_things_cannot_be_undone, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    assert_eq!(keys::rotate(&ctx, &owner(), "mine", SigningAlg::Rs256).await.expect("rotated").change, None);
    let made = subscriptions::create(&ctx, &owner(), crate::fixture::subscription_spec("fresh")).await.expect("made");
    assert_eq!(made.done.change, None);
    // Nor is there anything to undo of a save that changed nothing.
    let same = claims::update(&ctx, &owner(), "mine", &mine.claim, 1, library_card()).await.expect("saved");
    assert_eq!(same.change, None);
    let page = service::console::audit::page(&ctx, &owner(), "mine", &crate::fixture::first_page()).await.expect("log");
    let rotated = page.items.iter().find(|row| row.action == "rotate").and_then(|row| row.change.clone()).expect("row");
    assert!(history::get(&ctx, &owner(), "mine", &rotated).await.expect("seen").plan.permanent);
    assert_eq!(code_at(undo(&ctx, "mine", &rotated).await, ""), "undo-impossible");
});

both!(what_an_older_release_wrote_is_a_change_of_its_own, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let row = |id: &str, action: &str, before: Option<&str>| store::revisions::Revision {
        id: id.into(),
        subscription_id: Some(mine.subscription_id.clone()),
        at: ctx.now(),
        actor: "ann".into(),
        object_type: "application".into(),
        object_id: mine.application.clone(),
        object_name: "my-app".into(),
        action: action.into(),
        before: before.map(|_| store::JsonText::encode(&application_spec("my-app"))),
        after: None,
        change_id: None,
        facts: None,
    };
    let mut tx = ctx.begin().await.expect("begins");
    for (id, action, before) in [("0001", "update", None), ("0002", "new_secret", None), ("0003", "delete", Some(""))] {
        store::revisions::insert(&mut tx, &row(id, action, before)).await.expect("written");
    }
    tx.commit().await.expect("commits");
    for change in ["0001", "0002"] {
        let view = history::get(&ctx, &owner(), "mine", change).await.expect("seen");
        assert_eq!(view.plan.steps[0].what, What::NotKept);
        assert_eq!(code_at(undo(&ctx, "mine", change).await, ""), "undo-impossible");
    }
});

both!(only_editors_of_the_same_subscription_undo, |ctx| async {
    let (mine, other) = (furnished(&ctx, "mine").await, furnished(&ctx, "other").await);
    let done = applications::set_disabled(&ctx, &owner(), "mine", &mine.application, 1, true).await.expect("done");
    let (change, viewer) = (id(&done), admin(&[(&mine.subscription_id, Role::Viewer)]));
    let view = history::get(&ctx, &viewer, "mine", &change).await.expect("viewers read");
    let revision = view.rows[0].id.clone();
    assert!(matches!(history::undo(&ctx, &viewer, "mine", &change, view.version).await, Err(Error::Forbidden)));
    let restore = (change.as_str(), revision.as_str(), Side::Before);
    assert!(matches!(history::restore(&ctx, &viewer, "mine", restore, view.version).await, Err(Error::Forbidden)));
    history::at(&ctx, &viewer, "mine", ctx.now()).await.expect("viewers travel");
    // Another tenant's change does not exist (docs/security.md 63).
    let stranger = admin(&[(&other.subscription_id, Role::Owner)]);
    for slug in ["mine", "other"] {
        assert!(matches!(history::get(&ctx, &stranger, slug, &change).await, Err(Error::NotFound)));
        assert!(matches!(history::undo(&ctx, &stranger, slug, &change, 1).await, Err(Error::NotFound)));
        assert!(matches!(history::restore(&ctx, &stranger, slug, restore, 1).await, Err(Error::NotFound)));
    }
    assert!(matches!(history::at(&ctx, &stranger, "mine", ctx.now()).await, Err(Error::NotFound)));
    // The built-in subscription's settings are for owners.
    let system = subscriptions::get(&ctx, &owner(), "system").await.expect("there").stored;
    let spec = SubscriptionSpec { session_idle_lifetime: 600, ..system.spec };
    let done = subscriptions::update(&ctx, &owner(), "system", system.version, spec).await.expect("saved");
    let editor = admin(&[("*", Role::Editor)]);
    assert!(matches!(history::get(&ctx, &editor, "system", &id(&done)).await, Err(Error::Forbidden)));
    assert!(matches!(history::undo(&ctx, &editor, "system", &id(&done), 1).await, Err(Error::Forbidden)));
    undo(&ctx, "system", &id(&done)).await.expect("owners undo");
});

both!(an_object_is_restored_to_any_version, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let words = ApiConnectionSpec { display_name: "New words".into(), ..connection_spec("library-api") };
    let done = api_connections::update(&ctx, &owner(), "mine", &mine.connection, 1, words).await.expect("saved");
    let view = history::get(&ctx, &owner(), "mine", &id(&done)).await.expect("seen");
    let (change, revision) = (view.id.clone(), view.rows[0].id.clone());
    api_connections::delete(&ctx, &owner(), "mine", &mine.connection, 2).await.expect("deleted");
    let restore = async |side: Side| {
        let view = history::restore_view(&ctx, &owner(), "mine", &change, &revision, side).await.expect("seen");
        history::restore(&ctx, &owner(), "mine", (&change, &revision, side), view.version).await
    };
    restore(Side::After).await.expect("restored");
    let view = api_connections::get(&ctx, &owner(), "mine", &mine.connection).await.expect("there again");
    assert_eq!(view.stored.spec.display_name, "New words");
    assert_eq!((view.scopes.len(), view.secrets.len()), (1, 1));
    assert_eq!(code_at(restore(Side::After).await, ""), "restored-already");
    restore(Side::Before).await.expect("restored");
    let view = api_connections::get(&ctx, &owner(), "mine", &mine.connection).await.expect("there");
    assert_eq!(view.stored.spec.display_name, "The library-api");
});
