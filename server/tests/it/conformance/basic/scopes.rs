//! Scopes and the `claims` parameter: what is asked for comes from UserInfo, in the types of OpenID Connect Core
//! section 5.1.

use serde_json::{Value, json};

use super::super::suite::{Provider, request};
use crate::support::TestApp;

const PROFILE: [&str; 14] = [
    "name",
    "given_name",
    "middle_name",
    "family_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
];

/// What UserInfo tells of somebody who has a value for every claim.
async fn userinfo(app: &TestApp, scope: &str) -> Value {
    let provider = Provider::open(app).await;
    let run = provider.run(&request().with("scope", scope)).await;
    provider.userinfo(&run).await
}

#[track_caller]
fn assert_profile(claims: &Value) {
    for name in PROFILE {
        assert_eq!(claims[name].is_string(), name != "updated_at", "{name}: {}", claims[name]);
    }
    assert!(claims["updated_at"].is_i64());
}

#[track_caller]
fn assert_email(claims: &Value) {
    let expected = (&json!("john.doe@email.com"), &json!(true));
    assert_eq!((&claims["email"], &claims["email_verified"]), expected);
}

#[track_caller]
fn assert_address(claims: &Value) {
    assert_eq!((&claims["address"]["locality"], &claims["address"]["country"]), (&json!("Lisbon"), &json!("Portugal")));
}

#[track_caller]
fn assert_phone(claims: &Value) {
    assert_eq!(claims["phone_number"], "+5500000000000");
    assert!(claims["phone_number_verified"].is_boolean());
}

/// Claims of scopes that were not asked for stay away.
#[track_caller]
fn assert_without(claims: &Value, others: &[&str]) {
    assert!(others.iter().all(|name| claims.get(name).is_none()), "{claims}");
}

both!(oidcc_scope_profile, |app| async move {
    let claims = userinfo(&app, "openid profile").await;
    assert_profile(&claims);
    assert_without(&claims, &["email", "address", "phone_number"]);
});

both!(oidcc_scope_email, |app| async move {
    let claims = userinfo(&app, "openid email").await;
    assert_email(&claims);
    assert_without(&claims, &["name", "address", "phone_number"]);
});

both!(oidcc_scope_address, |app| async move {
    let claims = userinfo(&app, "openid address").await;
    assert_address(&claims);
    assert_without(&claims, &["name", "email", "phone_number"]);
});

both!(oidcc_scope_phone, |app| async move {
    let claims = userinfo(&app, "openid phone").await;
    assert_phone(&claims);
    assert_without(&claims, &["name", "email", "address"]);
});

both!(oidcc_scope_all, |app| async move {
    let claims = userinfo(&app, "openid profile email address phone").await;
    assert_profile(&claims);
    assert_email(&claims);
    assert_address(&claims);
    assert_phone(&claims);
});

both!(oidcc_ensure_other_scope_order_succeeds, |app| async move {
    assert_email(&userinfo(&app, "email openid").await);
});

both!(oidcc_claims_essential, |app| async move {
    let provider = Provider::open(&app).await;
    let asked = json!({ "userinfo": { "name": { "essential": true } } }).to_string();
    let run = provider.run(&request().and("claims", &asked)).await;
    assert_eq!(provider.userinfo(&run).await["name"], "John Doe");
});
