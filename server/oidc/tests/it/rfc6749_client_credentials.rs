//! Grant type `client_credentials`: RFC 6749 section 4.4.

use oidc::client_auth::AuthMethod;
use oidc::grant::{TokenPlan, client_credentials};
use oidc::{ErrorCode, OAuthError, Tenant};

use crate::fixture::{ISSUER, Library, NOW, client, strings, tenant};

fn ask(tenant: &Tenant, scope: Option<&str>) -> Result<TokenPlan, OAuthError> {
    let asked = client_credentials::Request { scope: scope.map(str::to_owned), resources: Vec::new(), details: None };
    client_credentials::decide(tenant, &client(tenant, "my-app"), &asked, NOW)
}

#[test]
fn every_allowed_api_scope_by_default() {
    let plan = ask(&tenant(), None).expect("issued");
    assert_eq!(plan.scopes, strings(&["library-api", "library-api-checked-books", "rooms-api"]));
    assert_eq!(plan.access_token.data.audience, strings(&["library-api", "rooms-api"]));
}

#[test]
fn the_application_is_the_subject_and_gets_an_access_token_only() {
    let plan = ask(&tenant(), Some("rooms-api")).expect("issued");
    assert_eq!(plan.access_token.data.subject(), "my-app");
    assert_eq!(plan.access_token.data.user_id, None);
    assert_eq!(plan.grant_id, None);
    assert_eq!(plan.identity_token, None);
    assert_eq!(plan.refresh_token, None);
}

#[test]
fn identity_and_unknown_scopes_are_invalid() {
    for scope in ["openid", "profile", "rooms-api openid", "nonsense", "offline_access"] {
        assert_eq!(ask(&tenant(), Some(scope)).expect_err("refused").code, ErrorCode::InvalidScope, "{scope}");
    }
}

#[test]
fn scopes_of_others_are_invalid() {
    let tenant = Library::with_website(|w| w.allowed_api_scopes = strings(&["rooms-api"]));
    assert_eq!(ask(&tenant, Some("library-api")).expect_err("refused").code, ErrorCode::InvalidScope);
}

#[test]
fn without_scopes_the_audience_is_the_issuer() {
    let tenant = Library::with_website(|w| w.allowed_api_scopes.clear());
    assert_eq!(ask(&tenant, None).expect("issued").access_token.data.audience, strings(&[ISSUER]));
}

#[test]
fn only_an_authenticated_application_with_the_grant_type() {
    let without = Library::with_website(|w| w.grant_types = vec![model::spec::GrantType::AuthorizationCode]);
    assert_eq!(ask(&without, None).expect_err("refused").code, ErrorCode::UnauthorizedClient);
    let tenant = tenant();
    let mut public = client(&tenant, "my-app");
    public.method = AuthMethod::None;
    let asked = client_credentials::Request { scope: None, resources: Vec::new(), details: None };
    let error = client_credentials::decide(&tenant, &public, &asked, NOW).expect_err("refused");
    assert_eq!(error.code, ErrorCode::UnauthorizedClient);
}
