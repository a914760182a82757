//! PKCE: RFC 7636 and RFC 9700 section 2.1.1.

use oidc::ErrorCode;
use oidc::digest::sha256_base64url;
use oidc::grant::{Denied, authorization_code};

use crate::fixture::{Library, NOW, REDIRECT, VERIFIER, client, code_row, john, redirected, request, tenant};

const PUBLIC: [(&str, &str); 3] =
    [("client_id", "reader"), ("redirect_uri", "https://reader.example/"), ("scope", "openid")];

fn public(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    PUBLIC.iter().chain(changes).copied().collect()
}

#[test]
fn a_public_application_must_use_it() {
    let tenant = tenant();
    request(&tenant, &PUBLIC);
    let without = public(&[("code_challenge", ""), ("code_challenge_method", "")]);
    assert_eq!(redirected(&tenant, &without).code, ErrorCode::InvalidRequest);
}

#[test]
fn a_confidential_application_may_go_without_unless_it_is_set_so() {
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    assert_eq!(request(&tenant(), &without).code_challenge, None);
    let strict = Library::with_website(|w| w.require_pkce = true);
    assert_eq!(redirected(&strict, &without).code, ErrorCode::InvalidRequest);
}

#[test]
fn plain_is_refused_said_or_implied() {
    let tenant = tenant();
    for method in ["plain", "", "s256", "S512"] {
        let error = redirected(&tenant, &[("code_challenge_method", method)]);
        assert_eq!(error.code, ErrorCode::InvalidRequest, "{method}");
    }
}

#[test]
fn a_method_without_a_challenge_is_refused() {
    assert_eq!(redirected(&tenant(), &[("code_challenge", "")]).code, ErrorCode::InvalidRequest);
}

#[test]
fn a_challenge_is_a_sha_256_in_base64url() {
    let tenant = tenant();
    for bad in ["x", &"x".repeat(44), &"=".repeat(43), &"+".repeat(43)] {
        assert_eq!(redirected(&tenant, &[("code_challenge", bad)]).code, ErrorCode::InvalidRequest, "{bad}");
    }
}

fn redeem(verifier: Option<&str>, challenge: Option<String>) -> Result<(), ErrorCode> {
    let tenant = tenant();
    let mut row = code_row();
    row.data.code_challenge = challenge;
    let asked = authorization_code::Request {
        code: "c".to_owned(),
        redirect_uri: Some(REDIRECT.to_owned()),
        code_verifier: verifier.map(str::to_owned),
        resources: Vec::new(),
        details: None,
        playground_run: None,
    };
    match authorization_code::decide(&tenant, &client(&tenant, "my-app"), &asked, &row, Some(&john()), None, NOW) {
        Ok(_) => Ok(()),
        Err(Denied::Error(error)) => Err(error.code),
        Err(Denied::Replay(_)) => panic!("not a replay"),
    }
}

fn challenge(verifier: &str) -> String {
    sha256_base64url(verifier.as_bytes())
}

#[test]
fn the_verifier_must_hash_to_the_challenge() {
    assert_eq!(redeem(Some(VERIFIER), Some(challenge(VERIFIER))), Ok(()));
    let other = VERIFIER.replace('d', "e");
    assert_eq!(redeem(Some(&other), Some(challenge(VERIFIER))), Err(ErrorCode::InvalidGrant));
}

#[test]
fn a_challenge_makes_the_verifier_mandatory_and_the_reverse() {
    assert_eq!(redeem(None, Some(challenge(VERIFIER))), Err(ErrorCode::InvalidGrant));
    assert_eq!(redeem(Some(VERIFIER), None), Err(ErrorCode::InvalidGrant));
    assert_eq!(redeem(None, None), Ok(()));
}

#[test]
fn a_verifier_has_43_to_128_unreserved_characters() {
    for good in ["a".repeat(43), "~".repeat(128)] {
        assert_eq!(redeem(Some(&good), Some(challenge(&good))), Ok(()), "{good}");
    }
    for bad in ["a".repeat(42), "a".repeat(129), "+".repeat(43), format!("{VERIFIER} ")] {
        assert_eq!(redeem(Some(&bad), Some(challenge(&bad))), Err(ErrorCode::InvalidGrant), "{bad}");
    }
}
