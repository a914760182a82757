//! HEAD where GET is, OPTIONS where scripts of others may read, 405 with `Allow` elsewhere.

use axum::body::Body;
use axum::extract::Request;
use axum::http::Method;

use crate::support::{Reply, TestApp};

async fn send(app: &TestApp, method: &str, path: &str) -> Reply {
    let request = Request::builder().method(Method::from_bytes(method.as_bytes()).expect("method")).uri(path);
    let request = request.header("origin", "https://elsewhere.example");
    app.send(request.body(Body::empty()).expect("request")).await
}

both!(head_is_get_without_a_body, |app| async move {
    for path in ["/healthz", "/s/system/login", "/s/system/.well-known/openid-configuration", "/s/system/jwks.json"] {
        let reply = send(&app, "HEAD", path).await.expect(200);
        assert_eq!(reply.body, "", "{path}");
        assert_eq!(reply.header("content-type"), app.get(path).await.header("content-type"), "{path}");
    }
});

both!(another_method_is_told_which_are_allowed, |app| async move {
    for (method, path, allowed) in [
        ("GET", "/s/system/connect/token", "POST"),
        ("GET", "/s/system/connect/introspect", "POST"),
        ("GET", "/s/system/connect/revocation", "POST"),
        ("PUT", "/s/system/connect/authorize", "GET"),
        ("DELETE", "/healthz", "GET"),
        ("POST", "/s/system/jwks.json", "GET"),
        ("OPTIONS", "/s/system/connect/introspect", "POST"),
        ("OPTIONS", "/s/system/connect/authorize", "GET"),
        ("OPTIONS", "/s/system/login", "GET"),
        ("OPTIONS", "/console", "GET"),
    ] {
        let reply = send(&app, method, path).await.expect(405);
        assert!(reply.header("allow").contains(allowed), "{method} {path}: {}", reply.header("allow"));
        assert_eq!(reply.header("access-control-allow-origin"), "", "{method} {path}");
    }
});

both!(public_documents_are_for_every_script, |app| async move {
    for path in [
        "/s/system/.well-known/openid-configuration",
        "/s/system/.well-known/oauth-authorization-server",
        "/s/system/.well-known/jwks.json",
        "/s/system/jwks.json",
    ] {
        assert_eq!(send(&app, "GET", path).await.expect(200).header("access-control-allow-origin"), "*", "{path}");
        let preflight = send(&app, "OPTIONS", path).await.expect(204);
        assert_eq!(preflight.header("access-control-allow-origin"), "*", "{path}");
    }
});

both!(other_endpoints_are_not, |app| async move {
    for path in ["/s/system/connect/token", "/s/system/connect/userinfo"] {
        let preflight = send(&app, "OPTIONS", path).await.expect(204);
        assert_eq!(preflight.header("access-control-allow-origin"), "", "{path}");
    }
    for path in ["/s/system/login", "/console", "/healthz", "/s/system/connect/authorize"] {
        assert_eq!(send(&app, "GET", path).await.header("access-control-allow-origin"), "", "{path}");
    }
});

both!(keys_and_metadata_may_be_kept_for_a_while, |app| async move {
    for path in ["/s/system/jwks.json", "/s/system/.well-known/openid-configuration"] {
        let first = app.get(path).await.expect(200);
        assert!(first.header("cache-control").contains("max-age="), "{path}");
        let again = Request::get(path).header("if-none-match", first.header("etag")).body(Body::empty());
        let again = app.send(again.expect("request")).await.expect(304);
        assert_eq!((again.body.as_str(), again.header("etag")), ("", first.header("etag")), "{path}");
        let other = Request::get(path).header("if-none-match", "\"other\"").body(Body::empty()).expect("request");
        app.send(other).await.expect(200);
    }
});

both!(keys_have_public_members_only, |app| async move {
    let keys = app.get("/s/system/jwks.json").await.expect(200).json();
    let keys = keys["keys"].as_array().expect("keys").clone();
    assert!(!keys.is_empty());
    for key in keys {
        for member in key.as_object().expect("a key").keys() {
            assert!(
                ["kty", "use", "alg", "kid", "n", "e", "crv", "x", "y", "key_ops"].contains(&member.as_str()),
                "{member}"
            );
        }
    }
});
