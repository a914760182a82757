//! Identity scopes: defined, changed, deleted.

use model::spec::IdentityScopeSpec;
use service::Error;
use service::console::{api_connections, applications, claims, identity_scopes};

use crate::fixture::{
    application_spec, code_at, connection_spec, first_page, identity_scope_spec, library_card, owner, strings,
    subscription,
};

both!(scopes_are_defined_listed_changed_and_deleted, |ctx| async {
    subscription(&ctx, "mysub").await;
    claims::create(&ctx, &owner(), "mysub", library_card()).await.expect("claim");
    let spec = identity_scope_spec("library", &["library_card", "name"]);
    let made = identity_scopes::create(&ctx, &owner(), "mysub", spec.clone()).await.expect("made");
    assert_eq!(identity_scopes::get(&ctx, &owner(), "mysub", &made.id).await.expect("found").spec, spec);
    let listed = identity_scopes::page(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items;
    assert_eq!(listed.len(), 6);
    let changed = IdentityScopeSpec { claims: strings(&["nickname"]), ..spec.clone() };
    identity_scopes::update(&ctx, &owner(), "mysub", &made.id, 1, changed.clone()).await.expect("saved");
    let outdated = identity_scopes::update(&ctx, &owner(), "mysub", &made.id, 1, changed.clone()).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert_eq!(snapshot.tenant.identity_scope("library"), Some(&changed));
    identity_scopes::delete(&ctx, &owner(), "mysub", &made.id, 2).await.expect("deleted");
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    assert_eq!(snapshot.tenant.identity_scope("library"), None);
});

both!(bad_scopes_are_refused_at_their_fields, |ctx| async {
    subscription(&ctx, "mysub").await;
    api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("connection");
    let refusals = [
        (identity_scope_spec("openid", &["sub"]), "name", "taken"),
        (identity_scope_spec("library-api", &["sub"]), "name", "taken"),
        (identity_scope_spec("offline_access", &["sub"]), "name", "reserved"),
        (identity_scope_spec("library", &[]), "claims", "choose"),
        (identity_scope_spec("library", &["name", "shoe_size"]), "claims", "unknown"),
        (identity_scope_spec("two words", &["name"]), "name", "scope-name"),
    ];
    for (spec, field, code) in refusals {
        assert_eq!(code_at(identity_scopes::create(&ctx, &owner(), "mysub", spec).await, field), code);
    }
    let made = identity_scopes::create(&ctx, &owner(), "mysub", identity_scope_spec("library", &["name"])).await;
    let made = made.expect("made");
    let unknown = identity_scope_spec("library", &["hat", "shoe_size"]);
    let refused = identity_scopes::update(&ctx, &owner(), "mysub", &made.id, 1, unknown).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.0.len(), 2, "every unknown name is told: {errors}");
    let renamed = identity_scope_spec("other", &["name"]);
    let refused = identity_scopes::update(&ctx, &owner(), "mysub", &made.id, 1, renamed).await;
    assert_eq!(code_at(refused, "name"), "immutable");
});

both!(one_that_applications_may_request_stays, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = identity_scopes::create(&ctx, &owner(), "mysub", identity_scope_spec("library", &["name"])).await;
    let made = made.expect("made");
    let spec = model::spec::ApplicationSpec {
        allowed_identity_scopes: strings(&["openid", "library"]),
        ..application_spec("my-app")
    };
    applications::create(&ctx, &owner(), "mysub", spec).await.expect("application");
    let usage = identity_scopes::usage(&ctx, &owner(), "mysub", &made.id).await.expect("usage");
    assert_eq!(usage.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["my-app"]);
    let refused = identity_scopes::delete(&ctx, &owner(), "mysub", &made.id, 1).await;
    assert!(matches!(refused, Err(Error::InUse(used_by)) if used_by[0].name == "my-app"));
});
