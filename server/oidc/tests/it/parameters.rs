//! RFC 6749 section 3.1 and appendix B.

use oidc::Params;

use crate::fixture::params;

#[test]
fn an_empty_value_counts_as_absent() {
    let params = Params::from_urlencoded(b"a=&b&c=1").expect("reads");
    assert_eq!(params.get("a"), None);
    assert_eq!(params.get("b"), None);
    assert_eq!(params.get("c"), Some("1"));
}

#[test]
fn a_repeated_parameter_is_refused_and_has_no_value() {
    let params = params(&[("scope", "a"), ("scope", "b")]);
    assert_eq!(params.get("scope"), None);
    let error = params.once().expect_err("refused");
    assert_eq!(error.description, "parameter scope is repeated");
}

#[test]
fn resource_may_repeat() {
    let params = params(&[("resource", "https://a"), ("resource", "https://b")]);
    assert_eq!(params.once(), Ok(()));
    assert_eq!(params.all("resource").count(), 2);
}

#[test]
fn plus_and_percent_are_decoded() {
    let params = Params::from_urlencoded(b"scope=openid+email&state=%C3%A4%2B100%").expect("reads");
    assert_eq!(params.get("scope"), Some("openid email"));
    assert_eq!(params.get("state"), Some("ä+100%"));
}

#[test]
fn nul_control_characters_and_bad_utf_8_are_refused() {
    for bad in [&b"state=a%00"[..], b"state=a%0Ab", b"sta%0Dte=a", b"state=%FF", b"state=%ED%A0%80"] {
        assert!(Params::from_urlencoded(bad).is_err(), "{}", String::from_utf8_lossy(bad));
    }
}

#[test]
fn the_claims_parameter_may_span_lines() {
    assert!(Params::from_urlencoded(b"claims=%7B%0A%7D").is_ok());
    assert!(Params::from_urlencoded(b"claims=%00").is_err());
}

#[test]
fn number_and_length_are_limited() {
    assert!(Params::from_urlencoded("a=1&".repeat(100).as_bytes()).is_ok());
    assert!(Params::from_urlencoded("a=1&".repeat(101).as_bytes()).is_err());
    assert!(Params::from_urlencoded("a=1&".repeat(1_000_000).as_bytes()).is_err());
    assert!(Params::from_urlencoded(format!("a={}", "x".repeat(16 * 1024 + 1)).as_bytes()).is_err());
    assert!(Params::from_urlencoded(format!("{}=1", "x".repeat(256)).as_bytes()).is_err());
}

#[test]
fn credentials_in_a_query_string_are_refused() {
    for bad in ["client_secret=x", "a=b&code=1", "%63ode=1", "refresh_token=", "access_token=t"] {
        assert!(Params::refuse_credentials(bad.as_bytes()).is_err(), "{bad}");
    }
    assert_eq!(Params::refuse_credentials(b"client_id=my-app"), Ok(()));
}

#[test]
fn debug_shows_no_values() {
    assert_eq!(format!("{:?}", params(&[("client_secret", "canary")])), "[\"client_secret\"]");
}
