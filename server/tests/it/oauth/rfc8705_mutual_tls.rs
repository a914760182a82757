//! Certificates of applications (RFC 8705), as a proxy of ours tells them (RFC 9440): who an application is, and whose its
//! tokens are. That the server's own TLS tells the same is in `crate::tls`.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};
use server::config::given::Written;
use server::http::arrival::Peer;

use super::ask::{Ask, VERIFIER};
use super::forge::encode as base64url;
use super::library::{CALLBACK, SECRET};
use super::rfc7591_registration::{register, rules};
use super::world::{Tokens, World, assert_error, payload};
use crate::support::app::{encode, form};
use crate::support::authority::{Authority, Issued};
use crate::support::{Reply, Setup, TestApp};

/// A server behind a proxy on this machine, which ends TLS.
fn proxied() -> Setup {
    Setup::default().with(|given| {
        given.trusted_proxies = Some(Written::from("127.0.0.1"));
        given.tls_client_ca = Some(Written(Authority::here().file().display().to_string()));
        given.tls_client_cert_header = Some(Written::from("Client-Cert"));
    })
}

const ITSELF: [(&str, &str); 2] = [("client_id", "my-app"), ("grant_type", "client_credentials")];

async fn post_from(world: &World, peer: [u8; 4], headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Reply {
    let request = form(&world.path("/connect/token"));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let mut request = request.body(Body::from(encode(fields))).expect("a request");
    request.extensions_mut().insert(Peer(SocketAddr::new(IpAddr::from(peer), 4_711)));
    world.app.send(request).await
}

async fn post(world: &World, certificate: Option<&Issued>, fields: &[(&str, &str)]) -> Reply {
    let told = certificate.map(Issued::forwarded).unwrap_or_default();
    let headers = [("client-cert", told.as_str())];
    post_from(world, [127, 0, 0, 1], &headers[..usize::from(certificate.is_some())], fields).await
}

async fn by_authority(app: &TestApp, name: Value) -> World {
    let how = json!({ "token_endpoint_auth_method": "tls_client_auth", "tls_client_auth": name });
    let mut world = World::open(app).await;
    // The secret that is there from before is what must not count.
    world.change(|library| library.application("my-app", &how).without_secret("my-app")).await;
    world
}

both!(a_certificate_of_an_authority_takes_the_place_of_a_secret, proxied(), |app| async move {
    let issued = Authority::here().issue("my-app", &["my-app.library.example", "192.0.2.7"]);
    for name in [
        json!({ "subject_dn": "CN=my-app,O=Library\\, the" }),
        json!({ "san_dns": "my-app.library.example" }),
        json!({ "san_ip": "192.0.2.7" }),
    ] {
        let world = by_authority(&app, name).await;
        Tokens::of(post(&world, Some(&issued), &ITSELF).await).access();
        // No other, nor none, nor a secret beside or instead of it.
        let other = Authority::here().issue("museum", &["museum.example"]);
        let nobodys = Issued::by_itself("my-app", &["my-app.library.example", "192.0.2.7"]);
        for wrong in [Some(&other), Some(&nobodys), None] {
            assert_error(&post(&world, wrong, &ITSELF).await, 401, "invalid_client");
        }
        let with_secret = [&ITSELF[..], &[("client_secret", SECRET)]].concat();
        for certificate in [Some(&issued), None] {
            assert_error(&post(&world, certificate, &with_secret).await, 401, "invalid_client");
        }
    }
});

both!(a_registered_certificate_takes_the_place_of_a_secret, proxied(), |app| async move {
    let own = Issued::by_itself("my-app", &[]);
    let (x, y) = own.public[1..].split_at(32);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": base64url(x), "y": base64url(y), "x5c": [own.base64()] });
    let how = json!({ "token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks": { "keys": [jwk] } });
    let mut world = World::open(&app).await;
    world.change(|library| library.application("my-app", &how).without_secret("my-app")).await;
    Tokens::of(post(&world, Some(&own), &ITSELF).await).access();
    // Of the same name, also by an authority: it is another one.
    for wrong in [Issued::by_itself("my-app", &[]), Authority::here().issue("my-app", &[])] {
        assert_error(&post(&world, Some(&wrong), &ITSELF).await, 401, "invalid_client");
    }
    assert_error(&post(&world, None, &ITSELF).await, 401, "invalid_client");
});

both!(nobody_but_a_proxy_of_ours_tells_of_certificates, proxied(), |app| async move {
    let world = by_authority(&app, json!({ "san_dns": "my-app.example" })).await;
    let issued = Authority::here().issue("my-app", &["my-app.example"]);
    let told = issued.forwarded();
    let headers = [("client-cert", told.as_str())];
    post_from(&world, [127, 0, 0, 1], &headers, &ITSELF).await.expect(200);
    // A certificate is public: whoever has it does not have its key.
    assert_error(&post_from(&world, [192, 0, 2, 1], &headers, &ITSELF).await, 401, "invalid_client");
    // Twice, or nonsense, is nothing.
    let twice = [headers[0], headers[0]];
    for headers in [&twice[..], &[("client-cert", ":AAAA:")], &[("client-cert", "::")], &[("client-cert", "x")]] {
        let reply = post_from(&world, [127, 0, 0, 1], headers, &ITSELF).await;
        assert_error(&reply, 401, "invalid_client");
    }
    // nginx writes the PEM.
    let pem = percent(&issued.pem);
    post_from(&world, [127, 0, 0, 1], &[("client-cert", &pem)], &ITSELF).await.expect(200);
});

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"))
}

// Without the setting the header means nothing, whoever sends it.
both!(by_default_a_header_tells_nothing, |app| async move {
    let world = by_authority(&app, json!({ "san_dns": "my-app.example" })).await;
    let issued = Authority::here().issue("my-app", &["my-app.example"]);
    assert_error(&post(&world, Some(&issued), &ITSELF).await, 401, "invalid_client");
    let metadata = app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json();
    assert!(!metadata["token_endpoint_auth_methods_supported"].to_string().contains("tls"), "{metadata}");
    assert!(metadata.get("tls_client_certificate_bound_access_tokens").is_none());
});

async fn userinfo(world: &World, certificate: Option<&Issued>, token: &str) -> Reply {
    let request = Request::get(world.path("/connect/userinfo")).header(AUTHORIZATION, format!("Bearer {token}"));
    let request = match certificate {
        Some(issued) => request.header("client-cert", issued.forwarded()),
        None => request,
    };
    world.app.send(request.body(Body::empty()).expect("a request")).await
}

both!(bound_tokens_count_with_their_certificate_only, proxied(), |app| async move {
    let bound = json!({ "tls_client_certificate_bound_access_tokens": true });
    let mut world = World::with(&app, |library| library.application("reader", &bound)).await;
    let (own, other) = (Issued::by_itself("reader", &[]), Issued::by_itself("reader", &[]));
    let code = world.code(&Ask::of("reader")).await;
    let fields = [
        ("client_id", "reader"),
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    assert_error(&post(&world, None, &fields).await, 400, "invalid_request");
    let tokens = Tokens::of(post(&world, Some(&own), &fields).await);
    assert_eq!(tokens.0["token_type"], "Bearer");
    let confirmation = json!({ "x5t#S256": oidc::digest::sha256_base64url(&own.certificate) });
    assert_eq!(payload(tokens.access())["cnf"], confirmation);
    assert_eq!(world.introspect(tokens.access()).await["cnf"], confirmation);
    userinfo(&world, Some(&own), tokens.access()).await.expect(200);
    for wrong in [Some(&other), None] {
        let reply = userinfo(&world, wrong, tokens.access()).await;
        assert_error(&reply, 401, "invalid_token");
        assert!(reply.header("www-authenticate").starts_with("Bearer "), "{}", reply.header("www-authenticate"));
    }
    // RFC 8705 section 4: refresh tokens of public applications are bound, too.
    let again = [("client_id", "reader"), ("grant_type", "refresh_token"), ("refresh_token", tokens.refresh())];
    assert_error(&post(&world, Some(&other), &again).await, 400, "invalid_grant");
    let next = Tokens::of(post(&world, Some(&own), &again).await);
    assert_eq!(payload(next.access())["cnf"], confirmation);
    // A reference says the same.
    let reference = json!({ "access_token_format": "reference" });
    world.change(|library| library.application("reader", &reference)).await;
    let again = [("client_id", "reader"), ("grant_type", "refresh_token"), ("refresh_token", next.refresh())];
    let third = Tokens::of(post(&world, Some(&own), &again).await);
    assert_eq!(world.introspect(third.access()).await["cnf"], confirmation);
    userinfo(&world, Some(&other), third.access()).await.expect(401);
});

fn by_host() -> Value {
    json!({
        "grant_types": ["client_credentials"], "response_types": [], "scope": "books",
        "token_endpoint_auth_method": "tls_client_auth", "tls_client_auth_san_dns": "club.example",
        "tls_client_certificate_bound_access_tokens": true,
    })
}

both!(an_application_registers_its_certificate_by_itself, proxied(), |app| async move {
    let world = World::with(&app, |library| library.subscription(&rules("open"))).await;
    let made = register(&world, None, &by_host()).await.expect(201).json();
    assert_eq!(made["tls_client_auth_san_dns"], "club.example");
    assert!(made.get("client_secret").is_none());
    let fields = [("client_id", made["client_id"].as_str().expect("a name")), ("grant_type", "client_credentials")];
    let issued = Authority::here().issue("club", &["club.example"]);
    let tokens = Tokens::of(post(&world, Some(&issued), &fields).await);
    assert!(payload(tokens.access())["cnf"]["x5t#S256"].is_string());
    let mut two = by_host();
    two["tls_client_auth_san_ip"] = json!("192.0.2.1");
    assert_error(&register(&world, None, &two).await, 400, "invalid_client_metadata");
});

both!(what_is_not_offered_cannot_be_registered, |app| async move {
    let world = World::with(&app, |library| library.subscription(&rules("open"))).await;
    assert_error(&register(&world, None, &by_host()).await, 400, "invalid_client_metadata");
});

both!(metadata_say_what_the_server_learns, proxied(), |app| async move {
    let world = World::open(&app).await;
    let metadata = app.get(&world.path("/.well-known/oauth-authorization-server")).await.expect(200).json();
    let methods = metadata["token_endpoint_auth_methods_supported"].to_string();
    assert!(methods.contains("\"tls_client_auth\"") && methods.contains("\"self_signed_tls_client_auth\""));
    assert_eq!(metadata["tls_client_certificate_bound_access_tokens"], true);
});
