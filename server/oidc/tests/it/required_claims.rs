//! Required claims.

use model::spec::{RequiredClaim, Stage};
use oidc::{Tenant, UserFacts, claims};
use serde_json::json;

use crate::fixture::{Library, NOW, john, strings, tenant, values};

fn missing(tenant: &Tenant, user: &UserFacts) -> Vec<String> {
    missing_at(tenant, user, NOW).required
}

fn missing_at(tenant: &Tenant, user: &UserFacts, now: i64) -> claims::Missing {
    claims::missing_required(tenant, tenant.application("my-app").expect("there"), user, now)
}

fn requiring(names: &[&str]) -> Tenant {
    let required = names.iter().map(|n| RequiredClaim::enforced(*n)).collect();
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
fn off_and_report_ask_nothing() {
    for stage in [Stage::Off, Stage::Report] {
        let staged = RequiredClaim::staged("birthdate", stage, None);
        let tenant = Library::with_website(|w| w.required_claims = vec![staged]);
        assert!(missing_at(&tenant, &john(), NOW).is_empty(), "{stage:?}");
    }
}

#[test]
fn skippable_is_enforced_from_the_day_after_its_last() {
    // 2023-11-14T22:13:20Z; the last second of that day, and the next.
    let (last, next) = (1_700_006_399, 1_700_006_400);
    let staged = RequiredClaim::staged("birthdate", Stage::Skippable, Some("2023-11-14"));
    let tenant = Library::with_website(|w| w.required_claims = vec![staged, RequiredClaim::enforced("phone_number")]);
    for now in [NOW, last] {
        let missing = missing_at(&tenant, &john(), now);
        assert_eq!(missing.required, strings(&["phone_number"]));
        let until = "2023-11-14".to_owned();
        assert_eq!(missing.skippable, [claims::Skippable { claim: "birthdate".to_owned(), until }]);
    }
    let missing = missing_at(&tenant, &john(), next);
    assert_eq!((missing.required, missing.skippable), (strings(&["birthdate", "phone_number"]), Vec::new()));
}
