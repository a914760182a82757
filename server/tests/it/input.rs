//! Strange input never breaks anything (docs/security.md 75).

use axum::body::Body;
use axum::extract::Request;

use crate::support::app::form;

/// Not text, not ours, or made to confuse.
const STRANGE: [&str; 10] = [
    "%00",
    "%ff%fe",
    "%ED%A0%80",
    "%E2%80%AE%E2%81%A6",
    "e%CC%81",
    "%C3%A9",
    "%F0%9F%92%A9",
    "%0d%0aset-cookie:%20x=y",
    "..%2f..%2f",
    "%",
];

both!(in_addresses, |app| async move {
    for strange in STRANGE {
        for path in [
            format!("/console/{strange}"),
            format!("/console/mysub/applications/{strange}"),
            format!("/s/{strange}/login"),
            format!("/s/system/{strange}"),
            format!("/s/system/login?i={strange}"),
            format!("/s/system/connect/authorize?client_id={strange}"),
            format!("/s/system/connect/endsession?state={strange}"),
            format!("/console/sign-in?to={strange}"),
            format!("/console/callback?code={strange}&state={strange}"),
            format!("/pkg/{strange}"),
        ] {
            let Ok(request) = Request::get(&path).body(Body::empty()) else { continue };
            let reply = app.send(request).await;
            assert!(!reply.status.is_server_error(), "{path}: {}", reply.status);
            assert_eq!(reply.header("set-cookie").matches("x=y").count(), 0, "{path}");
        }
    }
});

both!(in_forms, |app| async move {
    for strange in STRANGE {
        let body = format!("username={strange}&password={strange}&token={strange}&grant_type={strange}&code={strange}");
        for path in [
            "/s/system/login",
            "/s/system/register",
            "/s/system/connect/token",
            "/s/system/connect/authorize",
            "/s/system/connect/userinfo",
            "/s/system/connect/introspect",
            "/s/system/connect/revocation",
            "/console/setup",
        ] {
            let request = form(path).header("origin", app.origin()).body(Body::from(body.clone())).expect("request");
            let reply = app.send(request).await;
            assert!(!reply.status.is_server_error(), "{path} {strange}: {}", reply.body);
        }
    }
});

both!(in_headers, |app| async move {
    for (name, value) in [
        ("cookie", "=;;;=; tessera-system=%00; tessera-console=x; tessera-notice=not-sealed"),
        ("authorization", ""),
        ("authorization", "Basic"),
        ("authorization", "Basic !!!"),
        ("authorization", "Bearer"),
        ("accept-language", ";;;q=,en;q=2;q=x"),
        ("if-none-match", "\"\", W/, *x"),
        ("accept-encoding", "br;q=x"),
    ] {
        for path in
            ["/console", "/s/system/login", "/s/system/jwks.json", "/s/system/connect/userinfo", "/pkg/tessera.css"]
        {
            let request = Request::get(path).header(name, value).body(Body::empty()).expect("request");
            assert!(!app.send(request).await.status.is_server_error(), "{path} {name}: {value}");
        }
        let request = form("/s/system/connect/token").header(name, value).body(Body::empty()).expect("request");
        assert!(!app.send(request).await.status.is_server_error(), "{name}: {value}");
    }
});
