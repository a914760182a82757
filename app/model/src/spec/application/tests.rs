//! What an application may be, by examples.

use super::*;
use crate::problem::FieldErrors;

fn my_app() -> ApplicationSpec {
    ApplicationSpec {
        client_id: "my-app".into(),
        name: "Library website".into(),
        redirect_uris: vec!["https://library.example/callback".into()],
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        response_types: vec![ResponseType::Code, ResponseType::CodeIdToken],
        required_claims: vec![RequiredClaim::enforced("library_card")],
        backchannel_logout_uri: Some("https://library.example/logout".into()),
        backchannel_logout_session_required: true,
        frontchannel_logout_uri: Some("https://library.example/bye".into()),
        frontchannel_logout_session_required: true,
        jwks_uri: Some("https://library.example/jwks.json".into()),
        require_signed_request_object: true,
        request_uris: vec!["https://library.example/request.jwt".into()],
        ..ApplicationSpec::default()
    }
}

/// One that makes use of what most do without.
fn unusual() -> ApplicationSpec {
    ApplicationSpec {
        client_uri: Some("https://library.example/".into()),
        logo_uri: Some("https://library.example/logo.png".into()),
        policy_uri: Some("https://library.example/privacy".into()),
        tos_uri: Some("https://library.example/terms".into()),
        exchange_targets: vec!["library-api".into(), "museum-api".into()],
        impersonation_targets: vec!["museum-api".into()],
        may_act: Some("courier".into()),
        allowed_authorization_details_types: vec!["loan".into()],
        subject_type: SubjectType::Pairwise,
        sector_identifier_uri: Some("https://library.example/uris.json".into()),
        access_token_format: Some(AccessTokenFormat::Reference),
        tls_client_certificate_bound_access_tokens: true,
        id_token_encrypted_response_alg: Some(EncryptionAlg::EcdhEs),
        id_token_encrypted_response_enc: ContentEncryption::A256Gcm,
        userinfo_encrypted_response_alg: Some(EncryptionAlg::A256Kw),
        userinfo_encrypted_response_enc: ContentEncryption::A128Gcm,
        ..my_app()
    }
}

#[test]
fn a_form_survives_the_round_trip() {
    for spec in [my_app(), unusual()] {
        assert_eq!(ApplicationSpec::from_form(&spec.to_form()), Ok(spec));
    }
}

#[test]
fn a_bad_redirect_uri_is_named_with_its_reason() {
    let spec = ApplicationSpec { redirect_uris: vec!["http://library.example/callback".into()], ..my_app() };
    let errors = spec.validate().expect_err("refused");
    let problem = errors.of("redirect_uris").expect("at its field");
    assert_eq!(problem.code, "uri-http");
    assert_eq!(problem.args, vec![("value".to_owned(), "http://library.example/callback".to_owned())]);
}

#[test]
fn a_bad_logout_uri_is_named_with_its_reason() {
    for (uri, code) in [
        ("http://library.example/logout", "uri-http"),
        ("https://library.example/logout#x", "uri-fragment"),
        ("https://*.library.example/logout", "uri-wildcard"),
        ("com.example.app:/logout", "uri-scheme"),
    ] {
        let kind = ApplicationType::Native;
        let spec = ApplicationSpec { backchannel_logout_uri: Some(uri.into()), kind, ..my_app() };
        let errors = spec.validate().expect_err("refused");
        assert_eq!(errors.of("backchannel_logout_uri").map(|p| p.code.as_str()), Some(code), "{uri}");
    }
}

#[test]
fn a_frame_is_of_an_origin_to_which_people_are_sent_back() {
    use ApplicationType::{Native, SinglePage, Web};
    for (kind, uri, code) in [
        (Web, "https://library.example/logout?of=books", None),
        (SinglePage, "https://library.example/", None),
        (Native, "https://library.example/logout", Some("logout-uri-type")),
        (Web, "https://www.library.example/logout", Some("logout-uri-origin")),
        (Web, "https://library.example:8443/logout", Some("logout-uri-origin")),
        (Web, "http://localhost/logout", Some("logout-uri-origin")),
        (Web, "http://library.example/logout", Some("uri-http")),
    ] {
        let spec = ApplicationSpec { frontchannel_logout_uri: Some(uri.into()), kind, ..my_app() };
        let errors = spec.validate().err().unwrap_or_default();
        assert_eq!(errors.of("frontchannel_logout_uri").map(|p| p.code.as_str()), code, "{uri}");
    }
}

#[test]
fn keys_are_here_or_at_an_address() {
    let keyed = |jwks: Option<Value>, uri: Option<&str>| {
        let method = ClientAuthentication::PrivateKeyJwt;
        let jwks_uri = uri.map(str::to_owned);
        let spec = ApplicationSpec { token_endpoint_auth_method: method, jwks, jwks_uri, ..my_app() };
        let found = spec.validate().err().unwrap_or_default();
        ["jwks", "jwks_uri"].map(|field| found.of(field).map(|problem| problem.code.clone()))
    };
    let set = serde_json::json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": "x", "y": "y" }] });
    let good = "https://library.example/jwks.json";
    assert_eq!(keyed(None, Some(good)), [None, None]);
    assert_eq!(keyed(Some(set.clone()), None), [None, None]);
    assert_eq!(keyed(None, None), [Some("required".to_owned()), None]);
    assert_eq!(keyed(Some(set), Some(good)), [None, Some("jwks-twice".to_owned())]);
    assert_eq!(keyed(None, Some("http://library.example/jwks.json")), [None, Some("uri-http".to_owned())]);
}

#[test]
fn who_signs_requests_has_keys_and_few_addresses() {
    let with = |must: bool, uris: &[&str], has_keys: bool| {
        let request_uris = uris.iter().map(|uri| (*uri).to_owned()).collect();
        let jwks_uri = has_keys.then(|| "https://library.example/jwks.json".to_owned());
        let spec = ApplicationSpec { require_signed_request_object: must, request_uris, jwks_uri, ..my_app() };
        let found = spec.validate().err().unwrap_or_default();
        ["jwks", "request_uris"].map(|field| found.of(field).map(|problem| problem.code.clone()))
    };
    let good = "https://library.example/request.jwt";
    assert_eq!(with(true, &[good], true), [None, None]);
    assert_eq!(with(true, &[], false), [Some("required".to_owned()), None]);
    assert_eq!(with(false, &[good], false), [Some("required".to_owned()), None]);
    assert_eq!(with(false, &[good, good], true), [None, Some("repeated".to_owned())]);
    assert_eq!(with(false, &["https://library.example/r#x"], true), [None, Some("uri-fragment".to_owned())]);
    let many: Vec<String> = (0..11).map(|n| format!("{good}?{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(with(false, &many, true), [None, Some("request-uris-many".to_owned())]);
}

#[test]
fn grants_fit_the_type() {
    let spec = ApplicationSpec {
        kind: ApplicationType::SinglePage,
        grant_types: vec![GrantType::ClientCredentials],
        ..my_app()
    };
    assert_eq!(
        spec.validate().expect_err("refused").of("grant_types").map(|p| p.code.as_str()),
        Some("grant-needs-secret")
    );
}

#[test]
fn tokens_in_the_browser_are_signed_by_a_key_and_bound_to_none() {
    let with = |response_type, change: fn(&mut ApplicationSpec)| {
        let mut spec = ApplicationSpec { response_types: vec![response_type], ..my_app() };
        change(&mut spec);
        spec.validate().err().and_then(|errors| errors.of("response_types").map(|problem| problem.code.clone()))
    };
    let unbound = "response-type-unbound".to_owned();
    let secret = "response-type-secret".to_owned();
    assert_eq!(with(ResponseType::CodeToken, |_| ()), None);
    assert_eq!(with(ResponseType::CodeToken, |spec| spec.dpop_bound_access_tokens = true), Some(unbound));
    assert_eq!(with(ResponseType::IdToken, |spec| spec.dpop_bound_access_tokens = true), None);
    assert_eq!(with(ResponseType::IdToken, |spec| spec.signing_alg = SigningAlg::Hs256), Some(secret));
    assert_eq!(with(ResponseType::Code, |spec| spec.signing_alg = SigningAlg::Hs256), None);
    let nowhere = with(ResponseType::IdToken, |spec| {
        spec.grant_types = vec![GrantType::ClientCredentials];
        spec.redirect_uris.clear();
    });
    assert_eq!(nowhere, None, "said at the redirect URIs");
}

#[test]
fn the_order_of_a_response_type_does_not_matter() {
    assert_eq!(ResponseType::read("token code id_token"), Some(ResponseType::CodeIdTokenToken));
    assert_eq!(ResponseType::read("id_token code"), Some(ResponseType::CodeIdToken));
    for unknown in ["", "token", "code code", "code  id_token", "none", "CODE"] {
        assert_eq!(ResponseType::read(unknown), None, "{unknown}");
    }
}

#[test]
fn a_required_claim_is_a_name_or_a_stage() {
    let read: Vec<RequiredClaim> = serde_json::from_str(r#"["a", {"claim": "b", "stage": "off"}]"#).expect("reads");
    assert_eq!(read[0].stage, Stage::Enforced);
    assert_eq!(read[1].stage, Stage::Off);
    assert_eq!(serde_json::to_string(&read).expect("writes"), r#"["a",{"claim":"b","stage":"off"}]"#);
}

#[test]
fn derived_claims_cannot_be_required() {
    let spec = ApplicationSpec { required_claims: vec![RequiredClaim::enforced("email_verified")], ..my_app() };
    assert!(spec.validate().expect_err("refused").of("required_claims").is_some());
}

#[test]
fn a_certificate_has_one_name() {
    let by_certificate = |name: Option<CertificateName>, method| ApplicationSpec {
        token_endpoint_auth_method: method,
        tls_client_auth: name,
        jwks: None,
        jwks_uri: None,
        require_signed_request_object: false,
        request_uris: Vec::new(),
        ..my_app()
    };
    let of = |name, method| by_certificate(name, method).validate().err().unwrap_or_default();
    let host = |text: &str| Some(CertificateName::SanDns(text.to_owned()));
    let (by_authority, by_itself) = (ClientAuthentication::TlsClientAuth, ClientAuthentication::SelfSignedTls);
    assert_eq!(of(host("my-app.example"), by_authority), FieldErrors::default());
    assert!(of(None, by_authority).of("tls_client_auth").is_some());
    assert!(of(host(""), by_authority).of("tls_client_auth").is_some());
    assert!(of(Some(CertificateName::SanIp("my-app".into())), by_authority).of("tls_client_auth").is_some());
    assert!(of(None, by_itself).of("jwks").is_some());
    // In a file it is an object with one member, and no other.
    let read = |text: &str| serde_json::from_str::<CertificateName>(text).ok();
    assert_eq!(read(r#"{ "san_dns": "a" }"#), host("a"));
    assert_eq!(read(r#"{ "san_dns": "a", "san_ip": "192.0.2.1" }"#), None);
    // And a form holds its kind beside it.
    let spec = by_certificate(host("my-app.example"), by_authority);
    assert_eq!(ApplicationSpec::from_form(&spec.to_form()).map(|read| read.tls_client_auth), Ok(spec.tls_client_auth));
}
