//! Who else may say who a user is: settings of a subscription, but never of the console's own.

use model::spec::{AssertedSubject, SubscriptionSpec, TrustedIssuerSpec};
use serde_json::{Value, json};
use service::apply::{Options, apply, export, plan};
use service::console::subscriptions;

use crate::apply::{applied, document, file, lines, problems};
use crate::fixture::{code_at, owner, subscription};

fn jwks(curve: &str) -> Value {
    let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    json!({ "keys": [{ "kty": "EC", "crv": curve, "x": x, "y": y }] })
}

fn issuer(curve: &str) -> TrustedIssuerSpec {
    TrustedIssuerSpec {
        issuer: "https://sts.example".into(),
        jwks: Some(jwks(curve)),
        applications: vec!["gone".into()],
        subject: AssertedSubject::Email,
        ..TrustedIssuerSpec::default()
    }
}

both!(they_are_saved_with_the_settings_and_have_keys_that_can_be_used, |ctx| async {
    let made = subscription(&ctx, "mysub").await;
    let with = |curve| SubscriptionSpec { trusted_issuers: vec![issuer(curve)], ..made.spec.clone() };
    let unusable = subscriptions::update(&ctx, &owner(), "mysub", made.version, with("P-521")).await;
    assert_eq!(code_at(unusable, "trusted_issuers[0].jwks"), "jwks-unusable");
    subscriptions::update(&ctx, &owner(), "mysub", made.version, with("P-256")).await.expect("saved");
    let snapshot = ctx.snapshots.get(&ctx, "mysub").await.expect("snapshot");
    let trusted = snapshot.tenant.trusted_issuer("https://sts.example").expect("trusted");
    assert_eq!(trusted.keys().len(), 1);
    assert!(snapshot.tenant.trusted_issuer("https://sts.example/").is_none());
});

both!(nobody_else_says_who_an_administrator_is, |ctx| async {
    let system = subscriptions::get(&ctx, &owner(), "system").await.expect("system").stored;
    let spec = SubscriptionSpec { trusted_issuers: vec![issuer("P-256")], ..system.spec };
    let refused = subscriptions::update(&ctx, &owner(), "system", system.version, spec).await;
    assert_eq!(code_at(refused, "trusted_issuers"), "immutable");
});

both!(a_file_says_them_and_gets_them_back, |ctx| async {
    let sts = json!({ "issuer": "https://sts.example", "jwks_uri": "https://sts.example/jwks.json",
        "applications": ["my-app"], "subject": "username", "longest_lifetime": 60 });
    let other = json!({ "issuer": "sts-2", "jwks": jwks("P-256"), "applications": ["my-app"] });
    let first = file(&json!({ "trusted_issuers": [sts, other] }));
    applied(&ctx, &first).await;
    assert!(applied(&ctx, &first).await.is_empty(), "twice is once");
    let written = export(&ctx, Some("mysub"), false).await.expect("exported");
    let text = serde_json::to_value(&written).expect("JSON");
    assert_eq!(text["subscriptions"][0]["trusted_issuers"][0], sts);
    let unchanged = plan(&ctx, &document(&text), &Options::default()).await.expect("a plan");
    assert!(unchanged.is_empty(), "{unchanged}");
    // A file without them means nobody.
    assert_eq!(lines(&applied(&ctx, &file(&json!({}))).await), ["~ mysub"]);
    let twice = file(&json!({ "trusted_issuers": [sts, sts] }));
    let found = problems(apply(&ctx, &twice, &Options::default(), false).await);
    assert_eq!(found, [("subscriptions[0].trusted_issuers[1].issuer".to_owned(), "repeated".to_owned())]);
});
