//! Rich authorization requests (RFC 9396): asked for in objects, agreed to each time, and told to the API they are for.

use serde_json::{Value, json};

use super::ask::{Answer, Ask};
use super::library::{API_SECRET, Library, MUSEUM_API_SECRET};
use super::signer::Signer;
use super::world::{Tokens, World, assert_error, payload, redemption};
use crate::support::app::{NOW, encode};
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

// Sections 6 and 6.1.
both!(a_token_request_asks_for_less_and_never_for_more, |app| async move {
    let world = world(&app).await;
    let less = list(&[r#"{ "type": "loan", "actions": ["borrow"], "book": "Moby Dick", "days": 14 }"#]);
    let with = |details: &str| -> Vec<(String, String)> { vec![("authorization_details".into(), details.into())] };
    let redeem = async |code: &str, details: &str| {
        let more = with(details);
        let more = more.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        world.token(&redemption(code).into_iter().chain(more).collect::<Vec<_>>()).await
    };
    let first = Tokens::of(redeem(&code(&world, &ask(&[LOAN, VISIT])).await, &less).await);
    assert_eq!(first.0["authorization_details"], serde_json::from_str::<Value>(&less).expect("JSON"));
    assert_eq!(payload(first.access())["aud"], "library-api");
    let refresh = async |token: &str, details: &str| {
        let own = [("grant_type", "refresh_token"), ("refresh_token", token), ("authorization_details", details)];
        world.token(&own).await
    };
    // The grant holds all of it still.
    let second = Tokens::of(refresh(first.refresh(), &list(&[VISIT])).await);
    assert_eq!(second.0["authorization_details"], value(&[VISIT]));
    let third = Tokens::of(world.refresh(second.refresh()).await);
    assert_eq!(third.0["authorization_details"], value(&[LOAN, VISIT]));
    let other = list(&[r#"{ "type": "visit", "guests": { "adults": 3 } }"#]);
    for more in [other, list(&[VISIT, VISIT]), list(&[r#"{ "type": "loan", "book": "Moby Dick" }"#])] {
        assert_error(&refresh(third.refresh(), &more).await, 400, "invalid_authorization_details");
    }
    let bad = redeem(&code(&world, &ask(&[LOAN])).await, &list(&[VISIT])).await;
    assert_error(&bad, 400, "invalid_authorization_details");
});

both!(resource_narrows_a_token_and_not_the_request, |app| async move {
    let world = world(&app).await;
    // Section 3.2: the parameter has no impact on what was asked for in detail.
    let request = ask(&[LOAN, VISIT]).and("resource", MUSEUM);
    let fields = |code: &str, resource: &'static str| {
        let fields = redemption(code).map(|(name, value)| (name.to_owned(), value.to_owned()));
        fields.into_iter().chain([("resource".to_owned(), resource.to_owned())]).collect::<Vec<_>>()
    };
    let all = Tokens::of(world.redeem(&code(&world, &request).await).await);
    assert_eq!(all.0["authorization_details"], value(&[LOAN, VISIT]));
    assert_eq!(payload(all.access())["aud"], json!([MUSEUM, "library-api"]));
    let fields = fields(&code(&world, &request).await, LIBRARY);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let one = Tokens::of(world.token(&fields).await);
    assert_eq!(one.0["authorization_details"], value(&[LOAN]));
    assert_eq!(payload(one.access())["aud"], LIBRARY);
    let (library, museum) = told(&world, one.access()).await;
    assert_eq!((&library["active"], &museum["active"]), (&json!(true), &json!(false)));
});

both!(an_application_asks_for_itself, |app| async move {
    let world = world(&app).await;
    let details = list(&[VISIT]);
    let own = [("grant_type", "client_credentials"), ("authorization_details", details.as_str())];
    let answer = world.token(&own).await.expect(200).json();
    assert_eq!((&answer["authorization_details"], &answer["scope"]), (&value(&[VISIT]), &Value::Null));
    let token = payload(answer["access_token"].as_str().expect("a token"));
    assert_eq!((&token["aud"], &token["authorization_details"]), (&json!("museum-api"), &value(&[VISIT])));
    let with_scope = [&own[..], &[("scope", "books")]].concat();
    let answer = world.token(&with_scope).await.expect(200).json();
    assert_eq!(answer["scope"], "books");
    let plain = world.token(&[("grant_type", "client_credentials")]).await.expect(200).json();
    assert_eq!(plain["authorization_details"], Value::Null);
});

both!(they_can_be_pushed_and_signed, |app| async move {
    let keys = json!({ "jwks": Signer::new(1).jwks() });
    let world = World::with(&app, |library| detailed(library).application("my-app", &keys)).await;
    let mut john = world.signed_in("john").await;
    let pushed = world.post("/connect/par", &ask(&[LOAN]).without("client_id").fields()).await.expect(201).json();
    let uri = pushed["request_uri"].as_str().expect("a request_uri");
    let query = encode(&[("client_id", "my-app"), ("request_uri", uri), ("authorization_details", "[]")]);
    asked(&mut john, &world.path(&format!("/connect/authorize?{query}"))).await;
    let code = Answer::of(&decide(&mut john, "allow").await).code();
    assert_eq!(world.redeem(&code).await.expect(200).json()["authorization_details"], value(&[LOAN]));
    let signed = |details: &Value| {
        let mut payload = json!({ "iss": "my-app", "aud": world.issuer(), "iat": NOW, "exp": NOW + 300 });
        for (name, value) in ask(&[]).fields() {
            payload[name] = json!(value);
        }
        payload["authorization_details"] = details.clone();
        let object = Signer::new(1).sign(&json!({ "alg": "EdDSA", "typ": "oauth-authz-req+jwt" }), &payload);
        let back = Ask::of("my-app");
        let back: Vec<(&str, &str)> =
            back.fields().into_iter().filter(|(name, _)| ["redirect_uri", "state"].contains(name)).collect();
        let fields = [&[("client_id", "my-app"), ("request", object.as_str())][..], &back].concat();
        world.path(&format!("/connect/authorize?{}", encode(&fields)))
    };
    asked(&mut john, &signed(&value(&[VISIT]))).await;
    let code = Answer::of(&decide(&mut john, "allow").await).code();
    assert_eq!(world.redeem(&code).await.expect(200).json()["authorization_details"], value(&[VISIT]));
    // JSON as it is, not inside of a text.
    let answer = Answer::of(&john.get(&signed(&json!(list(&[VISIT])))).await);
    assert_eq!(answer.get("error"), "invalid_request_object");
});

both!(a_device_asks_too, |app| async move {
    let device = "urn:ietf:params:oauth:grant-type:device_code";
    let grants = json!({ "grant_types": ["authorization_code", device] });
    let world = World::with(&app, |library| detailed(library).application("my-app", &grants)).await;
    let details = list(&[LOAN]);
    let answer = world.post("/connect/device_authorization", &[("authorization_details", &details)]).await;
    let answer = answer.expect(200).json();
    let mut john = world.signed_in("john").await;
    let user_code = answer["user_code"].as_str().expect("a code");
    john.submit(&world.path("/device"), &[("user_code", user_code)]).await.expect(200);
    let here = john.here.clone();
    let page = john.submit(&here, &[("decision", "connect")]).await.expect(200).body;
    assert!(john.here.contains("/consent?i=") && page.contains("Moby Dick"), "{}: {page}", john.here);
    decide(&mut john, "allow").await.expect(200);
    let poll = [("grant_type", device), ("device_code", answer["device_code"].as_str().expect("a code"))];
    let tokens = world.token(&poll).await.expect(200).json();
    assert_eq!((&tokens["authorization_details"], &tokens["scope"]), (&value(&[LOAN]), &Value::Null));
    let bad = world.post("/connect/device_authorization", &[("authorization_details", "[{}]")]).await;
    assert_error(&bad, 400, "invalid_authorization_details");
});

both!(an_exchanged_token_carries_none, |app| async move {
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    let exchanging = json!({ "grant_types": ["authorization_code", exchange], "exchange_targets": ["library-api"] });
    let world = World::with(&app, |library| detailed(library).application("my-app", &exchanging)).await;
    let code = code(&world, &ask(&[LOAN]).with("scope", "openid books")).await;
    let token = world.redeem(&code).await.expect(200).json()["access_token"].as_str().expect("a token").to_owned();
    let fields = [
        ("grant_type", exchange),
        ("subject_token", token.as_str()),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("audience", "library-api"),
    ];
    let answer = world.token(&fields).await.expect(200).json();
    assert_eq!(answer["authorization_details"], Value::Null);
    let exchanged = payload(answer["access_token"].as_str().expect("a token"));
    assert_eq!((&exchanged["authorization_details"], &exchanged["scope"]), (&Value::Null, &json!("books")));
    let details = list(&[LOAN]);
    let more = [&fields[..], &[("authorization_details", details.as_str())]].concat();
    assert_error(&world.token(&more).await, 400, "invalid_authorization_details");
});

both!(what_may_be_asked_for_is_looked_at_again, |app| async move {
    let mut world = world(&app).await;
    let tokens = Tokens::of(world.redeem(&code(&world, &ask(&[LOAN, VISIT])).await).await);
    world.change(|l| l.application("my-app", &json!({ "allowed_authorization_details_types": ["visit"] }))).await;
    let next = Tokens::of(world.refresh(tokens.refresh()).await);
    assert_eq!(next.0["authorization_details"], value(&[VISIT]));
    // What an API was told of a token while it lives, it is told until its type is gone.
    let user = world.user_id("john").await;
    let application = world.application_id("my-app").await;
    let ctx = &app.ctx;
    let actor = service::Actor::Cli;
    service::console::users::withdraw_consent(ctx, &actor, world.slug(), &user, &application).await.expect("withdrawn");
    assert_error(&world.refresh(next.refresh()).await, 400, "invalid_grant");
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
