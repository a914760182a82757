//! Cookie-authenticated POSTs come from our own origin (docs/security.md 48).

use app::routes;
use axum::body::Body;
use axum::extract::Request;

use crate::support::app::form;
use crate::support::{Setup, TestApp};

/// Every address of ours that takes a POST with a cookie.
fn addresses() -> Vec<String> {
    let fill = |path: &str| {
        let named = path.replace("{slug}", "mysub");
        named.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/")
    };
    let console = routes::console().into_iter().filter(|route| route.submit.is_some()).map(|route| fill(route.path));
    let pages = routes::end_user().into_iter().filter(|route| route.submit.is_some());
    let pages = pages.map(|route| format!("/s/system{}", fill(route.path)));
    console.chain(pages).chain(["/api/console/preview".to_owned()]).collect()
}

async fn status(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> u16 {
    let request = headers.iter().fold(form(path), |request, (name, value)| request.header(*name, *value));
    app.send(request.body(Body::from("a=b")).expect("request")).await.status.as_u16()
}

both!(a_form_of_another_site_is_refused_everywhere, |app| async move {
    let all = addresses();
    assert!(all.len() > 20, "{all:?}");
    for path in all {
        for headers in [
            &[][..],
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")][..],
            &[("origin", "http://localhost:8081"), ("sec-fetch-site", "same-site")][..],
            &[("sec-fetch-site", "cross-site")][..],
            // What the Host header says is nobody's proof.
            &[("origin", "http://evil.example"), ("x-forwarded-host", "evil.example")][..],
        ] {
            assert_eq!(status(&app, &path, headers).await, 403, "{path} {headers:?}");
        }
    }
});

both!(our_own_forms_pass, |app| async move {
    for path in addresses() {
        for headers in [&[("origin", "http://localhost:8080")][..], &[("sec-fetch-site", "same-origin")][..]] {
            assert_ne!(status(&app, &path, headers).await, 403, "{path} {headers:?}");
        }
    }
});

both!(protocol_endpoints_are_exempt, |app| async move {
    let from_elsewhere = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    for endpoint in
        ["token", "introspect", "revocation", "userinfo", "device_authorization", "backchannel_authentication"]
    {
        let path = format!("/s/system/connect/{endpoint}");
        assert!([400, 401].contains(&status(&app, &path, &from_elsewhere).await), "{path}");
    }
    assert_eq!(status(&app, "/s/system/connect/endsession", &from_elsewhere).await, 303);
    assert_eq!(status(&app, "/s/system/connect/authorize", &from_elsewhere).await, 400);
});

both!(each_host_is_an_origin_of_its_own, Setup::host_issuers(), |app| async move {
    let post = |origin: &'static str| {
        let request = Request::post("/login").header("host", "system.example.com").header("origin", origin);
        request.header("content-type", "application/x-www-form-urlencoded").body(Body::from("a=b")).expect("request")
    };
    assert_ne!(app.send(post("https://system.example.com")).await.status, 403);
    app.send(post("https://id.example.com")).await.expect(403);
    app.send(post("https://mysub.example.com")).await.expect(403);
});
