//! Rich authorization requests (RFC 9396): asked for in objects, agreed to each time, and told to the API they are for.

mod tokens;

use serde_json::{Value, json};

use super::ask::{Answer, Ask};
use super::library::{API_SECRET, Library, MUSEUM_API_SECRET};
use super::world::{Tokens, World, assert_error, payload};
use crate::support::{Browser, Reply, TestApp};

const LIBRARY: &str = "https://api.library.example/v1";
const MUSEUM: &str = "https://museum.example/mcp";
const LOAN: &str = r#"{ "type": "loan", "actions": ["borrow", "renew"], "book": "Moby Dick", "days": 14 }"#;
const VISIT: &str = r#"{ "type": "visit", "guests": { "adults": 2 } }"#;

/// Both APIs define a type, and `my-app` may ask for them.
fn detailed(library: Library) -> Library {
    let loan = json!({
        "type": "loan", "display_name": "Borrow a book", "description": "You answer for the book.",
        "actions": ["borrow", "renew"], "locations": ["https://branch.example/"],
        "fields": [
            { "name": "book", "display_name": "Title", "kind": "string", "required": true },
            { "name": "days", "kind": "number" },
        ],
    });
    let visit = json!({
        "type": "visit", "display_name": "Visit the museum",
        "fields": [{ "name": "guests", "kind": "object", "required": true }],
    });
    library
        .connection("library-api", &json!({ "resource": LIBRARY, "authorization_details_types": [loan] }))
        .connection("museum-api", &json!({ "resource": MUSEUM, "authorization_details_types": [visit] }))
        .application("my-app", &json!({ "allowed_authorization_details_types": ["loan", "visit"] }))
}

async fn world(app: &TestApp) -> World {
    World::with(app, detailed).await
}

fn list(details: &[&str]) -> String {
    format!("[{}]", details.join(", "))
}

fn ask(details: &[&str]) -> Ask {
    Ask::of("my-app").with("scope", "openid").and("authorization_details", &list(details))
}

/// The consent page of a request.
async fn asked(browser: &mut Browser, path: &str) -> String {
    let page = browser.open(path).await.expect(200).body;
    assert!(browser.here.contains("/consent?i="), "{}", browser.here);
    page
}

async fn decide(browser: &mut Browser, decision: &str) -> Reply {
    let here = browser.here.clone();
    browser.submit(&here, &[("decision", decision)]).await
}

/// A code for `john`, who agrees.
async fn code(world: &World, ask: &Ask) -> String {
    let mut john = world.signed_in("john").await;
    asked(&mut john, &world.authorize(ask)).await;
    Answer::of(&decide(&mut john, "allow").await).code()
}

fn value(details: &[&str]) -> Value {
    serde_json::from_str(&list(details)).expect("JSON")
}

/// What each API is told of a token.
async fn told(world: &World, token: &str) -> (Value, Value) {
    let ask = async |own: (&str, &str)| {
        world.post_basic("/connect/introspect", own, &[("token", token)]).await.expect(200).json()
    };
    (ask(("library-api", API_SECRET)).await, ask(("museum-api", MUSEUM_API_SECRET)).await)
}

both!(what_was_agreed_to_is_in_the_tokens_and_each_api_sees_its_own, |app| async move {
    for format in ["jwt", "reference"] {
        let world = World::with(&app, |library| {
            let format = json!({ "access_token_format": format });
            detailed(library)
                .named(&format!("in-{}", format["access_token_format"].as_str().expect("text")))
                .application("my-app", &format)
        });
        let world = world.await;
        let code = code(&world, &ask(&[LOAN, VISIT])).await;
        let tokens = Tokens::of(world.redeem(&code).await);
        assert_eq!(tokens.0["authorization_details"], value(&[LOAN, VISIT]));
        if format == "jwt" {
            let token = payload(tokens.access());
            assert_eq!(token["authorization_details"], value(&[LOAN, VISIT]));
            assert_eq!(token["aud"], json!(["library-api", "museum-api"]));
        }
        let (library, museum) = told(&world, tokens.access()).await;
        assert_eq!(library["authorization_details"], value(&[LOAN]), "{format}: {library}");
        assert_eq!(museum["authorization_details"], value(&[VISIT]), "{format}: {museum}");
    }
});

both!(the_page_shows_every_value_and_asks_each_time, |app| async move {
    let world = world(&app).await;
    let mut john = world.signed_in("john").await;
    for _ in 0..2 {
        let page = asked(&mut john, &world.authorize(&ask(&[LOAN, VISIT]))).await;
        for text in [
            "Borrow a book",
            "You answer for the book.",
            "borrow, renew",
            "Title",
            "Moby Dick",
            "14",
            "adults",
            "Museum",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        Answer::of(&decide(&mut john, "allow").await).code();
    }
    // Nor can it be had without a page, and no is no.
    let silent = ask(&[LOAN]).and("prompt", "none");
    assert_eq!(world.ask(&mut john, &silent).await.get("error"), "consent_required");
    asked(&mut john, &world.authorize(&ask(&[LOAN]))).await;
    let answer = Answer::of(&decide(&mut john, "deny").await);
    assert_eq!((answer.get("error"), answer.get("code")), ("access_denied", ""));
    // Scopes alone are not asked about by this application, as before.
    world.ask(&mut john, &Ask::of("my-app")).await.code();
});

both!(values_are_text_on_the_page_and_long_ones_are_folded, |app| async move {
    let world = world(&app).await;
    let mut john = world.signed_in("john").await;
    let evil = r#"{ "type": "loan", "book": "<script>alert(1)</script><img src=x onerror=alert(2)>" }"#;
    let page = asked(&mut john, &world.authorize(&ask(&[evil]))).await;
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"), "{page}");
    assert!(!page.contains("<img src=x"), "{page}");
    let nested = r#"{ "type": "visit", "guests": { "<b>who</b>": "\"><i>me</i>" } }"#;
    let page = asked(&mut john, &world.authorize(&ask(&[nested]))).await;
    assert!(!page.contains("<b>who") && !page.contains("<i>me"), "{page}");
    let long = format!(r#"{{ "type": "loan", "book": "{}" }}"#, "a".repeat(900));
    let page = asked(&mut john, &world.authorize(&ask(&[&long]))).await;
    assert!(page.contains(&"a".repeat(900)) && page.contains(&format!("<summary>{}…", "a".repeat(200))), "{page}");
    let forged = r#"{ "type": "loan", "book": "\u202Ekcid yboM" }"#;
    assert_eq!(world.ask(&mut john, &ask(&[forged])).await.get("error"), "invalid_authorization_details");
});

// Section 5.
both!(what_does_not_conform_is_refused, |app| async move {
    let world = world(&app).await;
    let beside = World::with(&app, |library| library.named("bare")).await;
    let mut john = world.signed_in("john").await;
    let many = list(&[LOAN; 21]);
    let long = format!(r#"[{{ "type": "loan", "book": "{}" }}]"#, "a".repeat(8 * 1024));
    let deep = format!(r#"[{{ "type": "visit", "guests": {}1{} }}]"#, "{\"a\":".repeat(8), "}".repeat(8));
    for bad in [
        "{}",
        "loan",
        "[1]",
        r#"[{ "book": "a" }]"#,
        r#"[{ "type": 1, "book": "a" }]"#,
        r#"[{ "type": "unknown" }]"#,
        r#"[{ "type": "LOAN", "book": "a" }]"#,
        r#"[{ "type": "loan" }]"#,
        r#"[{ "type": "loan", "book": 1 }]"#,
        r#"[{ "type": "loan", "book": "a", "days": "14" }]"#,
        r#"[{ "type": "loan", "book": "a", "colour": "red" }]"#,
        r#"[{ "type": "loan", "book": "a", "actions": ["burn"] }]"#,
        r#"[{ "type": "loan", "book": "a", "actions": [] }]"#,
        r#"[{ "type": "loan", "book": "a", "actions": "borrow" }]"#,
        r#"[{ "type": "loan", "book": "a", "datatypes": ["x"] }]"#,
        r#"[{ "type": "loan", "book": "a", "locations": ["https://elsewhere.example/"] }]"#,
        many.as_str(),
        long.as_str(),
        deep.as_str(),
    ] {
        let request = Ask::of("my-app").and("authorization_details", bad);
        let answer = world.ask(&mut john, &request).await;
        assert_eq!(answer.get("error"), "invalid_authorization_details", "{bad}");
        assert_eq!((answer.get("state"), answer.get("code")), ("the state", ""));
        let pushed = world.post("/connect/par", &request.without("client_id").fields()).await;
        assert_error(&pushed, 400, "invalid_authorization_details");
        let own = [("grant_type", "client_credentials"), ("authorization_details", bad)];
        assert_error(&world.token(&own).await, 400, "invalid_authorization_details");
    }
    // What an application may not ask for, and what another subscription defines.
    let museum = Ask::of("museum").with("scope", "openid").and("authorization_details", &list(&[LOAN]));
    assert_eq!(world.ask(&mut john, &museum).await.get("error"), "invalid_authorization_details");
    let elsewhere = beside.signed_in("john").await.get(&beside.authorize(&ask(&[LOAN]))).await;
    assert_eq!(Answer::of(&elsewhere).get("error"), "invalid_authorization_details");
    let twice = ask(&[LOAN]).and("authorization_details", &list(&[VISIT]));
    assert_eq!(world.ask(&mut john, &twice).await.get("error"), "invalid_request");
    // The connection's own indicator and the listed location are good.
    let good = format!(r#"{{ "type": "loan", "book": "a", "locations": ["{LIBRARY}", "https://branch.example/"] }}"#);
    asked(&mut john, &world.authorize(&ask(&[&good]))).await;
});

both!(details_can_be_all_that_is_asked_for, |app| async move {
    let world = world(&app).await;
    let alone = ask(&[LOAN]).without("scope");
    let tokens = world.redeem(&code(&world, &alone).await).await.expect(200).json();
    assert_eq!((&tokens["scope"], &tokens["id_token"]), (&Value::Null, &Value::Null));
    let token = tokens["access_token"].as_str().expect("a token");
    assert_eq!((&payload(token)["aud"], &payload(token)["scope"]), (&json!("library-api"), &Value::Null));
    let (library, museum) = told(&world, token).await;
    assert_eq!((&library["active"], &library["scope"]), (&json!(true), &json!("")));
    assert_eq!(museum["active"], false);
    let none = Ask::of("my-app").without("scope").and("authorization_details", "[]");
    assert_eq!(world.ask(&mut world.signed_in("john").await, &none).await.get("error"), "invalid_scope");
});

// Section 10.
both!(metadata_lists_the_types_that_there_are, |app| async move {
    let world = world(&app).await;
    let bare = World::with(&app, |library| library.named("bare")).await;
    let metadata = async |world: &World| app.get(&world.path("/.well-known/openid-configuration")).await.json();
    assert_eq!(metadata(&world).await["authorization_details_types_supported"], json!(["loan", "visit"]));
    assert_eq!(metadata(&bare).await["authorization_details_types_supported"], Value::Null);
});

both!(who_registers_itself_is_given_no_type, |app| async move {
    let on = json!({ "client_registration": { "mode": "open" } });
    let world = World::with(&app, |library| detailed(library).subscription(&on)).await;
    let register = async |types: Value| {
        let body = json!({ "redirect_uris": ["https://new.example/callback"], "authorization_details_types": types });
        let request = axum::extract::Request::post(world.path("/connect/register"))
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body.to_string()));
        app.send(request.expect("a request")).await
    };
    assert_error(&register(json!(["loan"])).await, 400, "invalid_client_metadata");
    let answer = register(json!([])).await.expect(201).json();
    assert_eq!(answer["authorization_details_types"], Value::Null);
});

both!(their_configuration_comes_back_and_is_checked, |app| async move {
    let world = world(&app).await;
    let ctx = &app.ctx;
    let exported = service::apply::export(ctx, Some(world.slug()), false).await.expect("exported");
    let text = serde_json::to_string(&exported).expect("JSON");
    assert!(text.contains("Borrow a book") && text.contains("allowed_authorization_details_types"), "{text}");
    let options = service::apply::Options::default();
    let plan = async |text: &str| {
        let read = service::apply::parse(text, "file.json").expect("reads");
        service::apply::plan(ctx, &read, &options).await
    };
    assert!(plan(&text).await.expect("a plan").is_empty());
    let library = || world.library.clone();
    let refused = [
        // A type that nobody defines, one that two define, and one that is taken away from who may ask for it.
        library().application("my-app", &json!({ "allowed_authorization_details_types": ["nothing"] })),
        library().connection(
            "museum-api",
            &json!({ "authorization_details_types": [{ "type": "loan", "display_name": "Loan" }] }),
        ),
        library().connection("museum-api", &json!({ "authorization_details_types": [] })),
    ];
    for library in refused {
        plan(&library.file()).await.expect_err("refused");
    }
});
