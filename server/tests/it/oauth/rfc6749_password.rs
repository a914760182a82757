//! The resource owner password credentials grant (RFC 6749 section 4.3), for an application that an administrator has
//! allowed it (docs/security.md 12, 55).

use model::PageRequest;
use serde_json::{Value, json};
use service::Actor;
use service::console::{AuditFilter, audit};

use super::disabling::set_user;
use super::library::PASSWORD;
use super::world::{Tokens, World, assert_error, payload};
use crate::support::{Reply, Setup, TestApp};

fn allowed() -> Value {
    json!({ "grant_types": ["authorization_code", "refresh_token", "password"] })
}

async fn open(app: &TestApp) -> World {
    World::with(app, |library| library.password("john").application("my-app", &allowed())).await
}

async fn ask(world: &World, username: &str, password: &str, more: &[(&str, &str)]) -> Reply {
    let fields = [("grant_type", "password"), ("username", username), ("password", password)];
    world.token(&[&fields[..], more].concat()).await
}

const OPENID: [(&str, &str); 1] = [("scope", "openid profile books")];

both!(a_password_gives_what_a_sign_in_gives, |app| async move {
    let world = open(&app).await;
    for name in ["john", "JOHN.DOE@email.com"] {
        let reply = ask(&world, name, PASSWORD, &OPENID).await;
        assert!(reply.header("cache-control").contains("no-store"));
        let tokens = Tokens::of(reply);
        let (access, identity) = (payload(tokens.access()), payload(tokens.identity()));
        assert_eq!((&identity["sub"], &identity["amr"]), (&json!(world.user_id("john").await), &json!(["pwd"])));
        assert_eq!((&identity["auth_time"], &identity["given_name"]), (&json!(app.clock.now()), &json!("John")));
        // Nobody has a session in a browser by that.
        assert!(identity.get("sid").is_none());
        assert_eq!((&access["aud"], &access["client_id"]), (&json!("library-api"), &json!("my-app")));
        world.userinfo(tokens.access()).await.expect(200);
        let next = Tokens::of(world.refresh(tokens.refresh()).await);
        world.assert_alive(next.access(), true).await;
    }
});

both!(whatever_is_wrong_sounds_the_same, |app| async move {
    let world = open(&app).await;
    let wrong = ask(&world, "john", "a wrong quiet river", &OPENID).await;
    assert_error(&wrong, 400, "invalid_grant");
    let beside = World::with(&app, |library| library.named("beside").password("mary")).await;
    assert_eq!(beside.slug(), "beside");
    // Unknown, without a password here, too long.
    let long = "a".repeat(5_000);
    for (name, password) in [("nobody", PASSWORD), ("mary", PASSWORD), (&long, PASSWORD), ("john", &long)] {
        assert_eq!(ask(&world, name, password, &OPENID).await.body, wrong.body, "{name}");
    }
    set_user(&world, "john", true).await;
    assert_eq!(ask(&world, "john", PASSWORD, &OPENID).await.body, wrong.body);
});

both!(only_where_it_is_switched_on_and_for_what_is_allowed, |app| async move {
    let mut world = World::with(&app, |library| library.password("john")).await;
    assert_error(&ask(&world, "john", PASSWORD, &OPENID).await, 400, "unauthorized_client");
    let metadata = async |world: &World| app.get(&world.path("/.well-known/openid-configuration")).await.expect(200);
    assert!(!metadata(&world).await.body.contains("\"password\""));
    world.change(|library| library.application("my-app", &allowed())).await;
    assert!(metadata(&world).await.json()["grant_types_supported"].to_string().contains("\"password\""));
    for (scope, error) in [("openid invented", "invalid_scope"), ("", "invalid_scope")] {
        assert_error(&ask(&world, "john", PASSWORD, &[("scope", scope)]).await, 400, error);
    }
    let detail = [("scope", "openid"), ("authorization_details", "[{\"type\":\"x\"}]")];
    assert_error(&ask(&world, "john", PASSWORD, &detail).await, 400, "invalid_authorization_details");
    for fields in [&[("username", "john")][..], &[("password", PASSWORD)]] {
        let fields = [&[("grant_type", "password"), ("scope", "openid")], fields].concat();
        assert_error(&world.token(&fields).await, 400, "invalid_request");
    }
    // A public application cannot be given it.
    let file = world.library.clone().application("reader", &json!({ "grant_types": ["password"] })).file();
    let document = service::apply::parse(&file, "library.json").expect("an apply file");
    let refused = service::apply::apply(&app.ctx, &document, &service::apply::Options::default(), false).await;
    assert!(refused.is_err(), "{refused:?}");
});

both!(nobody_can_be_asked_here, |app| async move {
    let consent = json!({ "require_consent": true, "grant_types": ["password"] });
    let required = json!({ "required_claims": [{ "claim": "library_card" }], "grant_types": ["password"] });
    let world = World::with(&app, |library| {
        library.password("john").password("mary").application("my-app", &consent).application("museum", &required)
    })
    .await;
    assert_error(&ask(&world, "john", PASSWORD, &OPENID).await, 400, "invalid_grant");
    let fields = |name: &'static str| {
        [("grant_type", "password"), ("username", name), ("password", PASSWORD), ("scope", "openid")]
    };
    let museum = ("museum", super::library::MUSEUM_SECRET);
    world.post_basic("/connect/token", museum, &fields("john")).await.expect(200);
    let reply = world.post_basic("/connect/token", museum, &fields("mary")).await;
    assert_error(&reply, 400, "invalid_grant");
    assert!(reply.body.contains("library_card"), "{}", reply.body);
});

both!(it_is_for_one_api_where_one_is_named, |app| async move {
    let (library, museum) = ("https://api.library.example/v1", "https://museum.example/mcp");
    let world = World::with(&app, |all| {
        all.password("john")
            .application("my-app", &allowed())
            .connection("library-api", &json!({ "resource": library }))
            .connection("museum-api", &json!({ "resource": museum }))
    })
    .await;
    let fields = [("scope", "openid books museum-api"), ("resource", museum)];
    let tokens = Tokens::of(ask(&world, "john", PASSWORD, &fields).await);
    assert_eq!((&payload(tokens.access())["aud"], &tokens.0["scope"]), (&json!(museum), &json!("openid museum-api")));
    // What was agreed to is all of it: the next token may be for the other.
    let other = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh()), ("resource", library)];
    assert_eq!(payload(Tokens::of(world.token(&other).await).access())["aud"], library);
    let unknown = [("scope", "openid books"), ("resource", "https://unknown.example")];
    assert_error(&ask(&world, "john", PASSWORD, &unknown).await, 400, "invalid_target");
});

fn three() -> Setup {
    Setup::default().with(|given| given.sign_in_failures_per_user = Some("3".into()))
}

both!(it_is_no_second_way_of_guessing, three(), |app| async move {
    let world = open(&app).await;
    let page = async |password: &str| {
        let fields = [("username", "john"), ("password", password)];
        app.browser().post(&world.path("/login"), &fields).await
    };
    page("a wrong quiet river").await.expect(422);
    ask(&world, "john.doe@email.com", "a wrong quiet river", &OPENID).await.expect(400);
    page("a wrong quiet river").await;
    // Neither way has any more, whatever is right.
    let pause = ask(&world, "john", PASSWORD, &OPENID).await.expect(429);
    assert!(pause.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    page(PASSWORD).await.expect(429);
});

both!(the_log_says_who_and_how_and_no_password, |app| async move {
    let world = open(&app).await;
    ask(&world, "john", PASSWORD, &OPENID).await.expect(200);
    ask(&world, "john", "a wrong quiet river", &OPENID).await.expect(400);
    let (every, all) = (AuditFilter::default(), PageRequest::default());
    let log = audit::find(&app.ctx, &Actor::Cli, world.slug(), &every, &all).await.expect("the log").items;
    let said = format!("{log:?}");
    for kind in ["sign_in", "sign_in_failed", "token_refused"] {
        assert!(log.iter().any(|row| row.action == kind), "{kind}: {said}");
    }
    assert!(!said.contains(PASSWORD) && !said.contains("wrong quiet river"), "{said}");
});
