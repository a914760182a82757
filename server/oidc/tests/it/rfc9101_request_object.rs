//! Request objects: RFC 9101 sections 4 to 6 and 10, OpenID Connect Core section 6. The cryptography is somebody else's:
//! a signature is good here when it says so.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oidc::authorize::request_object::{self, Expected, Opened, Passed, Reference};
use oidc::authorize::{self, Origin, PageError, Refusal, ResponseMode};
use oidc::digest::sha256_base64url;
use oidc::jose::{Alg, PublicKey};
use oidc::{Application, ErrorCode, OAuthError};
use serde_json::{Value, json};

use crate::fixture::{ISSUER, Library, NOW, REDIRECT, VERIFIER, params, strings};

const ADDRESS: &str = "https://library.example/request.jwt";

fn key(kid: &str) -> PublicKey {
    let x = URL_SAFE_NO_PAD.encode([7; 32]);
    PublicKey::parse(&json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x, "kid": kid })).expect("a key")
}

/// The website: it signs with the key `one`.
fn website(must_sign: bool) -> Application {
    let mut website = Library::default().website;
    website.keys.signature = vec![key("one")];
    website.stored.spec.require_signed_request_object = must_sign;
    website.stored.spec.request_uris = strings(&[ADDRESS]);
    website
}

fn object(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(payload), URL_SAFE_NO_PAD.encode("good"))
}

/// A good payload with other values; null takes one away.
fn payload(other: Value) -> Value {
    let mut payload = json!({
        "iss": "my-app", "aud": ISSUER, "client_id": "my-app", "exp": NOW + 300, "nbf": NOW, "response_type": "code",
        "scope": "openid", "redirect_uri": REDIRECT, "state": "inside",
        "code_challenge": sha256_base64url(VERIFIER.as_bytes()), "code_challenge_method": "S256",
    });
    let Value::Object(other) = other else { panic!("an object") };
    for (name, value) in other {
        payload[name] = value;
    }
    payload.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    payload
}

fn open_with(application: &Application, object: &str) -> Result<Opened, OAuthError> {
    let good = |_: &PublicKey, _: Alg, _: &[u8], signature: &[u8]| signature == b"good";
    let expected = Expected { keys: &application.keys.signature, issuer: ISSUER, signatures: &good, now: NOW };
    request_object::open(object, application, &expected)
}

fn open(other: Value) -> Result<Opened, OAuthError> {
    open_with(&website(false), &object(&json!({ "alg": "ES256", "kid": "one" }), &payload(other)))
}

fn code(opened: Result<Opened, OAuthError>) -> Option<ErrorCode> {
    opened.err().map(|error| error.code)
}

#[test]
fn its_members_are_the_parameters() {
    let claims = json!({ "userinfo": { "name": { "essential": true } } });
    let more = json!({
        "max_age": 60, "claims": claims, "jti": "1", "iat": NOW, "ui_locales": "",
    });
    let opened = open(more).expect("good");
    let params = opened.params();
    assert_eq!(params.get("max_age"), Some("60"));
    assert_eq!(params.get("claims"), Some(claims.to_string().as_str()));
    let several = open(json!({ "resource": ["https://a.example", "https://b.example"] })).expect("good");
    assert_eq!(several.params().all("resource").count(), 2);
    assert_eq!(params.get("state"), Some("inside"));
    for own in ["iss", "aud", "exp", "nbf", "iat", "jti", "ui_locales"] {
        assert_eq!(params.get(own), None, "{own}");
    }
    let library = Library { website: website(true), ..Library::default() };
    let request = authorize::validate_with(&library.open(), params, &Origin::Signed).expect("a good request");
    assert_eq!((request.max_age, request.requested_claims.userinfo), (Some(60), strings(&["name"])));
}

#[test]
fn it_is_from_the_client_and_for_this_issuer() {
    assert_eq!(code(open(json!({ "aud": ["https://other.example", ISSUER] }))), None);
    for other in [
        json!({ "iss": null }),
        json!({ "iss": "reader" }),
        json!({ "client_id": null }),
        json!({ "client_id": "reader" }),
        json!({ "client_id": ["my-app"] }),
        json!({ "aud": null }),
        json!({ "aud": "https://other.example" }),
        json!({ "aud": format!("{ISSUER}/connect/authorize") }),
        json!({ "aud": [] }),
        json!({ "aud": { "iss": ISSUER } }),
    ] {
        assert_eq!(code(open(other.clone())), Some(ErrorCode::InvalidRequestObject), "{other}");
    }
}

#[test]
fn nothing_else_that_was_signed_passes_for_one() {
    for other in [json!({ "sub": "my-app" }), json!({ "request": "a.b.c" }), json!({ "request_uri": ADDRESS })] {
        assert_eq!(code(open(other.clone())), Some(ErrorCode::InvalidRequestObject), "{other}");
    }
    let with = |typ: &str| {
        let header = json!({ "alg": "ES256", "typ": typ });
        code(open_with(&website(false), &object(&header, &payload(json!({})))))
    };
    for typ in ["oauth-authz-req+jwt", "application/OAUTH-AUTHZ-REQ+JWT", "JWT"] {
        assert_eq!(with(typ), None, "{typ}");
    }
    for typ in ["dpop+jwt", "at+jwt", "", "logout+jwt"] {
        assert_eq!(with(typ), Some(ErrorCode::InvalidRequestObject), "{typ}");
    }
}

#[test]
fn it_is_signed_with_a_key_of_the_application() {
    let good = payload(json!({}));
    let website = website(false);
    let with = |header: Value| code(open_with(&website, &object(&header, &good)));
    assert_eq!(with(json!({ "alg": "ES256" })), None);
    for header in [
        json!({ "alg": "ES256", "kid": "other" }),
        json!({ "alg": "RS256" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "none" }),
        json!({ "alg": "ES256", "crit": ["exp"] }),
        json!({}),
    ] {
        assert_eq!(with(header.clone()), Some(ErrorCode::InvalidRequestObject), "{header}");
    }
    let signed = object(&json!({ "alg": "ES256" }), &good);
    let (input, _) = signed.rsplit_once('.').expect("a signature");
    let bad = format!("{input}.{}", URL_SAFE_NO_PAD.encode("bad"));
    assert_eq!(code(open_with(&website, &bad)), Some(ErrorCode::InvalidRequestObject));
    assert_eq!(code(open_with(&website, &format!("{input}."))), Some(ErrorCode::RequestNotSupported), "unsigned");
    // Encrypted: five parts.
    assert_eq!(code(open_with(&website, &format!("{signed}.a.b"))), Some(ErrorCode::InvalidRequestObject));
    let keyless = Library::default().website;
    assert_eq!(code(open_with(&keyless, &signed)), Some(ErrorCode::InvalidRequestObject));
}

#[test]
fn its_time_counts() {
    for other in [json!({ "exp": null, "nbf": null }), json!({ "exp": NOW - 59 }), json!({ "nbf": NOW + 60 })] {
        assert_eq!(code(open(other.clone())), None, "{other}");
    }
    for other in [
        json!({ "exp": NOW - 60 }),
        json!({ "exp": "soon" }),
        json!({ "exp": 1.5 }),
        json!({ "exp": (NOW + 300).to_string() }),
        json!({ "nbf": NOW + 61 }),
        json!({ "iat": NOW + 61 }),
        json!({ "iat": [NOW] }),
    ] {
        assert_eq!(code(open(other.clone())), Some(ErrorCode::InvalidRequestObject), "{other}");
    }
}

#[test]
fn where_requests_must_be_signed_they_count_an_hour() {
    let open = |other: Value| code(open_with(&website(true), &object(&json!({ "alg": "ES256" }), &payload(other))));
    assert_eq!(open(json!({})), None);
    assert_eq!(open(json!({ "nbf": NOW - 3_600, "exp": NOW })), None);
    for other in [
        json!({ "exp": null }),
        json!({ "nbf": null }),
        json!({ "exp": NOW + 3_601 }),
        json!({ "exp": i64::MAX }),
        json!({ "nbf": NOW - 3_661, "exp": NOW - 59 }),
        json!({ "nbf": i64::MIN }),
    ] {
        assert_eq!(open(other.clone()), Some(ErrorCode::InvalidRequestObject), "{other}");
    }
}

#[test]
fn a_plain_request_is_refused_where_they_must_be_signed() {
    let library = Library { website: website(true), ..Library::default() };
    let tenant = library.open();
    let opened = open(json!({})).expect("good");
    for (origin, is_good) in [(Origin::Browser, false), (Origin::Signed, true), (Origin::Pushed, true)] {
        let refused = authorize::validate_with(&tenant, opened.params(), &origin).err();
        let refused = refused.map(|refusal| refusal.error().code);
        assert_eq!(refused, (!is_good).then_some(ErrorCode::InvalidRequest), "{origin:?}");
    }
}

#[test]
fn it_comes_by_value_or_by_reference() {
    assert_eq!(request_object::passed(&params(&[("request", "")])), Ok(None));
    assert_eq!(request_object::passed(&params(&[("request", "a")])), Ok(Some(Passed::Value("a"))));
    assert_eq!(request_object::passed(&params(&[("request_uri", "a")])), Ok(Some(Passed::Reference("a"))));
    for twice in [["request", "request_uri"], ["request", "request"], ["request_uri", "request_uri"]] {
        let params = params(&twice.map(|name| (name, "a")));
        let refused = request_object::passed(&params).expect_err("refused");
        assert_eq!(refused.code, ErrorCode::InvalidRequest, "{twice:?}");
    }
}

#[test]
fn only_registered_addresses_are_asked() {
    let website = website(false);
    let read = |uri: &str| Reference::read(&website, uri).map(|reference| reference.url.to_owned());
    assert_eq!(read(ADDRESS), Ok(ADDRESS.to_owned()));
    for other in [
        "https://library.example/request.jwt?x",
        "https://library.example/request.jwt/",
        "https://library.example/",
        "https://LIBRARY.example/request.jwt",
        "https://evil.example/#https://library.example/request.jwt",
        "urn:ietf:params:oauth:request_uri:",
    ] {
        assert_eq!(read(other).map_err(|error| error.code), Err(ErrorCode::InvalidRequestUri), "{other}");
    }
    let none = Library::default().website;
    let error = Reference::read(&none, ADDRESS).expect_err("refused");
    assert_eq!(error.code, ErrorCode::RequestUriNotSupported);
}

#[test]
fn a_fragment_says_what_is_there() {
    let website = website(false);
    let named = format!("{ADDRESS}#{}", sha256_base64url(b"object"));
    let reference = Reference::read(&website, &named).expect("registered");
    assert!(reference.may_be(b"object") && !reference.may_be(b"other"));
    assert!(Reference::read(&website, ADDRESS).expect("registered").may_be(b"whatever"));
}

#[test]
fn what_is_wrong_goes_only_where_the_request_itself_leads() {
    let website = website(false);
    let refuse = |pairs: &[(&str, &str)]| {
        request_object::refuse(&website, &params(pairs), OAuthError::new(ErrorCode::InvalidRequestObject, "x"))
    };
    let known = [("redirect_uri", REDIRECT), ("state", "outside"), ("response_mode", "form_post")];
    let Refusal::Redirect { to, error } = refuse(&known) else { panic!("a redirect") };
    assert_eq!((to.redirect_uri.as_str(), to.state.as_deref()), (REDIRECT, Some("outside")));
    assert_eq!((to.response_mode, error.code), (ResponseMode::FormPost, ErrorCode::InvalidRequestObject));
    for unknown in [&[][..], &[("redirect_uri", "https://evil.example/")], &[("redirect_uri", REDIRECT); 2]] {
        assert!(matches!(refuse(unknown), Refusal::Page(PageError::RequestObject(_))), "{unknown:?}");
    }
}
