//! Client authentication: RFC 6749 section 2.3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oidc::client_auth::{self, AuthMethod};
use oidc::{ErrorCode, OAuthError, Params, Tenant};

use crate::fixture::{Library, NOW, SECRET, params, secret, tenant};

fn basic(client_id: &str, secret: &str) -> Vec<u8> {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encode(client_id), encode(secret)))).into_bytes()
}

fn authenticate(tenant: &Tenant, header: Option<&[u8]>, body: &Params) -> Result<(String, AuthMethod), OAuthError> {
    let headers: Vec<&[u8]> = header.into_iter().collect();
    let presented = client_auth::read(&headers, body)?;
    let client = client_auth::application(tenant, &presented, NOW)?;
    Ok((client.secret_id.unwrap_or("-").to_owned(), client.method))
}

fn code(result: Result<(String, AuthMethod), OAuthError>) -> ErrorCode {
    result.expect_err("refused").code
}

#[test]
fn basic_and_post_tell_which_secret_matched() {
    let tenant = tenant();
    let none = Params::default();
    let good = |method| Ok(("secret-1".to_owned(), method));
    assert_eq!(authenticate(&tenant, Some(&basic("my-app", SECRET)), &none), good(AuthMethod::ClientSecretBasic));
    let body = params(&[("client_id", "my-app"), ("client_secret", SECRET)]);
    assert_eq!(authenticate(&tenant, None, &body), good(AuthMethod::ClientSecretPost));
}

#[test]
fn basic_is_form_urlencoded_before_base64() {
    let odd = "p+ %&:/ä and thirty-two bytes of text";
    let mut library = Library::default();
    library.website.secrets = vec![secret("odd", odd)];
    library.website.stored.spec.client_id = "https://app.example/~me".to_owned();
    let tenant = library.open();
    assert!(authenticate(&tenant, Some(&basic("https://app.example/~me", odd)), &Params::default()).is_ok());
}

#[test]
fn broken_basic_headers_are_invalid_client() {
    let tenant = tenant();
    for bad in [
        &b""[..],
        b" ",
        b"Basic",
        b"Basic ",
        b"Basic !!!",
        b"Basic bXktYXBw",         // no colon
        b"Basic bXktYXBwOmE",      // padding left out
        b"Basic /zo6",             // not UTF-8
        b"Basic bXktYXBwOiV6eg==", // %zz
        b"Basic OnNlY3JldA==",     // no client
        b"Basic bXktYXBwOmEAYg==", // NUL
        b"Bearer abc",
        b"\xff\xfe",
    ] {
        let result = authenticate(&tenant, Some(bad), &Params::default());
        assert_eq!(code(result), ErrorCode::InvalidClient, "{}", String::from_utf8_lossy(bad));
    }
}

#[test]
fn one_method_per_request() {
    let tenant = tenant();
    let header = basic("my-app", SECRET);
    let both = params(&[("client_id", "my-app"), ("client_secret", SECRET)]);
    assert_eq!(code(authenticate(&tenant, Some(&header), &both)), ErrorCode::InvalidRequest);
    let named = params(&[("client_id", "my-app")]);
    assert!(authenticate(&tenant, Some(&header), &named).is_ok());
    let other = params(&[("client_id", "reader")]);
    assert_eq!(code(authenticate(&tenant, Some(&header), &other)), ErrorCode::InvalidRequest);
    let twice = client_auth::read(&[&header, &header], &Params::default());
    assert_eq!(twice.expect_err("refused").code, ErrorCode::InvalidRequest);
    let assertion = params(&[("client_id", "my-app"), ("client_assertion", "a.b.c")]);
    assert_eq!(code(authenticate(&tenant, None, &assertion)), ErrorCode::InvalidClient);
}

#[test]
fn a_confidential_application_needs_its_secret() {
    let tenant = tenant();
    let alone = params(&[("client_id", "my-app")]);
    assert_eq!(code(authenticate(&tenant, None, &alone)), ErrorCode::InvalidClient);
    assert_eq!(code(authenticate(&tenant, Some(&basic("my-app", "")), &alone)), ErrorCode::InvalidClient);
    assert_eq!(code(authenticate(&tenant, Some(&basic("my-app", "wrong")), &alone)), ErrorCode::InvalidClient);
    assert_eq!(code(authenticate(&tenant, None, &Params::default())), ErrorCode::InvalidClient);
}

#[test]
fn a_public_application_names_itself_and_sends_no_secret() {
    let tenant = tenant();
    let named = params(&[("client_id", "reader")]);
    assert_eq!(authenticate(&tenant, None, &named), Ok(("-".to_owned(), AuthMethod::None)));
    let with_secret = params(&[("client_id", "reader"), ("client_secret", "x")]);
    assert_eq!(code(authenticate(&tenant, None, &with_secret)), ErrorCode::InvalidClient);
}

#[test]
fn an_unknown_client_hears_the_words_of_a_wrong_secret() {
    let tenant = tenant();
    let error = |id| authenticate(&tenant, Some(&basic(id, "wrong")), &Params::default()).expect_err("refused");
    assert_eq!(error("nobody"), error("my-app"));
}

#[test]
fn every_live_secret_counts_and_an_expired_one_does_not() {
    let mut library = Library::default();
    library.website.secrets.push(secret("new", "another secret of thirty-two bytes"));
    library.website.secrets[0].expires_at = Some(NOW);
    let tenant = library.open();
    let none = Params::default();
    let new = authenticate(&tenant, Some(&basic("my-app", "another secret of thirty-two bytes")), &none);
    assert_eq!(new, Ok(("new".to_owned(), AuthMethod::ClientSecretBasic)));
    assert_eq!(code(authenticate(&tenant, Some(&basic("my-app", SECRET)), &none)), ErrorCode::InvalidClient);
}

#[test]
fn a_disabled_application_cannot_authenticate() {
    let tenant = Library::with_website(|w| w.disabled = true);
    let result = authenticate(&tenant, Some(&basic("my-app", SECRET)), &Params::default());
    assert_eq!(code(result), ErrorCode::InvalidClient);
}

#[test]
fn a_connection_authenticates_by_name_and_secret() {
    let tenant = tenant();
    let connection = |id: &str, secret: &str| {
        let header = basic(id, secret);
        let presented = client_auth::read(&[&header], &Params::default())?;
        client_auth::connection(&tenant, &presented, NOW).map(|c| c.secret_id.map(str::to_owned).expect("a secret"))
    };
    assert_eq!(connection("library-api", SECRET), Ok("secret-library-api".to_owned()));
    for (id, secret) in [("library-api", "wrong"), ("library-api", ""), ("nobody", SECRET), ("my-app", SECRET)] {
        assert_eq!(connection(id, secret).expect_err("refused").code, ErrorCode::InvalidClient, "{id}");
    }
}

#[test]
fn debug_hides_the_secret() {
    let body = params(&[("client_id", "my-app"), ("client_secret", "canary")]);
    let presented = client_auth::read(&[], &body).expect("reads");
    assert!(!format!("{presented:?}").contains("canary"));
}
