//! The authorization request: RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.

use model::spec::ResponseType;
use oidc::authorize::{self, AuthorizationRequest, DropReason, PageError, Refusal, ResponseMode};
use oidc::respond::AuthorizationResponse;
use oidc::{ErrorCode, Params};

use crate::fixture::{ISSUER, Library, REDIRECT, authorize_params, redirected, redirection, request, strings, tenant};

fn page(changes: &[(&str, &str)]) -> PageError {
    page_of(&tenant(), &authorize_params(changes))
}

fn page_of(tenant: &oidc::Tenant, params: &Params) -> PageError {
    match authorize::validate(tenant, params) {
        Err(Refusal::Page(page)) => page,
        other => panic!("not a page: {other:?}"),
    }
}

#[test]
fn a_good_request_keeps_what_matters() {
    let request = request(&tenant(), &[("login_hint", "john"), ("ui_locales", "de en"), ("unknown", "x")]);
    assert_eq!(request.client_id, "my-app");
    assert_eq!(redirection(&request).redirect_uri.as_str(), REDIRECT);
    assert_eq!(redirection(&request).state.as_deref(), Some("xyz"));
    assert_eq!(request.nonce.as_deref(), Some("n-1"));
    assert_eq!(request.login_hint.as_deref(), Some("john"));
    assert_eq!(request.ui_locales, strings(&["de", "en"]));
}

#[test]
fn an_unknown_client_never_redirects() {
    assert_eq!(page(&[("client_id", "other")]), PageError::UnknownClient { client_id: "other".to_owned() });
    assert!(matches!(page(&[("client_id", "")]), PageError::Malformed(_)));
}

#[test]
fn an_unregistered_redirect_uri_never_redirects() {
    for bad in [
        "https://library.example/callback/",
        "https://library.example/callback?x=1",
        "https://LIBRARY.example/callback",
        "https://library.example:443/callback",
        "http://library.example/callback",
        "https://library.example@evil.example/callback",
        "javascript:alert(1)",
        "//library.example/callback",
    ] {
        assert_eq!(page(&[("redirect_uri", bad)]), PageError::UnregisteredRedirectUri { received: bad.to_owned() });
    }
}

#[test]
fn client_and_redirect_uri_may_not_repeat() {
    for name in ["client_id", "redirect_uri"] {
        let text = format!("{}&{name}=https%3A%2F%2Fevil.example%2F", authorize_params(&[]).to_urlencoded());
        let params = Params::from_urlencoded(text.as_bytes()).expect("reads");
        assert!(matches!(page_of(&tenant(), &params), PageError::Malformed(_)), "{name}");
    }
}

#[test]
fn a_disabled_application_or_subscription_never_redirects() {
    let disabled = Library::with_website(|w| w.disabled = true);
    assert_eq!(page_of(&disabled, &authorize_params(&[])), PageError::DisabledApplication);
    let mut library = Library::default();
    library.settings.disabled_at = Some(1);
    assert_eq!(page_of(&library.open(), &authorize_params(&[])), PageError::DisabledSubscription);
}

#[test]
fn openid_needs_the_redirect_uri() {
    assert_eq!(page(&[("redirect_uri", "")]), PageError::MissingRedirectUri);
}

#[test]
fn plain_oauth_may_leave_out_the_only_redirect_uri() {
    let tenant = tenant();
    let request = request(&tenant, &[("redirect_uri", ""), ("scope", "rooms-api")]);
    assert_eq!(redirection(&request).redirect_uri.as_str(), REDIRECT);
    assert!(!redirection(&request).redirect_uri_given);
    let two = authorize_params(&[("client_id", "reader"), ("redirect_uri", ""), ("scope", "rooms-api")]);
    assert_eq!(page_of(&tenant, &two), PageError::MissingRedirectUri);
}

#[test]
fn a_loopback_port_may_differ() {
    let tenant = Library::with_website(|w| w.redirect_uris = strings(&["http://127.0.0.1/cb"]));
    let request = request(&tenant, &[("redirect_uri", "http://127.0.0.1:51004/cb")]);
    assert_eq!(redirection(&request).redirect_uri.as_str(), "http://127.0.0.1:51004/cb");
}

#[test]
fn other_repeated_parameters_are_told_to_the_application_without_a_guessed_state() {
    let mut text = authorize_params(&[]).to_urlencoded();
    text.push_str("&state=other");
    let params = Params::from_urlencoded(text.as_bytes()).expect("reads");
    let Err(Refusal::Redirect { to, error }) = authorize::validate(&tenant(), &params) else { panic!() };
    assert_eq!(to.state, None);
    assert_eq!(error.code, ErrorCode::InvalidRequest);
}

#[test]
fn only_the_code_flow_is_there_for_everybody() {
    let tenant = tenant();
    assert_eq!(redirected(&tenant, &[("response_type", "")]).code, ErrorCode::InvalidRequest);
    for unknown in ["token", "none", "Code", "code code"] {
        assert_eq!(redirected(&tenant, &[("response_type", unknown)]).code, ErrorCode::UnsupportedResponseType);
    }
    for off in ["id_token", "code id_token", "token code"] {
        assert_eq!(redirected(&tenant, &[("response_type", off)]).code, ErrorCode::UnauthorizedClient, "{off}");
    }
    let no_code = Library::with_website(|w| w.grant_types = vec![model::spec::GrantType::ClientCredentials]);
    assert_eq!(redirected(&no_code, &[]).code, ErrorCode::UnauthorizedClient);
}

#[test]
fn a_response_mode_is_one_that_suits_what_is_answered() {
    let tenant = Library::with_website(|w| w.response_types = ResponseType::ALL.to_vec());
    let mode = |kind, mode| {
        let params = authorize_params(&[("response_type", kind), ("response_mode", mode)]);
        match authorize::validate(&tenant, &params) {
            Ok(request) => Ok(redirection(&request).response_mode),
            Err(refusal) => Err((refusal.error().code, refusal.respond(ISSUER).expect("told").response_mode)),
        }
    };
    for (name, code, front) in [
        ("", Some(ResponseMode::Query), Some(ResponseMode::Fragment)),
        ("query", Some(ResponseMode::Query), None),
        ("fragment", Some(ResponseMode::Fragment), Some(ResponseMode::Fragment)),
        ("form_post", Some(ResponseMode::FormPost), Some(ResponseMode::FormPost)),
        ("jwt", Some(ResponseMode::QueryJwt), Some(ResponseMode::FragmentJwt)),
        ("query.jwt", Some(ResponseMode::QueryJwt), None),
        ("fragment.jwt", Some(ResponseMode::FragmentJwt), Some(ResponseMode::FragmentJwt)),
        ("form_post.jwt", Some(ResponseMode::FormPostJwt), Some(ResponseMode::FormPostJwt)),
        ("web_message", None, None),
    ] {
        let refused = |usual| Err((ErrorCode::InvalidRequest, usual));
        assert_eq!(mode("code", name), code.ok_or(()).or_else(|()| refused(ResponseMode::Query)), "{name}");
        for kind in ["id_token", "id_token token", "code token", "code id_token", "token id_token code"] {
            let front = front.ok_or(()).or_else(|()| refused(ResponseMode::Fragment));
            assert_eq!(mode(kind, name), front, "{kind}: {name}");
        }
    }
}

#[test]
fn an_identity_token_in_the_answer_needs_openid_and_a_nonce() {
    let tenant = Library::with_website(|w| w.response_types = ResponseType::ALL.to_vec());
    for kind in ["id_token", "code id_token", "id_token token", "code id_token token"] {
        let with = |name, value| redirected(&tenant, &[("response_type", kind), (name, value)]).code;
        assert_eq!(with("nonce", ""), ErrorCode::InvalidRequest, "{kind}");
        assert_eq!(with("scope", "profile"), ErrorCode::InvalidScope, "{kind}");
    }
    // OpenID Connect Core section 3.1.2.1: "OPTIONAL".
    for kind in ["code", "code token"] {
        assert_eq!(request(&tenant, &[("response_type", kind), ("nonce", "")]).nonce, None, "{kind}");
    }
}

#[test]
fn a_verifier_is_for_a_code() {
    let public = |w: &mut model::spec::ApplicationSpec| {
        w.kind = model::spec::ApplicationType::SinglePage;
        w.response_types = ResponseType::ALL.to_vec();
    };
    let tenant = Library::with_website(public);
    let without = |kind| [("response_type", kind), ("code_challenge", ""), ("code_challenge_method", "")];
    for kind in ["id_token", "id_token token"] {
        assert_eq!(request(&tenant, &without(kind)).code_challenge, None, "{kind}");
    }
    for kind in ["code", "code id_token", "code token", "code id_token token"] {
        assert_eq!(redirected(&tenant, &without(kind)).code, ErrorCode::InvalidRequest, "{kind}");
    }
}

#[test]
fn an_error_travels_by_the_response_mode() {
    let params = authorize_params(&[("response_mode", "form_post"), ("response_type", "token")]);
    let Err(refusal) = authorize::validate(&tenant(), &params) else { panic!() };
    let response = refusal.respond(ISSUER).expect("told to the application");
    assert_eq!(response.response_mode, ResponseMode::FormPost);
}

#[test]
fn a_private_scheme_takes_no_form_post() {
    let tenant = Library::with_website(|w| {
        w.kind = model::spec::ApplicationType::Native;
        w.redirect_uris = strings(&["com.example.app:/cb"]);
    });
    let changes = [("redirect_uri", "com.example.app:/cb"), ("response_mode", "form_post")];
    assert_eq!(redirected(&tenant, &changes).code, ErrorCode::InvalidRequest);
}

#[test]
fn unknown_and_disallowed_scopes_are_dropped_and_recorded() {
    let request = request(&tenant(), &[("scope", "openid nonsense address  openid rooms-api")]);
    assert_eq!(request.scopes, strings(&["openid", "rooms-api"]));
    let dropped: Vec<_> = request.dropped.iter().map(|d| (d.scope.as_str(), d.reason)).collect();
    assert_eq!(dropped, [("nonsense", DropReason::Unknown), ("address", DropReason::NotAllowed)]);
}

#[test]
fn a_request_of_which_no_scope_remains_is_refused() {
    let tenant = tenant();
    for scope in ["", "nonsense", "address", "two\"words"] {
        assert_eq!(redirected(&tenant, &[("scope", scope)]).code, ErrorCode::InvalidScope, "{scope}");
    }
    let flood = (0..200).map(|i| format!("s{i}")).collect::<Vec<_>>().join(" ");
    assert_eq!(redirected(&tenant, &[("scope", &flood)]).code, ErrorCode::InvalidScope);
}

#[test]
fn offline_access_goes_with_the_refresh_grant() {
    let with = request(&tenant(), &[("scope", "openid offline_access")]);
    assert_eq!(with.scopes, strings(&["openid", "offline_access"]));
    let tenant = Library::with_website(|w| w.grant_types = vec![model::spec::GrantType::AuthorizationCode]);
    let without = request(&tenant, &[("scope", "openid offline_access")]);
    assert_eq!(without.scopes, strings(&["openid"]));
    assert_eq!(without.dropped[0].reason, DropReason::NotAllowed);
}

#[test]
fn a_request_survives_its_storage() {
    let tenant = tenant();
    let changes = [
        ("response_mode", "form_post"),
        ("prompt", "login consent"),
        ("max_age", "10"),
        ("claims", r#"{"userinfo":{"name":{"essential":true}},"id_token":{"sub":{"value":"x"},"email":null}}"#),
        ("id_token_hint", "a.b.c"),
        ("scope", "openid nonsense"),
    ];
    let request = request(&tenant, &changes);
    assert_eq!(AuthorizationRequest::from_stored(&request.to_stored()).expect("reads"), request);
}

#[test]
fn the_code_goes_into_the_query_beside_what_is_there() {
    let tenant = Library::with_website(|w| {
        w.redirect_uris = strings(&["https://a.example/cb?x=1", "https://a.example/cb?"]);
    });
    let location = |uri: &str| {
        let request = request(&tenant, &[("redirect_uri", uri), ("state", "a b&c=ä")]);
        AuthorizationResponse::success(ISSUER, redirection(&request), vec![("code", "the code".into())]).location()
    };
    let tail = "code=the+code&state=a+b%26c%3D%C3%A4&iss=https%3A%2F%2Fid.example%2Fs%2Flibrary";
    assert_eq!(location("https://a.example/cb?x=1"), format!("https://a.example/cb?x=1&{tail}"));
    assert_eq!(location("https://a.example/cb?"), format!("https://a.example/cb?{tail}"));
}

#[test]
fn form_post_gives_action_and_fields() {
    let request = request(&tenant(), &[("response_mode", "form_post")]);
    let response = AuthorizationResponse::success(ISSUER, redirection(&request), vec![("code", "c".into())]);
    let (action, fields) = response.form();
    assert_eq!(action, REDIRECT);
    let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(fields, [("code", "c"), ("state", "xyz"), ("iss", ISSUER)]);
}

#[test]
fn form_action_gets_the_scheme() {
    let tenant = Library::with_website(|w| {
        w.kind = model::spec::ApplicationType::Native;
        w.redirect_uris = strings(&["com.example.app:/cb", "http://127.0.0.1:8080/cb?x"]);
    });
    let source = |uri| redirection(&request(&tenant, &[("redirect_uri", uri)])).redirect_uri.csp_source();
    assert_eq!(source("com.example.app:/cb"), "com.example.app:");
    // A callback may lead on to another host, and Chromium looks at the whole chain.
    assert_eq!(source("http://127.0.0.1:9090/cb?x"), "http:");
}
