//! Compact JWS that come back to us: RFC 7515, RFC 8725.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oidc::verify::{Jws, VerifyError};

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn token(header: &str, payload: &str) -> String {
    format!("{}.{}.c2ln", encode(header), encode(payload))
}

fn error(token: &str) -> VerifyError {
    Jws::parse(token).expect_err("refused")
}

const GOOD: &str = r#"{"alg":"RS256","kid":"k1","typ":"application/AT+JWT"}"#;

#[test]
fn a_good_token_comes_apart() {
    let token = token(GOOD, r#"{"a":1}"#);
    let jws = Jws::parse(&token).expect("parses");
    assert_eq!(jws.header.kid.as_deref(), Some("k1"));
    assert_eq!(jws.header.typ.as_deref(), Some("at+jwt"));
    assert_eq!(jws.signature, b"sig");
    assert_eq!(format!("{}.c2ln", jws.signing_input), token);
}

#[test]
fn three_parts_of_canonical_base64url() {
    let good = token(GOOD, "{}");
    for bad in [
        String::new(),
        "a.b".to_owned(),
        good.replace(".c2ln", ""),
        good.replace(".c2ln", "."),
        good.replace(".c2ln", ".c2ln.c2ln"),
        good.replace(".c2ln", ".c2ln="),
        good.replace(".c2ln", ".c2l+"),
        good.replace(".c2ln", ".c2lnZ"),  // a single loose character
        good.replace(".c2ln", ".c2lnZB"), // loose bits
        format!(" {good}"),
        format!("{good}\n"),
    ] {
        assert_eq!(error(&bad), VerifyError::Malformed, "{bad}");
    }
}

#[test]
fn the_payload_is_an_object() {
    for bad in ["", "[]", "1", "\"x\"", "{", "{}x"] {
        assert_eq!(error(&token(GOOD, bad)), VerifyError::Malformed, "{bad}");
    }
}

#[test]
fn only_our_algorithms() {
    for alg in ["none", "None", "HS256", "rs256", "PS512", ""] {
        let header = format!(r#"{{"alg":"{alg}"}}"#);
        assert_eq!(error(&token(&header, "{}")), VerifyError::Algorithm, "{alg}");
    }
    assert_eq!(error(&token("{}", "{}")), VerifyError::Malformed);
    assert_eq!(error(&token(r#"{"alg":["RS256"]}"#, "{}")), VerifyError::Malformed);
    assert_eq!(error(&token(r#"{"alg":"RS256","alg":"none"}"#, "{}")), VerifyError::Malformed);
}

#[test]
fn critical_extensions_are_refused() {
    assert_eq!(error(&token(r#"{"alg":"RS256","crit":["b64"],"b64":false}"#, "{}")), VerifyError::Critical);
}

#[test]
fn keys_that_a_token_brings_along_are_not_looked_at() {
    let header = r#"{"alg":"RS256","kid":"k1","jku":"https://evil.example","x5u":1,"jwk":{"kty":"oct"}}"#;
    let token = token(header, "{}");
    assert_eq!(Jws::parse(&token).expect("parses").header.kid.as_deref(), Some("k1"));
}

#[test]
fn length_is_limited() {
    assert_eq!(error(&token(GOOD, &format!("{{\"a\":\"{}\"}}", "x".repeat(70_000)))), VerifyError::Malformed);
}

// RFC 8725 section 3.7: what is no UTF-8 is no JSON.
#[test]
fn text_that_is_no_utf_8_is_refused() {
    let header = URL_SAFE_NO_PAD.encode(GOOD);
    let payload = URL_SAFE_NO_PAD.encode(b"{\"a\":\"\xff\"}");
    assert_eq!(error(&format!("{header}.{payload}.c2ln")), VerifyError::Malformed);
    assert_eq!(error(&format!("{payload}.{header}.c2ln")), VerifyError::Malformed);
}
