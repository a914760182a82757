//! Applications: registered, changed, disabled, deleted; their secrets.

use model::SecretPlan;
use model::spec::{ApplicationSpec, ApplicationType, RequiredClaim, SecretRef, Stage};
use service::Error;
use service::console::{api_connections, applications};

use crate::fixture::{
    application_spec, code_at, connection_spec, first_page, furnished, grant, grant_counts, owner, session_counts,
    strings, subscription,
};

fn single_page(client_id: &str) -> ApplicationSpec {
    ApplicationSpec { kind: ApplicationType::SinglePage, ..application_spec(client_id) }
}

both!(one_that_keeps_secrets_gets_one, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = applications::create(&ctx, &owner(), "mysub", application_spec("my-app")).await.expect("made");
    let secret = made.secret.clone().expect("a secret");
    assert_eq!(secret.len(), 43, "256 bits in base64url");
    assert!(!format!("{made:?}").contains(&secret));
    let view = applications::get(&ctx, &owner(), "mysub", &made.stored.id).await.expect("view");
    assert_eq!((view.stored, view.secrets.len(), view.built_in), (made.stored.clone(), 1, false));
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    let hashes = &snapshot.tenant.application("my-app").expect("application").secrets;
    assert_eq!(hashes[0].hash_hex, service::crypto::hash(&secret));
    let public = applications::create(&ctx, &owner(), "mysub", single_page("spa")).await.expect("made");
    assert_eq!(public.secret, None);
    let refused = applications::new_secret(&ctx, &owner(), "mysub", &public.stored.id, SecretPlan::default()).await;
    assert_eq!(code_at(refused, ""), "public-application");
    // A reference of an `apply` file has no place here and is not kept.
    let spec = ApplicationSpec { secret: Some(SecretRef::Value("x".repeat(40))), ..application_spec("third") };
    let third = applications::create(&ctx, &owner(), "mysub", spec).await.expect("made");
    assert_eq!(third.stored.spec.secret, None);
    let listed = applications::page(&ctx, &owner(), "mysub", &first_page()).await.expect("list").items;
    assert_eq!(listed.len(), 3);
});

both!(bad_applications_are_refused_at_their_fields, |ctx| async {
    subscription(&ctx, "mysub").await;
    api_connections::create(&ctx, &owner(), "mysub", connection_spec("library-api")).await.expect("connection");
    applications::create(&ctx, &owner(), "mysub", application_spec("my-app")).await.expect("made");
    let required = |claim: &str| vec![RequiredClaim::enforced(claim)];
    let base = || application_spec("new-app");
    let refusals = [
        (application_spec("my-app"), "client_id", "taken"),
        (application_spec("library-api"), "client_id", "taken"),
        (ApplicationSpec { redirect_uris: strings(&["http://a.example/"]), ..base() }, "redirect_uris", "uri-http"),
        (
            ApplicationSpec { allowed_identity_scopes: strings(&["library-api"]), ..base() },
            "allowed_identity_scopes",
            "unknown",
        ),
        (ApplicationSpec { allowed_api_scopes: strings(&["openid"]), ..base() }, "allowed_api_scopes", "unknown"),
        (ApplicationSpec { required_claims: required("hat"), ..base() }, "required_claims", "unknown"),
        (ApplicationSpec { required_claims: required("sub"), ..base() }, "required_claims", "not-requirable"),
    ];
    for (spec, field, code) in refusals {
        assert_eq!(code_at(applications::create(&ctx, &owner(), "mysub", spec).await, field), code, "{field}");
    }
    let several = ApplicationSpec {
        allowed_identity_scopes: strings(&["no-1", "no-2"]),
        required_claims: required("hat"),
        name: String::new(),
        ..base()
    };
    let Err(Error::Invalid(errors)) = applications::create(&ctx, &owner(), "mysub", several).await else {
        panic!("made");
    };
    assert_eq!(errors.0.len(), 4, "all at once: {errors}");
});

both!(changes_keep_client_id_and_type_and_whether_it_is_disabled, |ctx| async {
    subscription(&ctx, "mysub").await;
    let made = applications::create(&ctx, &owner(), "mysub", application_spec("my-app")).await.expect("made").stored;
    for (spec, field) in [(application_spec("other"), "client_id"), (single_page("my-app"), "type")] {
        let refused = applications::update(&ctx, &owner(), "mysub", &made.id, 1, spec).await;
        assert_eq!(code_at(refused, field), "immutable");
    }
    applications::set_disabled(&ctx, &owner(), "mysub", &made.id, 1, true).await.expect("disabled");
    let spec = ApplicationSpec { require_consent: true, disabled: false, ..made.spec.clone() };
    applications::update(&ctx, &owner(), "mysub", &made.id, 2, spec).await.expect("saved");
    let view = applications::get(&ctx, &owner(), "mysub", &made.id).await.expect("view").stored;
    assert!(view.spec.require_consent && view.spec.disabled && view.disabled_at.is_some());
    let outdated = applications::set_disabled(&ctx, &owner(), "mysub", &made.id, 2, false).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    applications::set_disabled(&ctx, &owner(), "mysub", &made.id, 3, false).await.expect("enabled");
    assert!(applications::get(&ctx, &owner(), "mysub", &made.id).await.expect("view").stored.is_enabled());
});

both!(stages_survive_an_edit_that_leaves_them_alone, |ctx| async {
    subscription(&ctx, "mysub").await;
    let required = |claim: &str, stage, until| RequiredClaim::staged(claim, stage, until);
    let staged = vec![
        required("nickname", Stage::Off, None),
        required("email", Stage::Skippable, Some("2030-01-31")),
        required("name", Stage::Enforced, None),
    ];
    let spec = ApplicationSpec { required_claims: staged.clone(), ..application_spec("my-app") };
    let made = applications::create(&ctx, &owner(), "mysub", spec).await.expect("made").stored;
    // As the console's form shows it and sends it back.
    let spec = ApplicationSpec::from_form(&made.spec.to_form()).expect("reads");
    applications::update(&ctx, &owner(), "mysub", &made.id, 1, spec.clone()).await.expect("saved");
    let after = applications::get(&ctx, &owner(), "mysub", &made.id).await.expect("view").stored.spec;
    assert_eq!(after.required_claims, staged);
    let undated = ApplicationSpec { required_claims: vec![required("email", Stage::Skippable, None)], ..spec };
    let refused = applications::update(&ctx, &owner(), "mysub", &made.id, 2, undated).await;
    assert_eq!(code_at(refused, "required_claims.email.until"), "until-missing");
});

both!(disabling_one_revokes_what_it_was_granted, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let granted = grant(&ctx, &mine).await;
    applications::set_disabled(&ctx, &owner(), "mine", &mine.application, 1, true).await.expect("disabled");
    assert!(!grant_counts(&ctx, &granted).await);
    assert!(session_counts(&ctx, &mine.session).await, "the user is still signed in to the others");
    let snapshot = ctx.snapshots.get(&ctx, "mine").await.expect("snapshot");
    assert!(!snapshot.tenant.application("my-app").expect("application").is_enabled());
});

both!(a_deleted_one_gives_its_client_id_back, |ctx| async {
    let mine = furnished(&ctx, "mine").await;
    let granted = grant(&ctx, &mine).await;
    let outdated = applications::delete(&ctx, &owner(), "mine", &mine.application, 9).await;
    assert!(matches!(outdated, Err(Error::Changed)));
    applications::delete(&ctx, &owner(), "mine", &mine.application, 1).await.expect("deleted");
    assert!(!grant_counts(&ctx, &granted).await);
    let again = applications::create(&ctx, &owner(), "mine", application_spec("my-app")).await.expect("free");
    assert_ne!(again.stored.id, mine.application, "an id never comes back");
});
