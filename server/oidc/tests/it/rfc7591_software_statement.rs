//! Software statements: RFC 7591 sections 2.3 and 3.2.2. The cryptography is somebody else's: a signature is good here when
//! it says so.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::TrustedIssuerSpec;
use oidc::client_registration::Statement;
use oidc::client_registration::software_statement::{self, Expected};
use oidc::jose::{Alg, PublicKey};
use oidc::{ErrorCode, OAuthError, Tenant};
use serde_json::{Map, Value, json};

use crate::fixture::{ISSUER, Library, NOW, strings};

const DIRECTORY: &str = "https://directory.example";
/// Trusted to say who a user is, and nothing else.
const STS: &str = "https://sts.example";

fn tenant() -> Tenant {
    let x = URL_SAFE_NO_PAD.encode([7; 32]);
    let jwks = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": x, "y": x, "kid": "one" }] });
    let issuer = |issuer: &str, software_statements| TrustedIssuerSpec {
        issuer: issuer.to_owned(),
        jwks: Some(jwks.clone()),
        applications: strings(&["my-app"]),
        software_statements,
        ..TrustedIssuerSpec::default()
    };
    let mut library = Library::default();
    library.settings.spec.trusted_issuers = vec![issuer(DIRECTORY, true), issuer(STS, false)];
    library.open()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other}"),
    }
}

/// A statement with other values for some of its claims; null takes one away.
fn statement(header: &Value, other: &Value, signature: &str) -> String {
    let mut claims = json!({ "iss": DIRECTORY, "software_id": "club", "client_name": "A reading club" });
    for (name, value) in other.as_object().expect("an object") {
        claims[name] = value.clone();
    }
    claims.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    let part = |text: String| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part(header.to_string()), part(claims.to_string()), part(signature.to_owned()))
}

fn checked(text: &str) -> Result<Statement, OAuthError> {
    let tenant = tenant();
    let (issuer, _) = software_statement::issuer(&tenant, text)?;
    let good = |_: &PublicKey, _: Alg, _: &[u8], signature: &[u8]| signature == b"good";
    software_statement::check(&tenant, text, &Expected { keys: issuer.keys(), signatures: &good, now: NOW })
}

fn said(other: &Value) -> Result<Statement, OAuthError> {
    checked(&statement(&json!({ "alg": "ES256" }), other, "good"))
}

#[test]
fn only_what_an_approved_issuer_signed_counts() {
    let good = said(&json!({ "software_version": "2" })).expect("good");
    assert_eq!((good.issuer(), good.software_id(), good.software_version()), (DIRECTORY, Some("club"), Some("2")));
    for issuer in
        [json!("https://other.example"), json!(format!("{DIRECTORY}/")), json!(STS), json!(ISSUER), Value::Null]
    {
        let error = said(&json!({ "iss": issuer })).expect_err("not approved");
        assert_eq!(error.code, ErrorCode::UnapprovedSoftwareStatement, "{issuer}");
    }
    for (header, signature) in [
        (json!({ "alg": "ES256" }), "bad"),
        (json!({ "alg": "none" }), ""),
        (json!({ "alg": "HS256" }), "good"),
        (json!({ "alg": "EdDSA" }), "good"),
        (json!({ "alg": "ES256", "kid": "two" }), "good"),
        (json!({ "alg": "ES256", "typ": "at+jwt" }), "good"),
        (json!({ "alg": "ES256", "crit": ["b64"] }), "good"),
    ] {
        let error = checked(&statement(&header, &json!({}), signature)).expect_err("refused");
        assert_eq!(error.code, ErrorCode::InvalidSoftwareStatement, "{header}");
    }
    checked("no JWT").expect_err("refused");
}

#[test]
fn times_audience_and_software_are_held_to() {
    let endpoint = format!("{ISSUER}/connect/register");
    for good in [
        json!({ "exp": NOW + 60, "iat": NOW, "nbf": NOW }),
        json!({ "aud": ISSUER }),
        json!({ "aud": ["https://other.example", endpoint] }),
    ] {
        said(&good).expect("good");
    }
    for bad in [
        json!({ "exp": NOW - 3_600 }),
        json!({ "exp": "tomorrow" }),
        json!({ "iat": NOW + 3_600 }),
        json!({ "nbf": NOW + 3_600 }),
        json!({ "aud": "https://other.example" }),
        json!({ "aud": [] }),
        json!({ "aud": 7 }),
        json!({ "software_id": null, "sub": "john", "nonce": "n" }),
        json!({ "software_id": "" }),
        json!({ "software_id": 7 }),
    ] {
        let error = said(&bad).expect_err("refused");
        assert_eq!(error.code, ErrorCode::InvalidSoftwareStatement, "{bad}");
    }
}

#[test]
fn what_it_says_takes_precedence() {
    let statement = said(&json!({
        "redirect_uris": ["https://club.example/cb"], "jwks_uri": "https://club.example/jwks.json", "sub": "club", "jti": "1",
        "software_statement": "another",
    }));
    let beside = object(json!({
        "redirect_uris": ["https://evil.example/cb"], "client_name": "Somebody else", "jwks": { "keys": [] },
        "scope": "openid", "sub": "x", "software_statement": "this",
    }));
    let all = statement.expect("good").over(&beside);
    assert_eq!(all["redirect_uris"], json!(["https://club.example/cb"]));
    assert_eq!((&all["client_name"], &all["scope"]), (&json!("A reading club"), &json!("openid")));
    assert_eq!((all.get("jwks"), &all["jwks_uri"]), (None, &json!("https://club.example/jwks.json")));
    assert_eq!((&all["sub"], &all["software_statement"]), (&json!("x"), &json!("this")), "nothing about the software");
    let unkeyed = said(&json!({})).expect("good").over(&beside);
    assert!(unkeyed.contains_key("jwks"), "whoever registers says what the statement does not");
}

#[test]
fn it_is_found_among_metadata() {
    let sent = |value: Value| {
        let metadata = object(json!({ "software_statement": value }));
        software_statement::sent(&metadata).map(|text| text.map(str::to_owned)).map_err(|error| error.code)
    };
    assert_eq!((sent(json!("a.b.c")), sent(Value::Null)), (Ok(Some("a.b.c".to_owned())), Ok(None)));
    assert_eq!((sent(json!("")), sent(json!(7))), (Ok(None), Err(ErrorCode::InvalidSoftwareStatement)));
}
