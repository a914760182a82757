//! Tokens for software that was written for other providers: golden shapes from their documentation (seeds 000 to
//! 004), through the real endpoints.

use std::collections::BTreeSet;

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use super::ask::Ask;
use super::library::{API_SECRET, Library, SECRET};
use super::world::{Tokens, World, payload};

const LIBRARY: (&str, &str) = ("library-api", API_SECRET);
const APP: (&str, &str) = ("my-app", SECRET);

fn members(object: &Value) -> BTreeSet<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn header(token: &str) -> Value {
    let header = jsonwebtoken::decode_header(token).expect("a header");
    json!({ "alg": header.alg, "typ": header.typ, "kid": header.kid.is_some() })
}

fn in_dialect(dialect: &str, more: &Value) -> impl FnOnce(Library) -> Library {
    let mut values = more.clone();
    values["dialect"] = json!(dialect);
    move |library| library.application("my-app", &values)
}

/// Seed 002: the preset's scopes, and a user with a phone number.
fn grantid(library: Library, more: &Value) -> Library {
    let scopes = json!({ "allowed_identity_scopes": ["openid", "profile", "name", "phone", "library"] });
    let claims = json!({ "name": "John Doe", "phone_number": "+5500000000000", "library_card": "LC-123456" });
    let library =
        library.subscription(&json!({ "scope_preset": "grantid" })).user("john", &json!({ "claims": claims }));
    in_dialect("grantid", more)(library.application("my-app", &scopes))
}

both!(grantid_tokens_are_those_of_its_documentation, |app| async move {
    let world = World::with(&app, |library| {
        let others = json!({ "allowed_identity_scopes": ["openid"] });
        grantid(library.application("museum", &others).application("reader", &others), &json!({}))
    })
    .await;
    let reply = world.redeem(&world.code(&Ask::of("my-app").with("scope", "openid profile")).await).await.expect(200);
    assert_eq!(reply.json()["expires_in"], 3_000);
    let tokens = Tokens::of(reply);

    let identity = payload(tokens.identity());
    let documented = [
        "nbf",
        "exp",
        "iss",
        "aud",
        "nonce",
        "iat",
        "c_hash",
        "sid",
        "sub",
        "auth_time",
        "name",
        "email",
        "phone",
        "amr",
    ];
    for member in documented {
        assert!(identity.get(member).is_some(), "{member} is not in {identity}");
    }
    assert_eq!((&identity["name"], &identity["phone"]), (&json!("John Doe"), &json!("+5500000000000")));
    assert_eq!((&identity["iss"], &identity["aud"]), (&json!(world.issuer()), &json!("my-app")));
    assert_eq!(identity["exp"].as_i64(), identity["nbf"].as_i64().map(|at| at + 300));
    assert!(identity["amr"].is_array());

    let access = payload(tokens.access());
    let documented = ["nbf", "exp", "iss", "aud", "client_id", "sub", "auth_time", "scope", "amr"];
    assert_eq!(members(&access), BTreeSet::from(documented));
    assert_eq!(access["aud"], world.issuer(), "one audience, so a string");
    assert_eq!(access["scope"], json!(["openid", "profile"]));
    assert_eq!(access["exp"].as_i64(), access["nbf"].as_i64().map(|at| at + 3_000));
    assert_eq!(header(tokens.access()), json!({ "alg": "RS256", "typ": "JWT", "kid": true }));

    let told = world.userinfo(tokens.access()).await.expect(200).json();
    assert_eq!((&told["name"], &told["phone"]), (&json!("John Doe"), &json!("+5500000000000")));
    assert_eq!(told["email"], "john.doe@email.com");
});

both!(grantid_introspection_speaks_as_documented, |app| async move {
    let mut world = World::with(&app, |library| {
        let others = json!({ "allowed_identity_scopes": ["openid"] });
        grantid(library.application("museum", &others).application("reader", &others), &json!({}))
    })
    .await;
    for format in ["jwt", "reference"] {
        world.change(|library| library.application("my-app", &json!({ "access_token_format": format }))).await;
        let ask = Ask::of("my-app").with("scope", "openid books museum-api");
        let tokens = Tokens::of(world.redeem(&world.code(&ask).await).await);
        if format == "jwt" {
            let access = payload(tokens.access());
            assert_eq!(access["aud"], json!([world.issuer(), "library-api", "museum-api"]));
            assert_eq!(access["scope"], json!(["openid", "books", "museum-api"]));
        } else {
            assert_eq!(tokens.access().len(), 64);
        }
        let told =
            world.post_basic("/connect/introspect", LIBRARY, &[("token", tokens.access())]).await.expect(200).json();
        let documented = ["active", "nbf", "exp", "iss", "aud", "client_id", "sub", "auth_time", "amr", "scope"];
        assert_eq!(members(&told), BTreeSet::from(documented), "{format}");
        assert_eq!((&told["active"], &told["aud"]), (&json!(true), &json!([world.issuer(), "library-api"])));
        assert_eq!((&told["scope"], &told["amr"]), (&json!("books"), &json!("pwd")));
    }
});

both!(tokens_without_an_id_count_only_while_they_are_stored, |app| async move {
    for dialect in ["grantid", "connect"] {
        let world =
            World::with(&app, |library| in_dialect(dialect, &json!({}))(library.named(&format!("of-{dialect}")))).await;
        let tokens = world.tokens().await;
        world.assert_alive(tokens.access(), true).await;
        // Other kinds of tokens, signed as well, are none.
        world.userinfo(tokens.identity()).await.expect(401);
        world.assert_alive(tokens.identity(), false).await;
        // Two that would be the same are told apart by their end, and revoked one by one.
        let itself = || world.post_basic("/connect/token", APP, &[("grant_type", "client_credentials")]);
        let [one, two] = [itself().await, itself().await].map(|reply| reply.expect(200).json());
        let [one, two] = [&one, &two].map(|answer| answer["access_token"].as_str().expect("a token"));
        assert_eq!(payload(two)["exp"].as_i64(), payload(one)["exp"].as_i64().map(|at| at + 1));
        world.post_basic("/connect/revocation", APP, &[("token", one)]).await.expect(200);
        assert_eq!(
            (&world.introspect(one).await["active"], &world.introspect(two).await["active"]),
            (&json!(false), &json!(true))
        );
        // However many there are of one second.
        for _ in 0..20 {
            let more = itself().await.expect(200).json();
            assert_eq!(world.introspect(more["access_token"].as_str().expect("a token")).await["active"], true);
        }
        // A refreshed grant that is revoked takes all of its tokens along.
        let next = Tokens::of(world.refresh(tokens.refresh()).await);
        world.post_basic("/connect/revocation", APP, &[("token", next.refresh())]).await.expect(200);
        world.assert_alive(tokens.access(), false).await;
        world.assert_alive(next.access(), false).await;
        app.clock.advance(3_602);
        assert_eq!(world.introspect(two).await["active"], false);
    }
});

/// Seed 000: the key is the secret's own characters.
fn by_secret(token: &str, secret: &str) -> Result<Value, jsonwebtoken::errors::Error> {
    let mut validation = Validation::new(Algorithm::HS256);
    (validation.validate_aud, validation.validate_exp) = (false, false);
    jsonwebtoken::decode(token, &DecodingKey::from_secret(secret.as_bytes()), &validation).map(|data| data.claims)
}

both!(connect_tokens_are_signed_with_the_applications_secret, |app| async move {
    let world = World::with(&app, in_dialect("connect", &json!({}))).await;
    let tokens =
        Tokens::of(world.redeem(&world.code(&Ask::of("my-app").with("scope", "openid email books")).await).await);
    let access = by_secret(tokens.access(), SECRET).expect("verifies");
    assert_eq!(members(&access), BTreeSet::from(["exp", "iss", "sub"]));
    let host = url::Url::parse(&world.issuer()).expect("a URL").host_str().map(str::to_owned);
    assert_eq!(
        (access["iss"].as_str().map(str::to_owned), &access["sub"]),
        (host, &json!(world.user_id("john").await))
    );
    assert_eq!(header(tokens.access()), json!({ "alg": "HS256", "typ": "JWT", "kid": false }));
    let identity = by_secret(tokens.identity(), SECRET).expect("verifies");
    assert_eq!((&identity["aud"], &identity["iss"]), (&json!("my-app"), &json!(world.issuer())));
    assert_eq!((&identity["email"], &identity["email_verified"]), (&json!("john.doe@email.com"), &json!(true)));
    assert_eq!(world.userinfo(tokens.access()).await.expect(200).json()["email"], "john.doe@email.com");
    assert_eq!(world.introspect(tokens.access()).await["scope"], "books");

    // The application can make a token that looks the same. It is worth nothing here.
    let mut forged = access.clone();
    forged["exp"] = json!(access["exp"].as_i64().expect("a moment") + 5);
    let key = jsonwebtoken::EncodingKey::from_secret(SECRET.as_bytes());
    let forged = jsonwebtoken::encode(&jsonwebtoken::Header::new(Algorithm::HS256), &forged, &key).expect("encodes");
    world.userinfo(&forged).await.expect(401);
    world.assert_alive(&forged, false).await;
    // Nor does the subscription's key, or another application's secret, verify it.
    by_secret(tokens.access(), API_SECRET).expect_err("another key");
    let keys = world.app.get(&world.path("/.well-known/jwks.json")).await.expect(200).json();
    assert!(!keys.to_string().contains("oct"), "a secret is no public key: {keys}");
});

both!(next_access_tokens_are_opaque, |app| async move {
    let world = World::with(&app, in_dialect("next", &json!({}))).await;
    let reply = world.redeem(&world.code(&Ask::of("my-app")).await).await.expect(200);
    assert_eq!((&reply.json()["token_type"], &reply.json()["expires_in"]), (&json!("Bearer"), &json!(3_600)));
    let tokens = Tokens::of(reply);
    assert!(tokens.access().len() == 64 && !tokens.access().contains('.'), "{}", tokens.access());
    assert_eq!(payload(tokens.identity())["library_card"], "LC-123456");
    world.assert_alive(tokens.access(), true).await;
});

both!(discovery_names_the_algorithm_of_a_secret_where_one_signs, |app| async move {
    let mut world = World::open(&app).await;
    let algs = async |world: &World| {
        let metadata = world.app.get(&world.path("/.well-known/openid-configuration")).await.expect(200).json();
        metadata["id_token_signing_alg_values_supported"].clone()
    };
    let of_keys = json!(["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]);
    assert_eq!(algs(&world).await, of_keys);
    world.change(in_dialect("connect", &json!({}))).await;
    assert_eq!(algs(&world).await.as_array().and_then(|all| all.last()), Some(&json!("HS256")));
});
