//! Grant type `refresh_token`: RFC 6749 section 6, RFC 9700 section 4.14.

use oidc::grant::{self, Denied, RefreshPlan, RefreshRow, Rotation, refresh_token};
use oidc::{ErrorCode, Tenant, UserFacts};

use crate::fixture::{Library, NOW, client, john, refresh_row, strings, tenant};

fn refresh(
    tenant: &Tenant,
    row: &RefreshRow,
    scope: Option<&str>,
    user: Option<&UserFacts>,
) -> Result<RefreshPlan, Denied> {
    let asked = refresh_token::Request {
        refresh_token: "r".to_owned(),
        scope: scope.map(str::to_owned),
        resources: Vec::new(),
        details: None,
    };
    refresh_token::decide(tenant, &client(tenant, "my-app"), &asked, row, user, None, NOW)
}

fn good(tenant: &Tenant, row: &RefreshRow) -> RefreshPlan {
    refresh(tenant, row, None, Some(&john())).expect("issued")
}

fn error(result: Result<RefreshPlan, Denied>) -> ErrorCode {
    match result {
        Err(Denied::Error(error)) => error.code,
        other => panic!("not an error: {other:?}"),
    }
}

#[test]
fn a_good_token_rotates() {
    let row = refresh_row();
    let refreshed = good(&tenant(), &row);
    assert_eq!(refreshed.rotation, Rotation::First);
    assert_eq!(refreshed.plan.scopes, row.data.scopes);
    assert_eq!(refreshed.plan.access_token.data.audience, strings(&["library-api", "rooms-api"]));
    assert_eq!(refreshed.plan.refresh_token.expect("its successor").data, row.data);
}

#[test]
fn a_used_token_revokes_the_family() {
    let mut row = refresh_row();
    row.consumed_at = Some(NOW - 1);
    row.successor_unused = true;
    assert!(matches!(refresh(&tenant(), &row, None, Some(&john())), Err(Denied::Replay(_))));
}

#[test]
fn with_a_grace_a_retry_is_honoured_while_the_successor_is_unused() {
    let tenant = Library::with_website(|w| w.refresh_grace = 10);
    let mut row = refresh_row();
    row.consumed_at = Some(NOW - 10);
    row.successor_unused = true;
    assert_eq!(good(&tenant, &row).rotation, Rotation::Retry);
    let replay = |row: &RefreshRow| matches!(refresh(&tenant, row, None, Some(&john())), Err(Denied::Replay(_)));
    row.consumed_at = Some(NOW - 11);
    assert!(replay(&row), "after the grace");
    row.consumed_at = Some(NOW - 1);
    row.successor_unused = false;
    assert!(replay(&row), "the successor was used");
    row.successor_unused = true;
    row.revoked_at = Some(NOW - 1);
    assert!(replay(&row), "a successor that a retry revoked");
}

#[test]
fn a_dead_family_is_an_error_and_no_replay() {
    let mut row = refresh_row();
    row.grant_revoked = true;
    row.consumed_at = Some(NOW - 1);
    assert_eq!(error(refresh(&tenant(), &row, None, Some(&john()))), ErrorCode::InvalidGrant);
}

#[test]
fn another_applications_token_is_unknown_and_stays_untouched() {
    let mut row = refresh_row();
    row.data.application_id = "app-2".to_owned();
    row.consumed_at = Some(NOW - 1);
    let denied = refresh(&tenant(), &row, None, Some(&john())).expect_err("refused");
    assert_eq!(denied, Denied::Error(grant::unknown_refresh_token()));
}

#[test]
fn scope_narrows_and_never_widens() {
    let tenant = tenant();
    let row = refresh_row();
    let narrow = refresh(&tenant, &row, Some("rooms-api"), Some(&john())).expect("issued").plan;
    assert_eq!(narrow.scopes, strings(&["rooms-api"]));
    assert_eq!(narrow.identity_token, None);
    assert_eq!(narrow.refresh_token.expect("keeps the rest").data.scopes, row.data.scopes);
    let wide = refresh(&tenant, &row, Some("rooms-api email"), Some(&john()));
    assert_eq!(error(wide), ErrorCode::InvalidScope);
}

#[test]
fn scopes_no_longer_allowed_are_dropped_for_good() {
    let tenant = Library::with_website(|w| w.allowed_api_scopes = strings(&["rooms-api"]));
    let plan = good(&tenant, &refresh_row()).plan;
    assert_eq!(plan.scopes, strings(&["openid", "profile", "rooms-api"]));
    assert_eq!(plan.refresh_token.expect("there").data.scopes, plan.scopes);
    let none = Library::with_website(|w| {
        w.allowed_api_scopes.clear();
        w.allowed_identity_scopes.clear();
    });
    assert_eq!(error(refresh(&none, &refresh_row(), None, Some(&john()))), ErrorCode::InvalidScope);
}

#[test]
fn idle_and_absolute_lifetimes_end_it() {
    let tenant = tenant();
    let mut expired = refresh_row();
    expired.expires_at = NOW;
    assert_eq!(error(refresh(&tenant, &expired, None, Some(&john()))), ErrorCode::InvalidGrant);
    let mut old = refresh_row();
    old.data.granted_at = NOW - 90 * 86_400;
    assert_eq!(error(refresh(&tenant, &old, None, Some(&john()))), ErrorCode::InvalidGrant);
    // One that is almost too old has a successor that dies with it.
    old.data.granted_at += 10;
    assert_eq!(good(&tenant, &old).plan.refresh_token.expect("there").expires_at, NOW + 10);
}

#[test]
fn lifetimes_shortened_today_count_today() {
    let tenant = Library::with_website(|w| w.refresh_token_idle_lifetime = 500);
    assert_eq!(error(refresh(&tenant, &refresh_row(), None, Some(&john()))), ErrorCode::InvalidGrant);
}

#[test]
fn user_subscription_and_consent_are_looked_at_again() {
    let tenant = tenant();
    let row = refresh_row();
    assert_eq!(error(refresh(&tenant, &row, None, None)), ErrorCode::InvalidGrant);
    let disabled = UserFacts { enabled: false, ..john() };
    assert_eq!(error(refresh(&tenant, &row, None, Some(&disabled))), ErrorCode::InvalidGrant);
    let mut library = Library::default();
    library.settings.disabled_at = Some(NOW);
    assert_eq!(error(refresh(&library.open(), &row, None, Some(&john()))), ErrorCode::InvalidGrant);
    let consent = Library::with_website(|w| w.require_consent = true);
    assert_eq!(error(refresh(&consent, &row, None, Some(&john()))), ErrorCode::InvalidGrant);
}

#[test]
fn the_grant_type_is_looked_at_again() {
    let tenant = Library::with_website(|w| w.grant_types = vec![model::spec::GrantType::AuthorizationCode]);
    assert_eq!(error(refresh(&tenant, &refresh_row(), None, Some(&john()))), ErrorCode::UnauthorizedClient);
}

#[test]
fn a_grant_outlives_everything_issued_from_it() {
    let tenant = tenant();
    let website = tenant.application("my-app").expect("there");
    assert_eq!(grant::family_expires_at(website, NOW), NOW + 60 + 90 * 86_400 + 3_600);
    let reader = tenant.application("reader").expect("there");
    assert_eq!(grant::family_expires_at(reader, NOW), NOW + 60 + 3_600);
}
