//! Metadata against what the endpoints do: whatever is listed works, and what is not listed is refused as unknown
//! (OpenID Connect Discovery section 3, RFC 8414 section 2).

use axum::body::Body;
use axum::extract::Request;
use serde_json::{Value, json};

use super::ask::{Ask, VERIFIER};
use super::library::{API_SECRET, SECRET};
use super::recipient::Recipient;
use super::rfc7523_jwt_bearer;
use super::signer::Signer;
use super::world::{World, assert_error};
use crate::support::TestApp;

const CIBA: &str = "urn:openid:params:grant-type:ciba";

async fn told(world: &World) -> Value {
    world.app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json()
}

fn listed<'a>(metadata: &'a Value, name: &str) -> Vec<&'a str> {
    let list = metadata[name].as_array().unwrap_or_else(|| panic!("{name} is no list: {metadata}"));
    list.iter().map(|value| value.as_str().expect("text")).collect()
}

/// Where an application hears of an authorization request: the error it is told, or nothing.
async fn error_of(world: &World, ask: &Ask) -> Option<String> {
    let reply = world.signed_in("john").await.get(&world.authorize(ask)).await;
    let text = format!("{}{}", reply.header("location"), reply.body);
    let error = text.split("error=").nth(1).or_else(|| text.split("name=\"error\" value=\"").nth(1))?;
    Some(error.split(['&', '"']).next().unwrap_or_default().to_owned())
}

both!(every_endpoint_is_there, |app| async move {
    let on = json!({ "client_registration": { "mode": "open" } });
    let asks = json!({ "grant_types": ["authorization_code", CIBA] });
    let world = World::with(&app, |library| library.subscription(&on).application("my-app", &asks)).await;
    let metadata = told(&world).await;
    let members = metadata.as_object().expect("an object");
    let addresses = members.iter().filter(|(name, _)| name.ends_with("_endpoint") || name.ends_with("_uri"));
    let mut seen = 0;
    for (name, address) in addresses {
        let address = address.as_str().expect("an address");
        let path = address.strip_prefix(app.origin()).unwrap_or_else(|| panic!("{name} is elsewhere: {address}"));
        let get = app.get(path).await.status.as_u16();
        let post = app.post(path, &[]).await.status.as_u16();
        assert!(get != 404 && post != 404, "{name}: {address} is not there");
        assert!(get != 405 || post != 405, "{name}: {address} takes neither GET nor POST");
        seen += 1;
    }
    assert!(seen >= 10, "{metadata}");
    assert_eq!(metadata["issuer"], world.issuer());
});

both!(grants_and_methods_are_those_of_the_token_endpoint, |app| async move {
    let world = World::open(&app).await;
    let metadata = told(&world).await;
    for grant in listed(&metadata, "grant_types_supported") {
        let reply = world.token(&[("grant_type", grant)]).await;
        assert_ne!(reply.json()["error"], "unsupported_grant_type", "{grant} is listed");
    }
    assert!(!listed(&metadata, "grant_types_supported").contains(&"implicit"));
    assert_error(&world.token(&[("grant_type", "implicit")]).await, 400, "unsupported_grant_type");
    // They are there, and offered to nobody: see `rfc6749_password`.
    for grant in ["password", rfc7523_jwt_bearer::GRANT, CIBA] {
        assert!(!listed(&metadata, "grant_types_supported").contains(&grant));
    }
    let methods = listed(&metadata, "token_endpoint_auth_methods_supported");
    assert_eq!(methods, ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"]);
    let itself = [("grant_type", "client_credentials")];
    world.post_basic("/connect/token", ("my-app", SECRET), &itself).await.expect(200);
    world.token(&itself).await.expect(200);
    // Those that sign and `none` have files of their own.
    let own = [("client_id", "library-api"), ("client_secret", API_SECRET), ("token", "x")];
    app.post(&world.path("/connect/introspect"), &own).await.expect(200);
    assert_eq!(
        listed(&metadata, "introspection_endpoint_auth_methods_supported"),
        ["client_secret_basic", "client_secret_post", "private_key_jwt"]
    );
});

both!(what_is_encrypted_is_encrypted_as_listed, |app| async move {
    let metadata = told(&World::open(&app).await).await;
    for what in ["id_token", "userinfo"] {
        for alg in listed(&metadata, &format!("{what}_encryption_alg_values_supported")) {
            for enc in listed(&metadata, &format!("{what}_encryption_enc_values_supported")) {
                let recipient = if alg.starts_with("RSA") { Recipient::rsa() } else { Recipient::ec("P-256") };
                let mut settings = json!({ "jwks": recipient.jwks("own") });
                settings[format!("{what}_encrypted_response_alg")] = json!(alg);
                settings[format!("{what}_encrypted_response_enc")] = json!(enc);
                let world = World::with(&app, |library| library.application("my-app", &settings)).await;
                let tokens = world.tokens().await;
                let sent = match what {
                    "id_token" => tokens.identity().to_owned(),
                    _ => world.userinfo(tokens.access()).await.expect(200).body,
                };
                let by_secret = Recipient::Secret(SECRET.to_owned());
                let recipient = if alg == "A256KW" { by_secret } else { recipient };
                assert!(recipient.open(&sent).is_some(), "{what}: {alg}, {enc}");
            }
        }
    }
});

both!(assertions_are_listed_once_an_application_brings_them, |app| async move {
    let world = World::with(&app, |library| library.application("my-app", &rfc7523_jwt_bearer::allowed())).await;
    assert!(listed(&told(&world).await, "grant_types_supported").contains(&rfc7523_jwt_bearer::GRANT));
    let fields = [("grant_type", rfc7523_jwt_bearer::GRANT), ("assertion", "a.b.c"), ("scope", "openid")];
    assert_error(&world.token(&fields).await, 400, "invalid_grant");
    let gone = World::with(&app, |library| {
        let off = json!({ "grant_types": [rfc7523_jwt_bearer::GRANT], "disabled": true });
        library.named("gone").application("my-app", &off)
    })
    .await;
    assert!(!listed(&told(&gone).await, "grant_types_supported").contains(&rfc7523_jwt_bearer::GRANT));
});

both!(sign_ins_by_request_are_listed_once_an_application_may_ask, |app| async move {
    let members = ["backchannel_authentication_endpoint", "backchannel_token_delivery_modes_supported"];
    let nobody = told(&World::open(&app).await).await;
    assert!(members.iter().all(|name| nobody.get(name).is_none()), "{nobody}");
    let asks = json!({ "grant_types": ["authorization_code", CIBA] });
    let world = World::with(&app, |library| library.application("my-app", &asks)).await;
    let metadata = told(&world).await;
    assert!(listed(&metadata, "grant_types_supported").contains(&CIBA));
    assert!(members.iter().all(|name| metadata.get(name).is_some()), "{metadata}");
    let fields = [("grant_type", CIBA), ("auth_req_id", "x")];
    assert_error(&world.token(&fields).await, 400, "invalid_grant");
});

both!(requests_may_say_what_is_listed, |app| async move {
    let world = World::open(&app).await;
    let metadata = told(&world).await;
    let good = Ask::of("my-app");
    assert_eq!(error_of(&world, &good).await, None);
    assert_eq!(listed(&metadata, "response_types_supported"), ["code"]);
    for (kind, code) in [
        ("token", "unsupported_response_type"),
        ("none", "unsupported_response_type"),
        ("id_token", "unauthorized_client"),
        ("code id_token", "unauthorized_client"),
        ("code token", "unauthorized_client"),
    ] {
        let error = error_of(&world, &good.clone().with("response_type", kind)).await;
        assert_eq!(error.as_deref(), Some(code), "{kind}");
    }
    for mode in listed(&metadata, "response_modes_supported") {
        assert_eq!(error_of(&world, &good.clone().with("response_mode", mode)).await, None, "{mode}");
    }
    assert!(!listed(&metadata, "response_modes_supported").contains(&"web_message"));
    let error = error_of(&world, &good.clone().with("response_mode", "web_message")).await;
    assert_eq!(error.as_deref(), Some("invalid_request"));
    for prompt in listed(&metadata, "prompt_values_supported") {
        assert_eq!(error_of(&world, &good.clone().with("prompt", prompt)).await, None, "{prompt}");
    }
    assert_eq!(error_of(&world, &good.clone().with("prompt", "sing")).await.as_deref(), Some("invalid_request"));
    assert_eq!(listed(&metadata, "code_challenge_methods_supported"), ["S256"]);
    let plain = good.clone().with("code_challenge_method", "plain").with("code_challenge", VERIFIER);
    assert_eq!(error_of(&world, &plain).await.as_deref(), Some("invalid_request"));
});

both!(response_types_are_listed_once_an_application_has_them, |app| async move {
    let all = json!({ "response_types": ["code", "id_token", "code id_token", "id_token token"] });
    let mut world = World::with(&app, |library| library.application("my-app", &all)).await;
    let metadata = told(&world).await;
    assert_eq!(listed(&metadata, "response_types_supported"), ["code", "code id_token", "id_token", "id_token token"]);
    assert!(listed(&metadata, "grant_types_supported").contains(&"implicit"));
    for kind in listed(&metadata, "response_types_supported") {
        for mode in listed(&metadata, "response_modes_supported") {
            let error =
                error_of(&world, &Ask::of("my-app").with("response_type", kind).with("response_mode", mode)).await;
            let refused = kind != "code" && mode.starts_with("query");
            assert_eq!(error.as_deref(), refused.then_some("invalid_request"), "{kind}, {mode}");
        }
    }
    world.change(|library| library.application("my-app", &json!({ "disabled": true }))).await;
    assert_eq!(listed(&told(&world).await, "response_types_supported"), ["code"]);
});

both!(a_request_may_be_signed_with_what_is_listed, |app| async move {
    let key = Signer::new(1);
    let keys = json!({ "jwks": key.jwks() });
    let world = World::with(&app, |library| library.application("my-app", &keys)).await;
    let metadata = told(&world).await;
    assert_eq!(
        (&metadata["request_parameter_supported"], &metadata["request_uri_parameter_supported"]),
        (&json!(true), &json!(true))
    );
    let algs = listed(&metadata, "request_object_signing_alg_values_supported");
    let ask = Ask::of("my-app");
    let mut payload = json!({ "iss": "my-app", "aud": world.issuer() });
    for (name, value) in ask.fields() {
        payload[name] = json!(value);
    }
    let signed = |alg: &str| key.sign(&json!({ "alg": alg }), &payload);
    for alg in ["EdDSA", "Ed25519"] {
        assert!(algs.contains(&alg));
        assert_eq!(error_of(&world, &ask.clone().and("request", &signed(alg))).await, None, "{alg}");
    }
    for alg in ["none", "HS256"] {
        assert!(!algs.contains(&alg));
        let error = error_of(&world, &ask.clone().and("request", &signed(alg))).await;
        assert_eq!(error.as_deref(), Some("invalid_request_object"), "{alg}");
    }
    // None is fetched that is not registered.
    assert_eq!(metadata["require_request_uri_registration"], true);
    let error = error_of(&world, &ask.and("request_uri", "https://library.example/request.jwt")).await;
    assert_eq!(error.as_deref(), Some("request_uri_not_supported"));
});

both!(every_scope_and_claim_can_be_had, |app| async move {
    let metadata = told(&World::open(&app).await).await;
    let scopes = listed(&metadata, "scopes_supported");
    // Nothing of it is reserved for somebody: an application that is allowed everything is granted everything.
    let is_api = |scope: &&&str| ["library-api", "books", "museum-api"].contains(*scope);
    let api: Vec<&str> = scopes.iter().filter(is_api).copied().collect();
    let identity: Vec<&str> =
        scopes.iter().filter(|scope| !is_api(scope) && **scope != "offline_access").copied().collect();
    let all = json!({ "allowed_identity_scopes": identity, "allowed_api_scopes": api });
    let world = World::with(&app, |library| library.application("my-app", &all)).await;
    let code = world.code(&Ask::of("my-app").with("scope", &scopes.join(" "))).await;
    let granted = world.redeem(&code).await.expect(200).json();
    let mut granted: Vec<&str> = granted["scope"].as_str().expect("scopes").split(' ').collect();
    let mut scopes: Vec<&str> = scopes.into_iter().filter(|scope| *scope != "offline_access").collect();
    granted.retain(|scope| *scope != "offline_access");
    granted.sort_unstable();
    scopes.sort_unstable();
    assert_eq!(granted, scopes);
    let claims = listed(&metadata, "claims_supported");
    let told = world.tokens().await;
    for claim in super::world::payload(told.identity()).as_object().expect("claims").keys() {
        assert!(claims.contains(&claim.as_str()), "{claim} is not listed: {claims:?}");
    }
});

both!(languages_have_pages, |app| async move {
    let world = World::open(&app).await;
    let metadata = told(&world).await;
    for locale in listed(&metadata, "ui_locales_supported") {
        let page = sign_in_page(&app, &world, locale).await;
        assert!(page.contains(&format!("lang=\"{locale}\"")), "{locale}");
    }
});

async fn sign_in_page(app: &TestApp, world: &World, locale: &str) -> String {
    let mut browser = app.browser();
    let ask = Ask::of("my-app").with("ui_locales", locale);
    browser.open(&world.authorize(&ask)).await.expect(200).body
}

// What is not listed as an endpoint is none.
both!(nothing_else_answers_below_connect, |app| async move {
    let world = World::open(&app).await;
    for path in ["/connect", "/connect/", "/connect/ciba", "/connect/token/", "/connect/jwks"] {
        let request = Request::post(world.path(path)).body(Body::empty()).expect("a request");
        assert_eq!(app.send(request).await.status, 404, "{path}");
    }
});

both!(types_of_authorization_details_are_those_that_can_be_asked_for, |app| async move {
    let loan = json!([{ "type": "loan", "display_name": "Borrow a book" }]);
    let allowed = json!({ "allowed_authorization_details_types": ["loan"] });
    let world = World::with(&app, |library| {
        let library = library.connection("library-api", &json!({ "authorization_details_types": loan }));
        library.application("my-app", &allowed)
    });
    let world = world.await;
    let ask = |kind: &str| {
        let details = json!([{ "type": kind }]).to_string();
        Ask::of("my-app").and("authorization_details", &details)
    };
    for kind in listed(&told(&world).await, "authorization_details_types_supported") {
        assert_eq!(error_of(&world, &ask(kind)).await, None, "{kind}");
    }
    assert_eq!(error_of(&world, &ask("payment")).await.as_deref(), Some("invalid_authorization_details"));
});
