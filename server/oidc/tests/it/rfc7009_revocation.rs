//! Revocation: RFC 7009.

use oidc::revocation::{self, Found, Plan};
use oidc::{ErrorCode, OAuthError};

use crate::fixture::{GRANT, client, params, tenant};

fn decide(found: Option<&Found>) -> Result<Plan, OAuthError> {
    let tenant = tenant();
    revocation::decide(&client(&tenant, "my-app"), found)
}

fn refresh(application_id: &str) -> Found {
    Found::Refresh { application_id: application_id.to_owned(), grant_id: GRANT.to_owned() }
}

#[test]
fn a_refresh_token_takes_its_grant_with_it() {
    assert_eq!(decide(Some(&refresh("app-1"))), Ok(Plan::Grant { grant_id: GRANT.to_owned() }));
}

#[test]
fn an_access_token_goes_alone() {
    assert_eq!(decide(Some(&Found::Access { client_id: "my-app".to_owned() })), Ok(Plan::AccessToken));
}

#[test]
fn an_unknown_token_is_no_error() {
    assert_eq!(decide(None), Ok(Plan::Nothing));
}

#[test]
fn another_applications_token_is_refused() {
    for found in [refresh("app-2"), Found::Access { client_id: "reader".to_owned() }] {
        assert_eq!(decide(Some(&found)).expect_err("refused").code, ErrorCode::InvalidGrant);
    }
}

#[test]
fn the_token_is_required() {
    assert_eq!(revocation::read(&params(&[("token", "t"), ("token_type_hint", "nonsense")])), Ok("t"));
    assert_eq!(revocation::read(&params(&[])).expect_err("refused").code, ErrorCode::InvalidRequest);
}
