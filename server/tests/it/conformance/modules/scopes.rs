//! Scopes and the `claims` parameter: what is asked for comes from UserInfo, in the types of OpenID Connect Core
//! section 5.1.

use serde_json::{Value, json};

use crate::conformance::suite::{Provider, Variant};

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
async fn userinfo(variant: &Variant, scope: &str) -> Value {
    let provider = Provider::open(variant).await;
    let run = provider.run(&provider.request().with("scope", scope)).await;
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

pub async fn oidcc_scope_profile(variant: Variant) {
    let claims = userinfo(&variant, "openid profile").await;
    assert_profile(&claims);
    assert_without(&claims, &["email", "address", "phone_number"]);
}

pub async fn oidcc_scope_email(variant: Variant) {
    let claims = userinfo(&variant, "openid email").await;
    assert_email(&claims);
    assert_without(&claims, &["name", "address", "phone_number"]);
}

pub async fn oidcc_scope_address(variant: Variant) {
    let claims = userinfo(&variant, "openid address").await;
    assert_address(&claims);
    assert_without(&claims, &["name", "email", "phone_number"]);
}

pub async fn oidcc_scope_phone(variant: Variant) {
    let claims = userinfo(&variant, "openid phone").await;
    assert_phone(&claims);
    assert_without(&claims, &["name", "email", "address"]);
}

pub async fn oidcc_scope_all(variant: Variant) {
    let claims = userinfo(&variant, "openid profile email address phone").await;
    assert_profile(&claims);
    assert_email(&claims);
    assert_address(&claims);
    assert_phone(&claims);
}

pub async fn oidcc_ensure_other_scope_order_succeeds(variant: Variant) {
    assert_email(&userinfo(&variant, "email openid").await);
}

pub async fn oidcc_claims_essential(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let asked = json!({ "userinfo": { "name": { "essential": true } } }).to_string();
    let run = provider.run(&provider.request().and("claims", &asked)).await;
    assert_eq!(provider.userinfo(&run).await["name"], "John Doe");
}
