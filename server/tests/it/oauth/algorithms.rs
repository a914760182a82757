//! Signing algorithms of an application (RFC 7518 section 3.1): what a client that was told one algorithm finds.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use model::spec::SigningAlg;
use serde_json::{Value, json};

use super::ask::Ask;
use super::forge;
use super::fuzz::Message;
use super::library::{API_SECRET, SECRET};
use super::world::{Tokens, World};

/// The payload, if a client that accepts this algorithm only, with this key, accepts the token.
pub fn verified(token: &str, alg: Algorithm, key: &DecodingKey) -> Result<Value, jsonwebtoken::errors::Error> {
    let mut validation = Validation::new(alg);
    (validation.validate_aud, validation.validate_exp) = (false, false);
    // Answers are no tokens: they have no end.
    validation.required_spec_claims.clear();
    jsonwebtoken::decode(token, key, &validation).map(|data| data.claims)
}

fn by_name(alg: SigningAlg) -> Algorithm {
    alg.as_str().parse().expect("an algorithm")
}

/// The published key that a token names, which is for its algorithm only.
pub async fn key_of(world: &World, token: &str, alg: SigningAlg) -> DecodingKey {
    let keys = world.app.get(&world.path("/jwks.json")).await.expect(200).json();
    let header = forge::header(token);
    let keys = keys["keys"].as_array().expect("keys");
    let key = keys.iter().find(|key| key["kid"] == header["kid"]).expect("published");
    assert_eq!((&header["alg"], &key["alg"]), (&json!(alg.as_str()), &json!(alg.as_str())));
    let jwk: Jwk = serde_json::from_value(key.clone()).expect("a JWK");
    DecodingKey::from_jwk(&jwk).expect("a key")
}

both!(tokens_are_signed_as_the_application_asks, |app| async move {
    let mut world = World::open(&app).await;
    for alg in SigningAlg::of_keys() {
        let asked = json!({ "signing_alg": alg.as_str(), "access_token_signing_alg": alg.as_str() });
        world.change(|library| library.application("my-app", &asked)).await;
        let tokens = world.tokens().await;
        for token in [tokens.identity(), tokens.access()] {
            let key = key_of(&world, token, alg).await;
            verified(token, by_name(alg), &key).expect("verifies");
        }
        // Our own endpoints read them, too.
        world.assert_alive(tokens.access(), true).await;
        world.userinfo(tokens.access()).await.expect(200);
        world.code(&Ask::of("my-app").with("prompt", "none").with("id_token_hint", tokens.identity())).await;
        let next = Tokens::of(world.refresh(tokens.refresh()).await);
        world.assert_alive(next.access(), true).await;
    }
    let keys = app.get(&world.path("/jwks.json")).await.expect(200).json();
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(SigningAlg::of_keys().count()), "one for each: {keys}");
});

both!(an_identity_token_by_the_secret_is_for_its_application_only, |app| async move {
    let world = World::with(&app, |library| library.application("my-app", &json!({ "signing_alg": "HS256" }))).await;
    let tokens = world.tokens().await;
    let key = DecodingKey::from_secret(SECRET.as_bytes());
    let claims = verified(tokens.identity(), Algorithm::HS256, &key).expect("verifies");
    assert_eq!(claims["aud"], "my-app");
    assert_eq!(forge::header(tokens.identity()).get("kid"), None, "the secret has no name");
    // APIs do not know the secret: their tokens go on being signed by a key.
    assert_eq!(forge::header(tokens.access())["alg"], "RS256");
    world.assert_alive(tokens.access(), true).await;
    // Whoever has the secret can make a token. None of ours reads it.
    let header = json!({ "alg": "HS256", "typ": "at+jwt" });
    let [_, payload, _] = forge::parts(tokens.access());
    let signed = format!("{}.{payload}", forge::encode(header.to_string()));
    let tag = aws_lc_rs::hmac::sign(
        &aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET.as_bytes()),
        signed.as_bytes(),
    );
    let forged = format!("{signed}.{}", forge::encode(tag));
    world.assert_alive(&forged, false).await;
    world.userinfo(&forged).await.expect(401);
});

both!(a_key_counts_with_its_own_algorithm_only, |app| async move {
    let asked = json!({ "signing_alg": "PS256", "access_token_signing_alg": "ES256" });
    let world = World::with(&app, |library| library.application("my-app", &asked)).await;
    let tokens = world.tokens().await;
    let keys = world.app.get(&world.path("/jwks.json")).await.expect(200).json();
    // Another algorithm in the header, and another key's name: the signature stays good for neither.
    for alg in ["RS256", "ES384", "EdDSA", "RS512"] {
        let mut header = forge::header(tokens.access());
        header["alg"] = json!(alg);
        world.assert_alive(&forge::with_header(tokens.access(), &header), false).await;
        for key in keys["keys"].as_array().expect("keys") {
            header["kid"] = key["kid"].clone();
            world.assert_alive(&forge::with_header(tokens.access(), &header), false).await;
        }
    }
    world.assert_alive(tokens.access(), true).await;
});

both!(a_key_is_rotated_without_the_others, |app| async move {
    let world = World::with(&app, |library| library.application("my-app", &json!({ "signing_alg": "ES256" }))).await;
    let before = world.code(&Ask::of("my-app")).await;
    let before = Tokens::of(world.redeem(&before).await);
    let actor = service::Actor::Cli;
    service::console::keys::rotate(&app.ctx, &actor, world.slug(), SigningAlg::Es256).await.expect("rotated");
    app.clock.advance(3_600);
    let after = world.tokens().await;
    let kid = |token: &str| forge::header(token)["kid"].clone();
    assert_ne!(kid(before.identity()), kid(after.identity()));
    assert_eq!(kid(before.access()), kid(after.access()), "RS256 was not asked about");
    let absent = service::console::keys::rotate(&app.ctx, &actor, world.slug(), SigningAlg::EdDsa).await;
    assert!(matches!(absent, Err(service::Error::NotFound)), "{absent:?}");
});

both!(userinfo_is_signed_where_the_application_wants_it, |app| async move {
    let signed = json!({ "userinfo_signed_response_alg": "ES256" });
    let world = World::with(&app, |library| library.application("my-app", &signed)).await;
    let tokens = world.tokens().await;
    let reply = world.userinfo(tokens.access()).await.expect(200);
    assert_eq!(reply.header("content-type"), "application/jwt");
    let key = key_of(&world, &reply.body, SigningAlg::Es256).await;
    let told = verified(&reply.body, Algorithm::ES256, &key).expect("verifies");
    assert_eq!((&told["iss"], &told["aud"]), (&json!(world.issuer()), &json!("my-app")));
    assert_eq!((&told["sub"], &told["library_card"]), (&json!(world.user_id("john").await), &json!("LC-123456")));
    // It is no token of another kind.
    world.userinfo(&reply.body).await.expect(401);
    world.assert_alive(&reply.body, false).await;
    let ask = Ask::of("my-app").with("prompt", "none").with("id_token_hint", &reply.body);
    let answer = world.ask(&mut world.signed_in("john").await, &ask).await;
    assert!(answer.get("code").is_empty(), "no identity token: {answer:?}");
    world.assert_alive(tokens.access(), true).await;
});

// RFC 9701.
both!(an_introspection_answer_can_be_shown_to_others, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    let ask = async |token: &str, accept: &str| {
        let own = Message::post(world.path("/connect/introspect"), &[("token", token)]);
        let own = own.basic(("library-api", API_SECRET)).with("accept", accept);
        app.send(own.request().expect("a request")).await.expect(200)
    };
    for accept in ["*/*", "application/json", "application/jwt", ""] {
        assert_eq!(ask(tokens.access(), accept).await.header("content-type"), "application/json", "{accept}");
    }
    let accept = "application/json;q=0.5, application/token-introspection+jwt";
    for (token, active) in [(tokens.access(), true), ("unknown", false)] {
        let reply = ask(token, accept).await;
        assert_eq!(reply.header("content-type"), "application/token-introspection+jwt");
        assert_eq!(forge::header(&reply.body)["typ"], "token-introspection+jwt");
        let key = key_of(&world, &reply.body, SigningAlg::Rs256).await;
        let told = verified(&reply.body, Algorithm::RS256, &key).expect("verifies");
        assert_eq!((&told["iss"], &told["aud"]), (&json!(world.issuer()), &json!("library-api")));
        assert_eq!((&told["iat"], told.get("sub")), (&json!(app.ctx.now()), None));
        assert_eq!(told["token_introspection"]["active"], active);
        world.assert_alive(&reply.body, false).await;
    }
});
