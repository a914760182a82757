//! Pairwise subject identifiers (OpenID Connect Core section 8).

use serde_json::{Value, json};
use service::logouts::deliver_due;

use super::ask::{Answer, Ask};
use super::library::{BYE, CALLBACK, MUSEUM_SECRET};
use super::rfc7591_registration::{register, rules};
use super::world::{Tokens, World, assert_error, payload, redemption};
use crate::support::TestApp;
use crate::support::app::encode;
use crate::support::party::Party;

fn pairwise() -> Value {
    json!({ "subject_type": "pairwise", "access_token_format": "reference" })
}

async fn open(app: &TestApp) -> World {
    World::with(app, |library| library.application("my-app", &pairwise())).await
}

async fn sub_at(world: &World, who: (&str, &str), person: &str) -> String {
    let code = world.ask(&mut world.signed_in(person).await, &Ask::of(who.0)).await.code();
    let fields = redemption(&code);
    let tokens = Tokens::of(world.post_basic("/connect/token", who, &fields).await);
    let sub = payload(tokens.identity())["sub"].as_str().expect("a sub").to_owned();
    assert_eq!(world.userinfo(tokens.access()).await.expect(200).json()["sub"], sub.as_str());
    sub
}

const MY_APP: (&str, &str) = ("my-app", super::library::SECRET);
const MUSEUM: (&str, &str) = ("museum", MUSEUM_SECRET);

both!(each_sector_knows_users_by_names_of_its_own, |app| async move {
    let mut world = open(&app).await;
    let (john, mary) = (sub_at(&world, MY_APP, "john").await, sub_at(&world, MY_APP, "mary").await);
    let id = world.user_id("john").await;
    assert!(john != mary && john != id && john.len() <= 255 && john.is_ascii());
    // The same each time, at every node and after a restart.
    assert_eq!(sub_at(&world.at(&app.beside().await), MY_APP, "john").await, john);
    // Public for who did not ask; the same in the same sector; another in another.
    assert_eq!(sub_at(&world, MUSEUM, "john").await, id);
    world.change(|library| library.application("museum", &pairwise())).await;
    assert_eq!(sub_at(&world, MUSEUM, "john").await, john);
    let beside = World::with(&app, |library| library.named("beside").application("my-app", &pairwise())).await;
    assert_ne!(sub_at(&beside, MY_APP, "john").await, john);
});

both!(no_token_tells_the_other_name, |app| async move {
    let grant = "urn:ietf:params:oauth:grant-type:token-exchange";
    let mut settings = pairwise();
    settings["grant_types"] = json!(["authorization_code", "refresh_token", grant]);
    settings["exchange_targets"] = json!(["museum", "library-api"]);
    let world = World::with(&app, |library| library.application("my-app", &settings)).await;
    let tokens = world.tokens().await;
    let id = world.user_id("john").await;
    assert!(!tokens.0.to_string().contains(&id) && !payload(tokens.identity()).to_string().contains(&id));
    // An API is the operator's own: it knows the user as all of them do.
    assert_eq!(world.introspect(tokens.access()).await["sub"], id.as_str());
    let exchange = async |target: &str| {
        let fields = [
            ("grant_type", grant),
            ("subject_token", tokens.access()),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("audience", target),
        ];
        world.token(&fields).await
    };
    assert_error(&exchange("museum").await, 400, "invalid_target");
    let at_api = Tokens::of(exchange("library-api").await);
    assert_eq!(world.introspect(at_api.access()).await["sub"], id.as_str());
    let refreshed = Tokens::of(world.refresh(tokens.refresh()).await);
    assert_eq!(payload(refreshed.identity())["sub"], payload(tokens.identity())["sub"]);
});

both!(so_it_is_with_sessions, |app| async move {
    let party = Party::answering(&[]).await;
    let told = |page: &str| {
        let mut settings = pairwise();
        settings["backchannel_logout_uri"] = json!(party.url(&format!("/{page}")));
        settings["backchannel_logout_session_required"] = json!(true);
        settings["frontchannel_logout_uri"] = json!(format!("https://library.example/{page}"));
        settings["frontchannel_logout_session_required"] = json!(true);
        settings
    };
    let mut elsewhere = told("museum");
    elsewhere["sector_identifier_uri"] = json!("https://museum.example/uris.json");
    let world =
        World::with(&app, |library| library.application("my-app", &told("my-app")).application("museum", &elsewhere));
    let world = world.await;
    let mut john = world.signed_in("john").await;
    let mut known = Vec::new();
    for who in [MY_APP, MUSEUM] {
        let code = world.ask(&mut john, &Ask::of(who.0)).await.code();
        let tokens = Tokens::of(world.post_basic("/connect/token", who, &redemption(&code)).await);
        let said = payload(tokens.identity());
        known.push((said["sub"].clone(), said["sid"].as_str().expect("a sid").to_owned()));
    }
    // Nothing that both got is the same, and neither got what a third one is told.
    assert!(known[0].0 != known[1].0 && known[0].1 != known[1].1);
    let code = world.ask(&mut john, &Ask::of("reader")).await.code();
    let fields = [&[("client_id", "reader")][..], &redemption(&code)].concat();
    let reader = Tokens::of(app.post(&world.path("/connect/token"), &fields).await);
    let public = payload(reader.identity())["sid"].as_str().expect("a sid").to_owned();
    assert!(known.iter().all(|(_, sid)| *sid != public));
    // Each is told of the end by the names it knows.
    let page = john.open(&world.path("/sign-out")).await.expect(200);
    assert!(page.body.contains("<form"));
    let page = john.submit(&world.path("/sign-out"), &[]).await.expect(200);
    assert_eq!(deliver_due(&app.ctx).await.expect("sends"), 2);
    let heard = party.received();
    for (name, (sub, sid)) in ["my-app", "museum"].into_iter().zip(&known) {
        let frame = encode(&[("iss", world.issuer().as_str()), ("sid", sid)]).replace('&', "&amp;");
        assert!(page.body.contains(&format!("https://library.example/{name}?{frame}")), "{}", page.body);
        let nth = heard.iter().position(|(path, ..)| *path == format!("/{name}")).expect("told");
        let said = payload(&party.forms("logout_token")[nth]);
        assert_eq!((&said["sub"], &said["sid"]), (sub, &json!(sid)));
    }
    assert!(!page.body.contains(&public));
});

both!(what_comes_back_is_read_by_the_same_name, |app| async move {
    let world = open(&app).await;
    let tokens = world.tokens().await;
    let mut john = world.signed_in("john").await;
    let hinted = Ask::of("my-app").with("prompt", "none").with("id_token_hint", tokens.identity());
    Answer::of(&john.get(&world.authorize(&hinted)).await).code();
    let mut mary = world.signed_in("mary").await;
    assert_eq!(Answer::of(&mary.get(&world.authorize(&hinted)).await).get("error"), "login_required");
    let named = |sub: &str| {
        let claims = json!({ "id_token": { "sub": { "value": sub } } }).to_string();
        Ask::of("my-app").with("prompt", "none").with("claims", &claims)
    };
    let own = payload(tokens.identity())["sub"].as_str().expect("a sub").to_owned();
    Answer::of(&john.get(&world.authorize(&named(&own))).await).code();
    let other = world.user_id("john").await;
    assert_eq!(Answer::of(&john.get(&world.authorize(&named(&other))).await).get("error"), "login_required");
    // Signing out with a hint of this session needs no question.
    let mine = Tokens::of(world.redeem(&world.ask(&mut john, &Ask::of("my-app")).await.code()).await);
    let end = encode(&[("id_token_hint", mine.identity()), ("post_logout_redirect_uri", BYE)]);
    let reply = john.open(&world.path(&format!("/connect/endsession?{end}"))).await.expect(303);
    assert_eq!(reply.header("location"), BYE);
    assert_eq!(Answer::of(&john.get(&world.authorize(&hinted)).await).get("error"), "login_required");
});

both!(the_sector_says_which_redirect_uris_are_its_own, |app| async move {
    let world = World::with(&app, |library| library.subscription(&rules("open"))).await;
    let party = Party::answering(&[]).await;
    let metadata = |uris: &[&str]| {
        json!({
            "redirect_uris": uris, "subject_type": "pairwise", "scope": "openid",
            "sector_identifier_uri": party.url("/uris.json"),
        })
    };
    party.publish(&json!([CALLBACK, "https://other.example/callback"]));
    let both = metadata(&[CALLBACK, "https://other.example/callback"]);
    let made = register(&world, None, &both).await.expect(201).json();
    assert_eq!((&made["subject_type"], made["sector_identifier_uri"].is_string()), (&json!("pairwise"), true));
    for (published, uris) in [
        (json!([CALLBACK]), [CALLBACK, "https://other.example/callback"]),
        (json!({ "uris": [CALLBACK] }), [CALLBACK, CALLBACK]),
    ] {
        party.publish(&published);
        let reply = register(&world, None, &metadata(&uris[..])).await;
        assert_error(&reply, 400, "invalid_client_metadata");
    }
    // Several hosts without one who vouches for them.
    let mut alone = metadata(&[CALLBACK, "https://other.example/callback"]);
    alone.as_object_mut().expect("an object").remove("sector_identifier_uri");
    assert_error(&register(&world, None, &alone).await, 400, "invalid_client_metadata");
});
