//! Required claims.

use model::spec::{RequiredClaim, Stage};
use oidc::{Tenant, UserFacts, claims};
use serde_json::json;

use crate::fixture::{Library, john, strings, tenant, values};

fn missing(tenant: &Tenant, user: &UserFacts) -> Vec<String> {
    claims::missing_required(tenant, tenant.application("my-app").expect("there"), user)
}

fn requiring(names: &[&str]) -> Tenant {
    let required = names.iter().map(|n| RequiredClaim { claim: (*n).to_owned(), stage: Stage::Enforced }).collect();
    Library::with_website(|w| w.required_claims = required)
}

#[test]
fn a_user_with_the_value_misses_nothing() {
    assert!(missing(&tenant(), &john()).is_empty());
}

#[test]
fn missing_ones_come_in_the_applications_order() {
    let tenant = requiring(&["phone_number", "library_card", "email", "birthdate"]);
    let user = UserFacts { email: None, values: values(json!({ "library_card": "LC-123456" })), ..john() };
    assert_eq!(missing(&tenant, &user), strings(&["phone_number", "email", "birthdate"]));
}

#[test]
fn a_value_that_fails_todays_validation_is_missing() {
    let user = UserFacts { values: values(json!({ "library_card": "7" })), ..john() };
    assert_eq!(missing(&tenant(), &user), strings(&["library_card"]));
}

#[test]
fn the_user_name_serves_as_preferred_username() {
    let tenant = requiring(&["preferred_username"]);
    assert!(missing(&tenant, &john()).is_empty());
}

#[test]
fn a_stage_that_is_off_asks_nothing() {
    let off = RequiredClaim { claim: "birthdate".to_owned(), stage: Stage::Off };
    let tenant = Library::with_website(|w| w.required_claims = vec![off]);
    assert!(missing(&tenant, &john()).is_empty());
}
