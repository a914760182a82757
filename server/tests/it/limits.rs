//! Limits on what a request may bring (docs/security.md 74).

use axum::body::Body;
use axum::extract::Request;

use crate::support::app::form;
use crate::support::{Reply, Setup, TestApp};

const LOGIN: &str = "/s/system/login";
const TOKEN: &str = "/s/system/connect/token";

both!(a_body_beyond_the_limit_is_refused, |app| async move {
    let big = format!("username={}", "a".repeat(300_000));
    for path in [LOGIN, TOKEN, "/console/new", "/api/console/preview"] {
        let request = form(path).header("origin", app.origin()).header("content-length", big.len());
        let reply = app.send(request.body(Body::from(big.clone())).expect("request")).await.expect(413);
        assert_eq!(reply.body, "What was sent is larger than this server accepts.\n", "{path}");
    }
    // A person gets a page.
    let request = form(LOGIN).header("origin", app.origin()).header("content-length", big.len());
    let request = request.header("accept", "text/html").body(Body::from(big)).expect("request");
    assert!(app.send(request).await.expect(413).body.contains("That is too much at once"));
});

both!(a_body_without_a_length_is_counted, |app| async move {
    let chunks = (0..64).map(|_| Ok::<_, std::io::Error>("a".repeat(8_192)));
    let body = Body::from_stream(ready(chunks.collect()));
    let request = form(LOGIN).header("origin", app.origin()).body(body).expect("request");
    app.send(request).await.expect(413);
    let chunks = (0..64).map(|_| Ok::<_, std::io::Error>("a".repeat(8_192)));
    let body = Body::from_stream(ready(chunks.collect()));
    let reply = app.send(form(TOKEN).body(body).expect("request")).await.expect(400);
    assert_eq!(reply.json()["error"], "invalid_request");
});

/// A stream of what is already there.
fn ready<T: Send + 'static>(items: Vec<T>) -> impl futures_core::Stream<Item = T> + Send + 'static {
    struct Items<T>(std::vec::IntoIter<T>);
    impl<T> Unpin for Items<T> {}
    impl<T> futures_core::Stream for Items<T> {
        type Item = T;
        fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<T>> {
            std::task::Poll::Ready(self.0.next())
        }
    }
    Items(items.into_iter())
}

both!(a_long_address_is_refused, |app| async move {
    let long = format!("{LOGIN}?x={}", "a".repeat(20_000));
    app.get(&long).await.expect(414);
});

both!(too_many_fields_are_refused, |app| async move {
    let many = "a=1&".repeat(3_000);
    let request = form(LOGIN).header("origin", app.origin()).body(Body::from(many.clone())).expect("request");
    app.send(request).await.expect(400);
    let reply = app.send(form(TOKEN).body(Body::from(many)).expect("request")).await.expect(400);
    assert_eq!(reply.json()["error"], "invalid_request");
});

both!(a_body_that_is_no_form_is_refused, |app| async move {
    let json = |path: &str| {
        let request = Request::post(path).header("content-type", "application/json").header("origin", app.origin());
        request.body(Body::from("{}")).expect("request")
    };
    app.send(json(LOGIN)).await.expect(415);
    assert_eq!(app.send(json(TOKEN)).await.expect(400).json()["error"], "invalid_request");
});

fn one_a_second() -> Setup {
    Setup::default().with(|given| given.token_requests_per_second = Some("1".into()))
}

/// The first refusal for too many requests; a slow machine earns a few more meanwhile.
async fn exhaust(app: &TestApp, forwarded: &str) -> Option<Reply> {
    for _ in 0..50 {
        let reply = app.send(post_from(forwarded)).await;
        if reply.status == 429 {
            return Some(reply);
        }
    }
    None
}

fn post_from(forwarded: &str) -> Request {
    form(TOKEN).header("x-forwarded-for", forwarded).body(Body::empty()).expect("request")
}

both!(token_endpoints_are_limited_by_address, one_a_second(), |app| async move {
    let refused = exhaust(&app, "198.51.100.7").await.expect("a limit");
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 1));
    assert_eq!(refused.json()["error"], "temporarily_unavailable");
});

// RFC 7009 section 5: countermeasures in place for the token endpoint "MUST be applied to the revocation endpoint".
both!(revocation_and_introspection_are_limited_too, one_a_second(), |app| async move {
    for path in ["/s/system/connect/revocation", "/s/system/connect/introspect"] {
        let mut refused = 0;
        for _ in 0..50 {
            refused += usize::from(app.post(path, &[("token", "x")]).await.status == 429);
        }
        assert!(refused > 0, "{path}");
    }
});

both!(the_header_of_a_stranger_makes_no_other_address, one_a_second(), |app| async move {
    let mut refused = 0;
    for n in 0..50 {
        refused += usize::from(app.send(post_from(&format!("198.51.100.{n}"))).await.status == 429);
    }
    assert!(refused > 0);
});

fn behind_a_proxy() -> Setup {
    one_a_second().with(|given| given.trusted_proxies = Some("127.0.0.0/8".into()))
}

both!(a_trusted_proxy_tells_the_address, behind_a_proxy(), |app| async move {
    assert!(exhaust(&app, "198.51.100.7").await.is_some());
    assert_ne!(app.send(post_from("198.51.100.8")).await.status, 429);
    // What the client itself wrote stands further left, and is not believed.
    assert!(exhaust(&app, "203.0.113.9, 198.51.100.7").await.is_some());
    assert_ne!(app.send(post_from("203.0.113.9")).await.status, 429);
});

fn five_pages_a_second() -> Setup {
    Setup::default().with(|given| given.page_requests_per_second = Some("5".into()))
}

both!(pages_of_end_users_are_limited_by_address, five_pages_a_second(), |app| async move {
    let authorize = "/s/system/connect/authorize?client_id=nobody";
    let mut heard = Vec::new();
    for _ in 0..30 {
        heard.push(app.get(authorize).await.status.as_u16());
    }
    assert_eq!(heard[..5], [400; 5]);
    assert!(heard.contains(&429), "{heard:?}");
    let refused = app.get(LOGIN).await.expect(429);
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 1));
    assert!(refused.header("content-type").starts_with("text/html"));
    // Keys and metadata, which applications fetch, are not pages.
    app.get("/s/system/.well-known/openid-configuration").await.expect(200);
});
