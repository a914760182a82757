//! Client assertions: RFC 7521 section 4.2, RFC 7523 section 3. The cryptography is somebody else's: a signature is
//! good here when it says so.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::ClientAuthentication;
use oidc::client_auth::{self, AuthMethod, Expected};
use oidc::jose::{Alg, MacAlg, PublicKey};
use oidc::{ErrorCode, OAuthError, Params, Tenant};
use serde_json::{Value, json};

use crate::fixture::{ISSUER, Library, NOW, SECRET, params, tenant};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn key(kid: &str) -> PublicKey {
    let x = URL_SAFE_NO_PAD.encode([7; 32]);
    PublicKey::parse(&json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x, "kid": kid })).expect("a key")
}

/// The website signs with the keys `one` and `two`.
fn signing() -> Tenant {
    let mut library = Library::default();
    library.website.stored.spec.token_endpoint_auth_method = ClientAuthentication::PrivateKeyJwt;
    library.website.keys.signature = vec![key("one"), key("two")];
    library.open()
}

fn assertion(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(payload), URL_SAFE_NO_PAD.encode("good"))
}

fn claims() -> Value {
    json!({ "iss": "my-app", "sub": "my-app", "aud": ISSUER, "jti": "1", "exp": NOW + 60 })
}

fn sent(assertion: &str) -> Params {
    params(&[("client_assertion_type", TYPE), ("client_assertion", assertion)])
}

fn check(tenant: &Tenant, assertion: &str) -> Result<String, OAuthError> {
    let presented = client_auth::read(&[], &sent(assertion))?;
    let keys = tenant.application(&presented.client_id).map_or(&[][..], |one| &one.keys.signature);
    let audience = [ISSUER.to_owned()];
    let good = |_: &PublicKey, _: Alg, _: &[u8], signature: &[u8]| signature == b"good";
    let tags = |_: &str, _: MacAlg, _: &[u8], _: &[u8]| false;
    let expected = Expected { keys, issuer: ISSUER, audience: &audience, signatures: &good, tags: &tags, now: NOW };
    let (client, used) = client_auth::by_assertion(tenant, &presented, &expected)?;
    assert_eq!((client.method, client.secret_id), (AuthMethod::PrivateKeyJwt, None));
    Ok(used.id)
}

#[test]
fn the_subject_names_the_client() {
    let good = assertion(&json!({ "alg": "ES256" }), &claims());
    assert_eq!(check(&signing(), &good), Ok("1".to_owned()));
    let presented = client_auth::read(&[], &sent(&good)).expect("reads");
    assert_eq!((presented.client_id.as_str(), presented.method), ("my-app", AuthMethod::PrivateKeyJwt));
    let other = params(&[("client_id", "reader"), ("client_assertion_type", TYPE), ("client_assertion", &good)]);
    assert_eq!(client_auth::read(&[], &other).expect_err("refused").code, ErrorCode::InvalidClient);
    assert!(!format!("{presented:?}").contains(&good));
}

#[test]
fn a_key_is_found_by_its_name_and_by_what_it_can_do() {
    let tenant = signing();
    for header in [json!({ "alg": "ES256", "kid": "two" }), json!({ "alg": "ES256", "typ": "JWT" })] {
        assert!(check(&tenant, &assertion(&header, &claims())).is_ok(), "{header}");
    }
    for header in [
        json!({ "alg": "ES256", "kid": "three" }),
        json!({ "alg": "ES384" }),
        json!({ "alg": "RS256" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "none" }),
        json!({ "alg": "ES256", "crit": ["exp"] }),
    ] {
        let refused = check(&tenant, &assertion(&header, &claims())).expect_err("refused");
        assert_eq!(refused.code, ErrorCode::InvalidClient, "{header}");
    }
}

#[test]
fn one_method_for_each_application() {
    let good = assertion(&json!({ "alg": "ES256" }), &claims());
    assert!(check(&tenant(), &good).is_err(), "it has a secret");
    let presented = params(&[("client_id", "my-app"), ("client_secret", SECRET)]);
    let presented = client_auth::read(&[], &presented).expect("reads");
    assert!(client_auth::application(&signing(), &presented, NOW).is_err(), "it has a key");
    let presented = client_auth::read(&[], &sent(&good)).expect("reads");
    assert!(client_auth::application(&signing(), &presented, NOW).is_err(), "nobody looked at the signature");
}

#[test]
fn keys_that_are_weak_private_or_for_another_use_are_none() {
    let modulus = |bytes: usize| URL_SAFE_NO_PAD.encode(vec![0xff; bytes]);
    let rsa = |bytes| json!({ "kty": "RSA", "n": modulus(bytes), "e": "AQAB" });
    assert!(PublicKey::parse(&rsa(256)).is_ok());
    let x = URL_SAFE_NO_PAD.encode([7; 32]);
    for bad in [
        rsa(128),
        rsa(2048),
        json!({ "kty": "RSA", "n": modulus(256) }),
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": URL_SAFE_NO_PAD.encode([7; 31]) }),
        json!({ "kty": "EC", "crv": "secp256k1", "x": x, "y": x }),
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x, "d": x }),
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x, "use": "enc" }),
        json!({ "kty": "oct", "k": x }),
        json!({ "kty": "EC", "crv": "P-256", "x": format!("{x}="), "y": x }),
        json!({}),
        json!("text"),
    ] {
        assert!(PublicKey::parse(&bad).is_err(), "{bad}");
    }
}

#[test]
fn a_thumbprint_as_the_standard_prints_it() {
    // RFC 7638 section 3.1.
    let key = PublicKey::parse(&json!({
        "kty": "RSA",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
    }));
    assert_eq!(key.expect("a key").thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}
