//! Resource indicators (RFC 8707): tokens for some of the APIs that a user or an administrator allowed.

use serde_json::{Value, json};

use super::ask::{Answer, Ask};
use super::library::{API_SECRET, Library, MUSEUM_API_SECRET};
use super::world::{Tokens, World, assert_error, payload, redemption};
use crate::support::TestApp;

const LIBRARY: &str = "https://api.library.example/v1";
const MUSEUM: &str = "https://museum.example/mcp";

/// Both APIs have a resource indicator.
async fn aimed(app: &TestApp) -> World {
    World::with(app, with_resources).await
}

fn with_resources(library: Library) -> Library {
    library
        .connection("library-api", &json!({ "resource": LIBRARY }))
        .connection("museum-api", &json!({ "resource": MUSEUM }))
}

fn ask() -> Ask {
    Ask::of("my-app").with("scope", "openid books museum-api")
}

/// What a token says, and what each API is told of it.
async fn seen(world: &World, tokens: &Tokens) -> (Value, Value, Value) {
    let ask = async |own: (&str, &str)| {
        let fields = [("token", tokens.access())];
        world.post_basic("/connect/introspect", own, &fields).await.expect(200).json()
    };
    let library = ask(("library-api", API_SECRET)).await;
    let museum = ask(("museum-api", MUSEUM_API_SECRET)).await;
    (payload(tokens.access()), library, museum)
}

both!(a_grant_for_one_api_gives_tokens_for_no_other, |app| async move {
    let world = aimed(&app).await;
    let code = world.code(&ask().and("resource", MUSEUM)).await;
    let tokens = Tokens::of(world.redeem(&code).await);
    assert_eq!(tokens.0["scope"], "openid museum-api");
    let (token, library, museum) = seen(&world, &tokens).await;
    assert_eq!((&token["aud"], &token["scope"]), (&json!(MUSEUM), &json!("openid museum-api")));
    assert_eq!(library["active"], false);
    assert_eq!(
        (&museum["active"], &museum["aud"], &museum["scope"]),
        (&json!(true), &json!(MUSEUM), &json!("museum-api"))
    );
    // Nor does a refresh, whatever it asks for.
    let other = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh()), ("resource", LIBRARY)];
    assert_error(&world.token(&other).await, 400, "invalid_target");
    let next = Tokens::of(world.refresh(tokens.refresh()).await);
    assert_eq!(payload(next.access())["aud"], MUSEUM);
    world.userinfo(next.access()).await.expect(200);
});

both!(tokens_of_one_grant_are_for_one_api_each, |app| async move {
    let world = aimed(&app).await;
    let code = world.code(&ask().and("resource", MUSEUM).and("resource", LIBRARY)).await;
    let fields = [&redemption(&code)[..], &[("resource", LIBRARY)]].concat();
    let first = Tokens::of(world.token(&fields).await);
    assert_eq!((&payload(first.access())["aud"], &first.0["scope"]), (&json!(LIBRARY), &json!("openid books")));
    let fields = [("grant_type", "refresh_token"), ("refresh_token", first.refresh()), ("resource", MUSEUM)];
    let second = Tokens::of(world.token(&fields).await);
    assert_eq!((&payload(second.access())["aud"], &second.0["scope"]), (&json!(MUSEUM), &json!("openid museum-api")));
    let third = Tokens::of(world.refresh(second.refresh()).await);
    assert_eq!(payload(third.access())["aud"], json!([MUSEUM, LIBRARY]));
    // The parameter may repeat, and no other may.
    let both = [("grant_type", "client_credentials"), ("resource", MUSEUM), ("resource", LIBRARY)];
    let own = world.token(&both).await.expect(200).json();
    assert_eq!(payload(own["access_token"].as_str().expect("a token"))["aud"], json!([MUSEUM, LIBRARY]));
});

both!(without_it_names_are_the_audience, |app| async move {
    let world = aimed(&app).await;
    let tokens = Tokens::of(world.redeem(&world.code(&ask()).await).await);
    let (token, library, museum) = seen(&world, &tokens).await;
    assert_eq!(token["aud"], json!(["library-api", "museum-api"]));
    assert_eq!((&library["aud"], &museum["aud"]), (&json!("library-api"), &json!("museum-api")));
});

both!(what_is_no_target_is_told, |app| async move {
    let world = aimed(&app).await;
    let beside = World::with(&app, |library| library.named("bare")).await;
    let mut john = world.signed_in("john").await;
    for resource in ["https://unknown.example", "museum-api", "https://museum.example/MCP"] {
        let answer = world.ask(&mut john, &ask().and("resource", resource)).await;
        assert_eq!((answer.get("error"), answer.get("state")), ("invalid_target", "the state"), "{resource}");
        let pushed = world.post("/connect/par", &ask().without("client_id").and("resource", resource).fields()).await;
        assert_error(&pushed, 400, "invalid_target");
        let own = [("grant_type", "client_credentials"), ("resource", resource)];
        assert_error(&world.token(&own).await, 400, "invalid_target");
    }
    // One of which nothing was asked for, or that the application may not ask for; and another subscription's.
    let answer = world.ask(&mut john, &ask().with("scope", "openid books").and("resource", MUSEUM)).await;
    assert_eq!(answer.get("error"), "invalid_target");
    let reader = Ask::of("reader").with("scope", "openid books museum-api").and("resource", MUSEUM);
    assert_eq!(world.ask(&mut john, &reader).await.get("error"), "invalid_target");
    let elsewhere = beside.signed_in("john").await.get(&beside.authorize(&ask().and("resource", MUSEUM))).await;
    assert_eq!(Answer::of(&elsewhere).get("error"), "invalid_target");
});

both!(an_indicator_that_changes_ends_what_was_for_it, |app| async move {
    let mut world = aimed(&app).await;
    let tokens = Tokens::of(world.redeem(&world.code(&ask().and("resource", MUSEUM)).await).await);
    world.change(|library| library.connection("museum-api", &json!({ "resource": "https://museum.example/v2" }))).await;
    let (_, library, museum) = seen(&world, &tokens).await;
    assert_eq!((&library["active"], &museum["active"]), (&json!(false), &json!(false)));
    // The next one of the grant is for nobody, since nobody has that name.
    let next = Tokens::of(world.refresh(tokens.refresh()).await);
    assert_eq!((&next.0["scope"], &payload(next.access())["aud"]), (&json!("openid"), &json!(world.issuer())));
});

both!(an_exchange_names_its_target_by_either_name, |app| async move {
    let exchanging = json!({
        "grant_types": ["authorization_code", "urn:ietf:params:oauth:grant-type:token-exchange"],
        "exchange_targets": ["museum-api"],
    });
    let world = World::with(&app, |library| with_resources(library).application("my-app", &exchanging)).await;
    let code = world.code(&ask()).await;
    let token = world.redeem(&code).await.expect(200).json()["access_token"].as_str().expect("a token").to_owned();
    let exchange = async |name: &str, target: &str| {
        let fields = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", token.as_str()),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            (name, target),
        ];
        world.token(&fields).await
    };
    for (name, target) in [("audience", "museum-api"), ("resource", MUSEUM)] {
        let answer = exchange(name, target).await.expect(200).json();
        let answer = payload(answer["access_token"].as_str().expect("a token"));
        assert_eq!((&answer["aud"], &answer["scope"]), (&json!(target), &json!("museum-api")));
    }
    assert_error(&exchange("resource", LIBRARY).await, 400, "invalid_target");
});

both!(its_configuration_comes_back, |app| async move {
    let world = aimed(&app).await;
    let ctx = &app.ctx;
    let exported = service::apply::export(ctx, Some(world.slug()), false).await.expect("exported");
    let text = serde_json::to_string(&exported).expect("JSON");
    assert!(text.contains(LIBRARY), "{text}");
    let read = service::apply::parse(&text, "export.json").expect("its own format");
    let options = service::apply::Options::default();
    let plan = service::apply::plan(ctx, &read, &options).await.expect("a plan");
    assert!(plan.is_empty(), "{plan:?}");
    // Two of one indicator, and one that is somebody's name.
    for resource in [LIBRARY, "my-app", "no uri"] {
        let twice = world.library.clone().connection("museum-api", &json!({ "resource": resource })).file();
        let read = service::apply::parse(&twice, "twice.json").expect("reads");
        service::apply::plan(ctx, &read, &options).await.expect_err("refused");
    }
});
