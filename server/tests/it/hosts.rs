//! The issuer comes from settings, never from a header (docs/security.md 73).

use axum::body::Body;
use axum::extract::Request;

use model::spec::SubscriptionSpec;
use service::Actor;
use service::console::subscriptions;

use crate::support::{Reply, Setup, TestApp};

async fn on(app: &TestApp, host: &str, path: &str) -> Reply {
    app.send(Request::get(path).header("host", host).body(Body::empty()).expect("request")).await
}

both!(an_unknown_host_is_misdirected, |app| async move {
    for path in ["/console", "/s/system/login", "/s/system/.well-known/openid-configuration", "/pkg/tessera.css"] {
        for host in ["evil.example", "localhost", "localhost:8081", "127.0.0.1:8080", "localhost:8080.evil.example"] {
            on(&app, host, path).await.expect(421);
        }
    }
});

both!(a_person_on_another_host_is_told_the_right_one, |app| async move {
    let request =
        Request::get("/console?x=evil").header("host", "evil.example").header("accept", "text/html,*/*;q=0.8");
    let reply = app.send(request.body(Body::empty()).expect("request")).await.expect(421);
    assert!(reply.body.contains("href=\"http://localhost:8080/console\""), "{}", reply.body);
    assert!(!reply.body.contains("evil"), "{}", reply.body);
    assert!(reply.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(reply.header("cache-control"), "no-store");
    // What is no page stays a line of text.
    let reply = on(&app, "evil.example", "/console").await.expect(421);
    assert_eq!(reply.body, "This server does not answer for this host.\n");
});

both!(operations_answer_on_any_host, |app| async move {
    on(&app, "10.0.0.7:8080", "/healthz").await.expect(200);
    on(&app, "10.0.0.7:8080", "/readyz").await.expect(200);
});

both!(forwarded_headers_change_nothing, |app| async move {
    let path = "/s/system/.well-known/openid-configuration";
    let request = Request::get(path)
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-proto", "https")
        .header("forwarded", "host=evil.example;proto=https")
        .body(Body::empty())
        .expect("request");
    let reply = app.send(request).await.expect(200);
    assert_eq!(reply.json()["issuer"], "http://localhost:8080/s/system");
    assert!(!reply.body.contains("evil"));
});

both!(two_hosts_or_an_odd_one_are_refused, |app| async move {
    let request = Request::get("/console").header("host", "localhost:8080").header("host", "evil.example");
    app.send(request.body(Body::empty()).expect("request")).await.expect(400);
    on(&app, "user@localhost:8080", "/console").await.expect(400);
});

both!(metadata_is_at_the_root_of_the_host_too, |app| async move {
    for path in ["/.well-known/openid-configuration/s/system", "/s/system/.well-known/openid-configuration"] {
        assert_eq!(app.get(path).await.expect(200).json()["issuer"], "http://localhost:8080/s/system");
    }
    for path in ["/.well-known/oauth-authorization-server/s/system", "/s/system/.well-known/oauth-authorization-server"]
    {
        assert_eq!(app.get(path).await.expect(200).json()["issuer"], "http://localhost:8080/s/system");
    }
    app.get("/.well-known/openid-configuration").await.expect(404);
    app.get("/.well-known/openid-configuration/s/absent").await.expect(404);
});

both!(a_subscription_on_a_host_of_its_own, Setup::host_issuers(), |app| async move {
    let reply = on(&app, "system.example.com", "/.well-known/openid-configuration").await.expect(200);
    assert_eq!(reply.json()["issuer"], "https://system.example.com");
    on(&app, "system.example.com", "/login").await.expect(200);
    on(&app, "system.example.com", "/console").await.expect(404);
    on(&app, "absent.example.com", "/login").await.expect(404);
    on(&app, "id.example.com", "/console").await.expect(303);
    on(&app, "a.b.example.com", "/login").await.expect(421);
});

both!(the_console_keeps_its_own_host, Setup::host_issuers(), |app| async move {
    let at = |slug: &str| SubscriptionSpec { slug: slug.to_owned(), name: "Library".to_owned(), ..Default::default() };
    let refused = subscriptions::create(&app.ctx, &Actor::Cli, at("id")).await;
    assert!(matches!(refused, Err(service::Error::Invalid(errors)) if errors.of("slug").is_some()));
    subscriptions::create(&app.ctx, &Actor::Cli, at("ids")).await.expect("another host");
});
