//! Identity tokens and UserInfo answers that only their application can read (RFC 7516, OpenID Connect Core sections 2, 5.3.2
//! and 10.2). The vectors of RFC 7518 and RFC 3394 are in `service::jwe`.

use serde_json::{Value, json};

use super::ask::{Answer, Ask};
use super::library::{MUSEUM_SECRET, SECRET};
use super::recipient::{Opened, Recipient};
use super::rfc7591_registration::{register, rules};
use super::signer::Signer;
use super::world::{Tokens, World, assert_error, payload, redemption};
use crate::support::app::encode;
use crate::support::party::Party;

/// Settings of an application whose identity tokens and UserInfo answers are encrypted in this way.
fn settings(alg: &str, enc: &str) -> Value {
    json!({
        "id_token_encrypted_response_alg": alg, "id_token_encrypted_response_enc": enc,
        "userinfo_encrypted_response_alg": alg, "userinfo_encrypted_response_enc": enc,
    })
}

fn with_keys(alg: &str, enc: &str, recipient: &Recipient) -> Value {
    let mut settings = settings(alg, enc);
    settings["jwks"] = recipient.jwks("own");
    settings
}

/// What of a nested JWT the application believes: it is signed by us.
async fn nested(world: &World, opened: &Opened) -> Value {
    assert_eq!(opened.header["cty"], "JWT", "RFC 7519 section 5.2");
    assert!(opened.header.get("zip").is_none(), "RFC 8725 section 3.6");
    let hint = Ask::of("my-app").with("prompt", "none").with("id_token_hint", &opened.text);
    assert!(!world.ask(&mut world.signed_in("john").await, &hint).await.get("code").is_empty());
    payload(&opened.text)
}

both!(each_algorithm_brings_it_to_the_application_and_to_nobody_else, |app| async move {
    let stranger = Recipient::ec("P-256");
    for (alg, recipient) in [
        ("RSA-OAEP-256", Recipient::rsa()),
        ("ECDH-ES", Recipient::ec("P-256")),
        ("ECDH-ES", Recipient::ec("P-384")),
        ("ECDH-ES+A256KW", Recipient::ec("P-256")),
    ] {
        for enc in ["A128CBC-HS256", "A128GCM", "A256GCM"] {
            let world = World::with(&app, |all| all.application("my-app", &with_keys(alg, enc, &recipient))).await;
            let tokens = world.tokens().await;
            let opened = recipient.open(tokens.identity()).expect("decrypts");
            let header = &opened.header;
            assert_eq!((&header["alg"], &header["enc"], &header["kid"]), (&json!(alg), &json!(enc), &json!("own")));
            let claims = nested(&world, &opened).await;
            assert_eq!((&claims["aud"], &claims["given_name"]), (&json!("my-app"), &json!("John")));
            let reply = world.userinfo(tokens.access()).await.expect(200);
            assert_eq!(reply.header("content-type"), "application/jwt");
            let told = recipient.open(&reply.body).expect("decrypts");
            // Nobody asked for a signature: the claims themselves are inside.
            assert!(told.header.get("cty").is_none());
            let told: Value = serde_json::from_str(&told.text).expect("claims");
            assert_eq!((&told["sub"], &told["library_card"]), (&claims["sub"], &json!("LC-123456")));
            if alg == "ECDH-ES" && header["epk"]["crv"] == "P-256" {
                assert!(stranger.open(tokens.identity()).is_none());
            }
            let (whole, last) = tokens.identity().split_at(tokens.identity().len() - 4);
            let bent = format!("{whole}{}", if last == "AAAA" { "QQQA" } else { "AAAA" });
            assert!(recipient.open(&bent).is_none(), "{alg} {enc}");
        }
    }
});

both!(the_secret_can_be_the_key, |app| async move {
    let world = World::with(&app, |all| all.application("my-app", &settings("A256KW", "A256GCM"))).await;
    let recipient = Recipient::Secret(SECRET.to_owned());
    let tokens = world.tokens().await;
    nested(&world, &recipient.open(tokens.identity()).expect("decrypts")).await;
    let told = world.userinfo(tokens.access()).await.expect(200).body;
    assert!(recipient.open(&told).is_some_and(|told| told.text.contains("LC-123456")));
    assert!(Recipient::Secret(MUSEUM_SECRET.to_owned()).open(&told).is_none());
});

both!(what_is_signed_and_encrypted_is_signed_first, |app| async move {
    let recipient = Recipient::ec("P-256");
    let mut both = with_keys("ECDH-ES", "A128GCM", &recipient);
    both["userinfo_signed_response_alg"] = json!("RS256");
    let world = World::with(&app, |all| all.application("my-app", &both)).await;
    let tokens = world.tokens().await;
    let told = recipient.open(&world.userinfo(tokens.access()).await.expect(200).body).expect("decrypts");
    assert_eq!(told.header["cty"], "JWT");
    let claims = payload(&told.text);
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(world.issuer()), &json!("my-app")));
    // Each message has a key and a vector of its own.
    let again = Tokens::of(world.refresh(tokens.refresh()).await);
    let again = recipient.open(again.identity()).expect("decrypts");
    let first = recipient.open(tokens.identity()).expect("decrypts");
    assert_ne!(first.header["epk"], again.header["epk"]);
    // Signed as ever, it is a hint; encrypted, it is none that we could read.
    let mut john = world.signed_in("john").await;
    let encrypted = Ask::of("my-app").with("prompt", "none").with("id_token_hint", tokens.identity());
    assert_eq!(Answer::of(&john.get(&world.authorize(&encrypted)).await).get("error"), "invalid_request");
    let end = encode(&[("id_token_hint", &first.text)]);
    john.get(&world.path(&format!("/connect/endsession?{end}"))).await;
});

both!(so_it_is_in_the_browsers_answer, |app| async move {
    let recipient = Recipient::ec("P-256");
    let mut front = with_keys("ECDH-ES", "A128GCM", &recipient);
    front["response_types"] = json!(["code", "code id_token"]);
    let world = World::with(&app, |all| all.application("my-app", &front)).await;
    let ask = Ask::of("my-app").with("response_type", "code id_token");
    let told = Answer::in_fragment(&world.signed_in("john").await.get(&world.authorize(&ask)).await);
    let claims = nested(&world, &recipient.open(told.get("id_token")).expect("decrypts")).await;
    assert!(claims["c_hash"].is_string());
    world.redeem(told.get("code")).await.expect(200);
});

both!(what_cannot_be_encrypted_is_not_sent, |app| async move {
    let party = Party::answering(&[]).await;
    let recipient = Recipient::ec("P-256");
    party.publish(&recipient.jwks("published"));
    let mut published = settings("ECDH-ES", "A128GCM");
    published["jwks_uri"] = json!(party.url("/jwks.json"));
    let world = World::with(&app, |all| all.application("my-app", &published)).await;
    let tokens = world.tokens().await;
    assert_eq!(recipient.open(tokens.identity()).expect("decrypts").header["kid"], "published");
    assert_eq!(party.received().len(), 1, "kept");
    // Keys that only sign are no help.
    party.publish(&Signer::new(1).jwks());
    app.clock.advance(700);
    let refused = world.userinfo(tokens.access()).await;
    assert_eq!((refused.status.as_u16(), refused.body.contains("LC-123456")), (400, false), "{}", refused.body);
    app.clock.advance(30);
    let code = world.code(&Ask::of("my-app")).await;
    assert_error(&world.redeem(&code).await, 400, "invalid_request");
    // The code was not used up by that.
    party.publish(&recipient.jwks("published"));
    app.clock.advance(31);
    let reply = world.redeem(&code).await;
    assert!(recipient.open(Tokens::of(reply).identity()).is_some());
});

both!(nobody_can_be_set_up_without_a_key, |app| async move {
    let world = World::open(&app).await;
    let signing = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "x": "AA", "y": "AA" }] });
    for (what, change) in [
        ("none", settings("ECDH-ES", "A128GCM")),
        ("for signatures", {
            let mut change = settings("ECDH-ES", "A128GCM");
            change["jwks"] = signing;
            change
        }),
        ("of another kind", with_keys("RSA-OAEP-256", "A128GCM", &Recipient::ec("P-256"))),
        ("unknown", settings("RSA1_5", "A128GCM")),
    ] {
        let file = world.library.clone().application("my-app", &change).file();
        let applied = match service::apply::parse(&file, "library.json") {
            Err(_) => continue,
            Ok(document) => {
                service::apply::apply(&app.ctx, &document, &service::apply::Options::default(), false).await
            }
        };
        assert!(applied.is_err(), "{what}");
    }
    // A public application may have one: it needs no secret for that.
    let recipient = Recipient::ec("P-256");
    let world = World::with(&app, |all| all.application("reader", &with_keys("ECDH-ES", "A256GCM", &recipient))).await;
    let code = world.code(&Ask::of("reader")).await;
    let fields = [&[("client_id", "reader")][..], &redemption(&code)].concat();
    let tokens = Tokens::of(app.post(&world.path("/connect/token"), &fields).await);
    assert!(recipient.open(tokens.identity()).is_some());
});

both!(applications_register_it_by_themselves, |app| async move {
    let world = World::with(&app, |all| all.subscription(&rules("open"))).await;
    let recipient = Recipient::rsa();
    let metadata = |more: &Value| {
        let mut metadata = json!({ "redirect_uris": [super::library::CALLBACK], "scope": "openid" });
        metadata["jwks"] = recipient.jwks("own");
        for (name, value) in more.as_object().expect("an object") {
            metadata[name] = value.clone();
        }
        metadata
    };
    let asked = json!({ "id_token_encrypted_response_alg": "RSA-OAEP-256" });
    let made = register(&world, None, &metadata(&asked)).await.expect(201).json();
    assert_eq!(
        (&made["id_token_encrypted_response_alg"], &made["id_token_encrypted_response_enc"]),
        (&json!("RSA-OAEP-256"), &json!("A128CBC-HS256")),
        "the default of OpenID Connect Dynamic Client Registration section 2"
    );
    assert!(made.get("userinfo_encrypted_response_alg").is_none());
    for wrong in [
        json!({ "id_token_encrypted_response_alg": "RSA1_5" }),
        json!({ "id_token_encrypted_response_alg": "ECDH-ES" }),
        json!({ "userinfo_encrypted_response_enc": "A128GCM" }),
        json!({ "userinfo_encrypted_response_alg": "RSA-OAEP-256", "userinfo_encrypted_response_enc": "A192GCM" }),
    ] {
        assert_error(&register(&world, None, &metadata(&wrong)).await, 400, "invalid_client_metadata");
    }
});

both!(a_secret_that_only_its_hash_is_known_of_is_replaced, |app| async move {
    let mut world = World::open(&app).await;
    world.change(|all| all.without_secret("my-app")).await;
    let (ctx, actor) = (&app.ctx, service::Actor::Cli);
    let id = world.application_id("my-app").await;
    let view = service::console::applications::get(ctx, &actor, world.slug(), &id).await.expect("there");
    let spec = model::spec::ApplicationSpec {
        id_token_encrypted_response_alg: Some(model::spec::EncryptionAlg::A256Kw),
        ..view.stored.spec
    };
    let saved = service::console::applications::update(ctx, &actor, world.slug(), &id, view.stored.version, spec).await;
    let secret = saved.expect("saved").secret.expect("a new one, shown once");
    let code = world.code(&Ask::of("my-app")).await;
    let reply = world.post_basic("/connect/token", ("my-app", &secret), &redemption(&code)).await;
    assert!(Recipient::Secret(secret).open(Tokens::of(reply).identity()).is_some());
});
