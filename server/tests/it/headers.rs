//! Every response carries the headers that protect it (docs/security.md 9, 10, 25).

use axum::body::Body;
use axum::extract::Request;

use crate::support::{Setup, TestApp};

/// Pages, documents, files, errors of every layer.
const PATHS: [&str; 16] = [
    "/healthz",
    "/readyz",
    "/console",
    "/console/setup",
    "/console/mysub/applications",
    "/console/sign-in",
    "/nothing/here",
    "/pkg/absent.css",
    "/s/system/.well-known/openid-configuration",
    "/s/system/jwks.json",
    "/s/system/login",
    "/s/system/connect/authorize",
    "/s/system/connect/token",
    "/s/system/connect/userinfo",
    "/s/absent/login",
    "/s/absent/connect/authorize",
];

fn assert_protected(path: &str, reply: &crate::support::Reply) {
    assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
    assert!(!reply.header("permissions-policy").is_empty(), "{path}");
    assert!(!reply.header("cross-origin-opener-policy").is_empty(), "{path}");
    assert!(reply.header("x-request-id").len() >= 16, "{path}");
    let kept = path.contains("well-known") || path.contains("jwks") || path.starts_with("/pkg");
    assert!(kept || reply.header("cache-control").contains("no-store"), "{path}");
    assert!(reply.status.as_u16() != 500, "{path}");
}

both!(every_route_answers_with_them, |app| async move {
    for path in PATHS {
        let reply = app.get(path).await;
        assert_protected(path, &reply);
        assert_eq!(reply.header("strict-transport-security"), "", "{path}");
    }
});

both!(so_do_posts_and_other_hosts, |app| async move {
    for path in PATHS {
        assert_protected(path, &app.post(path, &[("a", "b")]).await);
        let elsewhere = Request::get(path).header("host", "evil.example").body(Body::empty()).expect("request");
        assert_protected(path, &app.send(elsewhere).await);
    }
});

both!(https_is_remembered_where_it_is_served, Setup::https(), |app| async move {
    for path in PATHS {
        assert!(app.get(path).await.header("strict-transport-security").starts_with("max-age="), "{path}");
    }
});

both!(request_ids_differ, |app| async move {
    let (one, two) = (app.get("/healthz").await, app.get("/healthz").await);
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
});

both!(only_pages_with_islands_allow_scripts, |app| async move {
    let policy = page_policy(&app, "/s/system/login").await;
    assert!(!policy.contains("script-src"), "{policy}");
    let policy = page_policy(&app, "/nothing/here").await;
    assert!(!policy.contains("unsafe-inline") && !policy.contains('*'), "{policy}");
});

async fn page_policy(app: &TestApp, path: &str) -> String {
    let reply = app.get(path).await;
    assert!(reply.header("content-type").starts_with("text/html"), "{path}");
    assert!(reply.body.starts_with("<!DOCTYPE html>"), "{}", reply.body);
    reply.header("content-security-policy").to_owned()
}

both!(the_start_leads_somewhere, |app| async move {
    assert_eq!(app.get("/").await.expect(303).header("location"), "/console");
    assert_eq!(app.get("/s/system").await.expect(303).header("location"), "/s/system/account");
    assert_eq!(app.get("/s/system/").await.expect(303).header("location"), "/s/system/account");
});

both!(a_sign_in_window_keeps_its_opener, |app| async move {
    assert_eq!(app.get("/s/system/login").await.header("cross-origin-opener-policy"), "unsafe-none");
    assert_eq!(app.get("/console/setup").await.header("cross-origin-opener-policy"), "same-origin");
});
