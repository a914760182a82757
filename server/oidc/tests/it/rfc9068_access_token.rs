//! JWT access tokens: RFC 9068.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::SigningAlg;
use oidc::grant::{AccessTokenData, TokenPlan, client_credentials, refresh_token};
use oidc::token::{self, TokenResponse};
use oidc::verify::{self, AccessTokenClaims, Jws, VerifyError};
use oidc::{Tenant, UserFacts};
use serde_json::{Map, Value, json};

use crate::fixture::{GRANT, ISSUER, JOHN, Library, NOW, client, john, refresh_row, strings, tenant};

fn refreshed(tenant: &Tenant, user: &UserFacts) -> TokenPlan {
    let asked =
        refresh_token::Request { refresh_token: "r".to_owned(), scope: None, resources: Vec::new(), details: None };
    let mut row = refresh_row();
    row.data.requested_claims.userinfo = strings(&["name"]);
    row.data.scopes.push("library".to_owned());
    refresh_token::decide(tenant, &client(tenant, "my-app"), &asked, &row, Some(user), None, NOW).expect("issued").plan
}

fn payload(tenant: &Tenant, plan: &TokenPlan) -> Map<String, Value> {
    token::access_payload(tenant, tenant.application("my-app").expect("there"), &plan.access_token, "jti-1")
}

/// As the service would, with a signature that nobody checks here.
fn compact(header: &Value, payload: &Map<String, Value>) -> String {
    format!("{}.c2ln", token::signing_input(header, payload))
}

fn check(header: &Value, payload: &Map<String, Value>, now: i64) -> Result<AccessTokenClaims, VerifyError> {
    let text = compact(header, payload);
    verify::access_token(&Jws::parse(&text)?, ISSUER, now)
}

fn header() -> Value {
    token::header(SigningAlg::Rs256, token::ACCESS_TOKEN_TYPE, Some("k1"))
}

#[test]
fn a_users_token() {
    let tenant = tenant();
    let plan = refreshed(&tenant, &john());
    assert_eq!(
        Value::Object(payload(&tenant, &plan)),
        json!({
            "iss": ISSUER, "aud": ["library-api", "rooms-api"], "sub": JOHN, "client_id": "my-app", "iat": NOW,
            "exp": NOW + 3_600, "jti": "jti-1", "auth_time": NOW - 100, "amr": ["pwd"], "gid": GRANT,
            "scope": "openid profile library-api-checked-books rooms-api library", "uic": ["name"],
        })
    );
    assert_eq!(header(), json!({ "alg": "RS256", "typ": "at+jwt", "kid": "k1" }));
}

#[test]
fn an_applications_own_token_has_no_user_and_no_grant() {
    let tenant = tenant();
    let asked =
        client_credentials::Request { scope: Some("rooms-api".to_owned()), resources: Vec::new(), details: None };
    let plan = client_credentials::decide(&tenant, &client(&tenant, "my-app"), &asked, NOW).expect("issued");
    assert_eq!(
        Value::Object(payload(&tenant, &plan)),
        json!({
            "iss": ISSUER, "aud": "rooms-api", "sub": "my-app", "client_id": "my-app", "iat": NOW,
            "exp": NOW + 3_600, "jti": "jti-1", "scope": "rooms-api",
        })
    );
    let claims = check(&header(), &payload(&tenant, &plan), NOW).expect("good");
    assert_eq!(claims.data, plan.access_token.data);
}

#[test]
fn what_is_issued_is_what_is_read_back() {
    let tenant = tenant();
    let plan = refreshed(&tenant, &john());
    let claims = check(&header(), &payload(&tenant, &plan), NOW).expect("good");
    assert_eq!(claims, AccessTokenClaims { jti: "jti-1".to_owned(), data: plan.access_token.data });
}

#[test]
fn claims_of_a_user_overwrite_nothing() {
    let tenant = Library::with_claim("library_card", |c| {
        c.in_access_token = true;
        c.pattern = None;
    });
    let plan = refreshed(&tenant, &john());
    assert_eq!(payload(&tenant, &plan)["library_card"], json!("LC-123456"));
    let mut forged = plan;
    forged.access_token.claims.insert("sub".to_owned(), json!("admin"));
    forged.access_token.claims.insert("exp".to_owned(), json!(9_999_999_999_i64));
    let payload = payload(&tenant, &forged);
    assert_eq!(payload["sub"], json!(JOHN));
    assert_eq!(payload["exp"], json!(NOW + 3_600));
}

#[test]
fn kinds_of_tokens_are_kept_apart() {
    let tenant = tenant();
    let plan = refreshed(&tenant, &john());
    let access = payload(&tenant, &plan);
    let application = tenant.application("my-app").expect("there");
    let identity = token::identity_payload(&tenant, application, &plan.identity_token.expect("there"), Some("at"));
    let identity_header = token::header(SigningAlg::Rs256, "JWT", Some("k1"));
    assert_eq!(check(&identity_header, &access, NOW), Err(VerifyError::Kind));
    assert_eq!(check(&json!({ "alg": "RS256" }), &access, NOW), Err(VerifyError::Kind));
    assert_eq!(check(&header(), &identity, NOW), Err(VerifyError::Claims));
    let hint = |header: &Value, payload: &Map<String, Value>| {
        let text = compact(header, payload);
        verify::identity_token_hint(&Jws::parse(&text).expect("parses"), ISSUER)
    };
    assert_eq!(hint(&header(), &access), Err(VerifyError::Kind));
    let good = hint(&identity_header, &identity).expect("an identity token");
    assert_eq!((good.sub.as_str(), good.audience), (JOHN, strings(&["my-app"])));
    let mut other = identity;
    other.insert("iss".to_owned(), json!("https://id.example/s/other"));
    assert_eq!(hint(&identity_header, &other), Err(VerifyError::Issuer));
}

#[test]
fn issuer_and_times_are_checked() {
    let tenant = tenant();
    let good = payload(&tenant, &refreshed(&tenant, &john()));
    assert!(check(&header(), &good, NOW + 3_599).is_ok());
    assert_eq!(check(&header(), &good, NOW + 3_600), Err(VerifyError::Expired));
    assert!(check(&header(), &good, NOW - 60).is_ok(), "a node whose clock is behind");
    assert_eq!(check(&header(), &good, NOW - 61), Err(VerifyError::NotYetValid));
    let mut other = good.clone();
    other.insert("iss".to_owned(), json!("https://id.example/s/other"));
    assert_eq!(check(&header(), &other, NOW), Err(VerifyError::Issuer));
    let mut later = good;
    later.insert("nbf".to_owned(), json!(NOW + 61));
    assert_eq!(check(&header(), &later, NOW), Err(VerifyError::NotYetValid));
}

#[test]
fn times_of_the_wrong_type_are_refused() {
    let tenant = tenant();
    let good = payload(&tenant, &refreshed(&tenant, &john()));
    for name in ["exp", "iat", "nbf", "auth_time"] {
        for bad in [json!("1700003600"), json!(1_700_003_600.5), json!([1]), json!(true), json!(u64::MAX)] {
            let mut changed = good.clone();
            changed.insert(name.to_owned(), bad.clone());
            assert_eq!(check(&header(), &changed, NOW), Err(VerifyError::Claims), "{name} {bad}");
        }
    }
    for name in ["exp", "iat", "iss", "aud", "sub", "jti", "client_id"] {
        let mut changed = good.clone();
        changed.remove(name);
        assert_eq!(check(&header(), &changed, NOW), Err(VerifyError::Claims), "{name}");
    }
}

#[test]
fn header_and_payload_are_base64url_without_padding() {
    let text = token::signing_input(&json!({ "a": 1 }), &Map::new());
    let (header, payload) = text.split_once('.').expect("two parts");
    assert_eq!(URL_SAFE_NO_PAD.decode(header).expect("base64url"), br#"{"a":1}"#);
    assert_eq!(URL_SAFE_NO_PAD.decode(payload).expect("base64url"), b"{}");
}

#[test]
fn the_response_tells_lifetime_and_scope_and_its_debug_no_tokens() {
    let tenant = tenant();
    let plan = refreshed(&tenant, &john());
    let response = TokenResponse::new(&plan, "canary-a".to_owned(), Some("canary-i".to_owned()), None);
    assert!(!format!("{response:?}").contains("canary"));
    assert_eq!(
        serde_json::to_value(&response).expect("writes"),
        json!({
            "access_token": "canary-a", "token_type": "Bearer", "expires_in": 3_600, "id_token": "canary-i",
            "scope": "openid profile library-api-checked-books rooms-api library",
        })
    );
}

#[test]
fn data_survives_its_storage() {
    let plan = refreshed(&tenant(), &john());
    let json = serde_json::to_string(&plan.access_token.data).expect("writes");
    assert_eq!(serde_json::from_str::<AccessTokenData>(&json).expect("reads"), plan.access_token.data);
}
