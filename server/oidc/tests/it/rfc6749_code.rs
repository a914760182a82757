//! Grant type `authorization_code`: RFC 6749 section 4.1.3.

use oidc::grant::{self, CodeRow, Denied, TokenPlan, TokenRequest, authorization_code};
use oidc::{ErrorCode, Tenant, UserFacts};

use crate::fixture::{
    GRANT, JOHN, Library, NOW, REDIRECT, SESSION, VERIFIER, client, code_row, john, params, strings, tenant,
};

fn asked() -> authorization_code::Request {
    authorization_code::Request {
        code: "c".to_owned(),
        redirect_uri: Some(REDIRECT.to_owned()),
        code_verifier: Some(VERIFIER.to_owned()),
        resources: Vec::new(),
        details: None,
        playground_run: None,
    }
}

fn decide(tenant: &Tenant, row: &CodeRow, user: Option<&UserFacts>) -> Result<TokenPlan, Denied> {
    authorization_code::decide(tenant, &client(tenant, "my-app"), &asked(), row, user, None, NOW)
}

fn error(result: Result<TokenPlan, Denied>) -> ErrorCode {
    match result {
        Err(Denied::Error(error)) => error.code,
        other => panic!("not an error: {other:?}"),
    }
}

#[test]
fn a_good_code_gives_all_three_tokens_of_one_grant() {
    let tenant = tenant();
    let plan = decide(&tenant, &code_row(), Some(&john())).expect("issued");
    assert_eq!(plan.grant_id.as_deref(), Some(GRANT));
    assert_eq!(plan.user_id.as_deref(), Some(JOHN));
    assert_eq!(plan.session_id.as_deref(), Some(SESSION));
    assert_eq!(plan.scopes, strings(&["openid", "profile", "library", "library-api-checked-books"]));
    assert_eq!(plan.access_token.lifetime, 3_600);
    assert_eq!(plan.access_token.data.audience, strings(&["library-api"]));
    assert!(plan.identity_token.is_some());
    let refresh = plan.refresh_token.expect("with its grant type");
    assert_eq!(refresh.data.granted_at, NOW);
    assert_eq!(refresh.expires_at, NOW + 14 * 86_400);
}

#[test]
fn without_openid_there_is_no_identity_token() {
    let mut row = code_row();
    row.data.scopes = strings(&["rooms-api"]);
    assert_eq!(decide(&tenant(), &row, Some(&john())).expect("issued").identity_token, None);
}

#[test]
fn a_refresh_token_needs_its_grant_type() {
    let tenant = Library::with_website(|w| w.grant_types = vec![model::spec::GrantType::AuthorizationCode]);
    assert_eq!(decide(&tenant, &code_row(), Some(&john())).expect("issued").refresh_token, None);
}

#[test]
fn a_code_lives_sixty_seconds() {
    let mut row = code_row();
    row.expires_at = NOW + 1;
    assert!(decide(&tenant(), &row, Some(&john())).is_ok());
    row.expires_at = NOW;
    assert_eq!(error(decide(&tenant(), &row, Some(&john()))), ErrorCode::InvalidGrant);
    assert_eq!(grant::CODE_LIFETIME, 60);
}

#[test]
fn a_used_code_is_a_replay_even_when_expired_or_without_its_verifier() {
    let tenant = tenant();
    let mut row = code_row();
    row.consumed = true;
    row.expires_at = NOW - 1;
    assert!(matches!(decide(&tenant, &row, Some(&john())), Err(Denied::Replay(_))));
    let bare = authorization_code::Request { redirect_uri: None, code_verifier: None, ..asked() };
    let result = authorization_code::decide(&tenant, &client(&tenant, "my-app"), &bare, &row, Some(&john()), None, NOW);
    assert!(matches!(result, Err(Denied::Replay(_))));
}

#[test]
fn another_applications_code_is_unknown_and_stays_untouched() {
    let mut row = code_row();
    row.data.application_id = "app-2".to_owned();
    row.consumed = true;
    let denied = decide(&tenant(), &row, Some(&john())).expect_err("refused");
    assert_eq!(denied, Denied::Error(grant::unknown_code()));
}

#[test]
fn the_redirect_uri_must_be_the_one_of_the_authorization_request() {
    let tenant = tenant();
    let with = |uri: Option<&str>, given: bool| {
        let mut row = code_row();
        row.data.redirect_uri_given = given;
        let asked = authorization_code::Request { redirect_uri: uri.map(str::to_owned), ..asked() };
        authorization_code::decide(&tenant, &client(&tenant, "my-app"), &asked, &row, Some(&john()), None, NOW)
    };
    assert_eq!(error(with(None, true)), ErrorCode::InvalidGrant);
    assert_eq!(error(with(Some("https://library.example/callback/"), true)), ErrorCode::InvalidGrant);
    assert!(with(None, false).is_ok());
    assert!(with(Some(REDIRECT), false).is_ok());
    assert_eq!(error(with(Some("https://evil.example/"), false)), ErrorCode::InvalidGrant);
}

#[test]
fn a_revoked_grant_a_gone_or_a_disabled_user_get_nothing() {
    let tenant = tenant();
    let mut revoked = code_row();
    revoked.grant_revoked = true;
    assert_eq!(error(decide(&tenant, &revoked, Some(&john()))), ErrorCode::InvalidGrant);
    assert_eq!(error(decide(&tenant, &code_row(), None)), ErrorCode::InvalidGrant);
    let disabled = UserFacts { enabled: false, ..john() };
    assert_eq!(error(decide(&tenant, &code_row(), Some(&disabled))), ErrorCode::InvalidGrant);
    let other = UserFacts { sub: "user-mary".to_owned(), ..john() };
    assert_eq!(error(decide(&tenant, &code_row(), Some(&other))), ErrorCode::InvalidGrant);
}

#[test]
fn a_disabled_subscription_gives_nothing() {
    let mut library = Library::default();
    library.settings.disabled_at = Some(NOW);
    assert_eq!(error(decide(&library.open(), &code_row(), Some(&john()))), ErrorCode::InvalidGrant);
}

#[test]
fn scopes_taken_away_meanwhile_are_not_granted() {
    let tenant = Library::with_website(|w| w.allowed_api_scopes.clear());
    let plan = decide(&tenant, &code_row(), Some(&john())).expect("issued");
    assert_eq!(plan.scopes, strings(&["openid", "profile", "library"]));
    assert_eq!(plan.refresh_token.expect("there").data.scopes, plan.scopes);
}

#[test]
fn consent_withdrawn_meanwhile_is_seen() {
    let tenant = Library::with_website(|w| w.require_consent = true);
    assert_eq!(error(decide(&tenant, &code_row(), Some(&john()))), ErrorCode::InvalidGrant);
    let given = code_row().data.scopes;
    let client = client(&tenant, "my-app");
    let result = authorization_code::decide(&tenant, &client, &asked(), &code_row(), Some(&john()), Some(&given), NOW);
    assert!(result.is_ok());
}

#[test]
fn an_application_without_the_grant_type_is_unauthorized() {
    let tenant = Library::with_website(|w| w.grant_types = vec![model::spec::GrantType::ClientCredentials]);
    assert_eq!(error(decide(&tenant, &code_row(), Some(&john()))), ErrorCode::UnauthorizedClient);
}

#[test]
fn token_requests_are_read_by_their_grant_type() {
    let read = |pairs: &[(&str, &str)]| grant::read(&params(pairs));
    let code = |pairs: &[(&str, &str)]| read(pairs).expect_err("refused").code;
    assert_eq!(code(&[]), ErrorCode::InvalidRequest);
    assert_eq!(code(&[("grant_type", "implicit")]), ErrorCode::UnsupportedGrantType);
    assert_eq!(code(&[("grant_type", "authorization_code")]), ErrorCode::InvalidRequest);
    assert_eq!(code(&[("grant_type", "refresh_token")]), ErrorCode::InvalidRequest);
    let twice = [("grant_type", "client_credentials"), ("scope", "a"), ("scope", "b")];
    assert_eq!(code(&twice), ErrorCode::InvalidRequest);
    let good = read(&[("grant_type", "authorization_code"), ("code", "canary")]).expect("reads");
    assert!(matches!(good, TokenRequest::AuthorizationCode(_)));
    assert!(!format!("{good:?}").contains("canary"));
}
