//! From an application's request to its tokens, through the pages, as a browser and a server see it.

use axum::body::Body;
use axum::extract::Request;
use serde_json::Value;

use crate::support::app::form;
use crate::support::{Browser, Reply, TestApp};

const VERIFIER: &str = "a-verifier-that-is-at-least-forty-three-characters-long";
const CALLBACK: &str = "http://localhost:3000/callback";
const APP: &str = "Basic bXktYXBwOmV4YW1wbGUtb25seS1teS1hcHAtc2VjcmV0LWNoYW5nZS1tZS1ub3c=";
const API: &str = "Basic bGlicmFyeS1hcGk6ZXhhbXBsZS1vbmx5LWxpYnJhcnktYXBpLXNlY3JldC1jaGFuZ2UtbWU=";
const SCOPE: &str = "openid library library-api-checked-books";

fn authorize(more: &[(&str, &str)]) -> String {
    let challenge = oidc::digest::sha256_base64url(VERIFIER.as_bytes());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([
        ("response_type", "code"),
        ("client_id", "my-app"),
        ("redirect_uri", CALLBACK),
        ("scope", SCOPE),
        ("state", "st&ate"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    format!("/s/mysub/connect/authorize?{}", query.extend_pairs(more).finish())
}

async fn sign_in(browser: &mut Browser) -> Reply {
    browser.open(&authorize(&[])).await.expect(200);
    let login = browser.here.clone();
    browser.submit(&login, &[("username", "john"), ("password", "example only, change me first")]).await.expect(303)
}

/// A parameter of the answer to the application.
fn answered(reply: &Reply, name: &str) -> String {
    let url = reply.header("location").strip_prefix(CALLBACK).expect("the callback").to_owned();
    let found = form_urlencoded::parse(url.trim_start_matches('?').as_bytes()).find(|(n, _)| n == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

async fn post(app: &TestApp, endpoint: &str, authorization: &str, fields: &[(&str, &str)]) -> Reply {
    let request = form(&format!("/s/mysub/connect/{endpoint}")).header("authorization", authorization);
    app.send(request.body(Body::from(crate::support::app::encode(fields))).expect("request")).await
}

async fn redeem(app: &TestApp, code: &str) -> Value {
    let grant =
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)];
    let reply = post(app, "token", APP, &grant).await.expect(200);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("content-type"), "application/json");
    reply.json()
}

fn text<'a>(answer: &'a Value, member: &str) -> &'a str {
    answer[member].as_str().unwrap_or_else(|| panic!("no {member} in {answer}"))
}

both!(an_application_gets_its_tokens, |app| async move {
    let app = app.with_library().await;
    let mut browser = app.browser();
    let reply = sign_in(&mut browser).await;
    assert_eq!(
        (answered(&reply, "state").as_str(), answered(&reply, "iss").as_str()),
        ("st&ate", "http://localhost:8080/s/mysub")
    );
    let tokens = redeem(&app, &answered(&reply, "code")).await;
    let access = text(&tokens, "access_token");

    let bearer = format!("Bearer {access}");
    let userinfo = Request::get("/s/mysub/connect/userinfo").header("authorization", &bearer);
    let userinfo = app.send(userinfo.body(Body::empty()).expect("request")).await.expect(200).json();
    assert_eq!(userinfo["library_card"], "LC-123456");
    assert_eq!(post(&app, "userinfo", &bearer, &[]).await.expect(200).json(), userinfo);
    let in_body = app.post("/s/mysub/connect/userinfo", &[("access_token", access)]).await.expect(200);
    assert_eq!(in_body.json(), userinfo);

    let known = post(&app, "introspect", API, &[("token", access)]).await.expect(200).json();
    assert_eq!((known["active"].as_bool(), text(&known, "scope")), (Some(true), "library-api-checked-books"));
    assert_eq!(post(&app, "revocation", APP, &[("token", access)]).await.expect(200).body, "");
    let known = post(&app, "introspect", API, &[("token", access)]).await.expect(200);
    assert_eq!(known.json(), serde_json::json!({ "active": false }));
});

both!(who_is_signed_in_is_not_asked_again, |app| async move {
    let app = app.with_library().await;
    let mut browser = app.browser();
    sign_in(&mut browser).await;
    let silent = browser.open(&authorize(&[("prompt", "none")])).await.expect(303);
    assert!(!answered(&silent, "code").is_empty());
    let mut stranger = app.browser();
    let silent = stranger.open(&authorize(&[("prompt", "none")])).await.expect(303);
    assert_eq!(answered(&silent, "error"), "login_required");
});

both!(a_posted_request_goes_on_by_get, |app| async move {
    let app = app.with_library().await;
    let mut browser = app.browser();
    sign_in(&mut browser).await;
    // From the application's page: another site, so without our cookies.
    let query = authorize(&[]);
    let body = query.split_once('?').expect("a query").1.to_owned();
    let request = form("/s/mysub/connect/authorize").header("origin", "http://localhost:3000");
    let stored = app.send(request.body(Body::from(body)).expect("request")).await.expect(303);
    assert!(stored.headers.get("set-cookie").is_none());
    let done = browser.open(stored.header("location")).await.expect(303);
    assert!(!answered(&done, "code").is_empty());
});

both!(a_form_post_answer_is_a_page_with_one_allowed_script, |app| async move {
    let app = app.with_library().await;
    let mut browser = app.browser();
    sign_in(&mut browser).await;
    let page = browser.open(&authorize(&[("response_mode", "form_post"), ("prompt", "none")])).await.expect(200);
    let policy = page.header("content-security-policy");
    let (_, rest) = page.body.split_once("<script>").expect("a script");
    let (script, _) = rest.split_once("</script>").expect("its end");
    let hash = oidc::digest::sha256_base64url(script.as_bytes()).replace('-', "+").replace('_', "/");
    assert!(policy.contains(&format!("script-src 'sha256-{hash}='")), "{policy}");
    assert!(policy.contains("form-action 'self' http:"), "{policy}");
    assert!(page.body.contains("value=\"st&amp;ate\"") && page.body.contains("<button"), "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
});

both!(a_bad_client_or_redirect_uri_is_a_page, |app| async move {
    let app = app.with_library().await;
    for (from, to) in
        [("my-app", "other-app"), ("callback", "callback2"), ("response_type=code", "response_type=code&client_id=x")]
    {
        let page = app.get(&authorize(&[]).replace(from, to)).await.expect(400);
        assert!(page.header("content-type").starts_with("text/html") && page.header("location").is_empty());
    }
});

both!(the_forms_policy_lets_the_answer_through, |app| async move {
    let app = app.with_library().await;
    let mut browser = app.browser();
    let login = browser.open(&authorize(&[])).await.expect(200);
    assert!(login.header("content-security-policy").contains("form-action 'self' http:"));
    assert!(!login.header("content-security-policy").contains("script-src"));
});

both!(ending_the_session_asks_without_a_hint_and_not_with_one, |app| async move {
    let app = app.with_library().await;
    let mut browser = app.browser();
    let reply = sign_in(&mut browser).await;
    let tokens = redeem(&app, &answered(&reply, "code")).await;
    let question = browser.open("/s/mysub/connect/endsession").await.expect(200);
    assert!(browser.cookies.contains_key("tessera-mysub") && question.body.contains("<form"));
    let hint = text(&tokens, "id_token");
    let to = "http://localhost:3000/";
    let query =
        crate::support::app::encode(&[("id_token_hint", hint), ("post_logout_redirect_uri", to), ("state", "x")]);
    let out = browser.open(&format!("/s/mysub/connect/endsession?{query}")).await.expect(303);
    assert_eq!(out.header("location"), "http://localhost:3000/?state=x");
    assert!(!browser.cookies.contains_key("tessera-mysub"));
});

both!(scripts_of_an_application_may_read_where_its_origin_is_registered, |app| async move {
    let app = app.with_library().await;
    let token = |origin: &'static str| {
        form("/s/mysub/connect/token").header("origin", origin).body(Body::empty()).expect("request")
    };
    let reply = app.send(token("https://elsewhere.example")).await;
    assert_eq!(reply.header("access-control-allow-origin"), "");
    assert_eq!(reply.header("vary"), "origin");
});

both!(credentials_in_the_address_are_refused, |app| async move {
    let app = app.with_library().await;
    for query in ["client_secret=x", "code=x", "refresh_token=x"] {
        let reply = app
            .post(&format!("/s/mysub/connect/token?{query}"), &[("grant_type", "authorization_code")])
            .await
            .expect(400);
        assert_eq!(reply.json()["error"], "invalid_request");
    }
    let reply = app.get("/s/mysub/connect/userinfo?access_token=x").await;
    assert!([400, 401].contains(&reply.status.as_u16()) && !reply.header("www-authenticate").is_empty());
    app.get("/s/mysub/connect/userinfo").await.expect(401);
});
