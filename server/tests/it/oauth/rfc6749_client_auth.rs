//! Client authentication (RFC 6749 section 2.3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::library::{API_SECRET, MUSEUM_SECRET, SECRET};
use super::world::{World, assert_error};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");
const TOKEN: &str = "/connect/token";

fn basic(text: &str) -> String {
    format!("Basic {}", STANDARD.encode(text))
}

both!(by_the_header_or_by_the_body, |app| async move {
    let world = World::open(&app).await;
    world.post_basic(TOKEN, ("my-app", SECRET), &[GRANT]).await.expect(200);
    world.token(&[GRANT]).await.expect(200);
    // Naming oneself in the body as well is no second method.
    world.post_basic(TOKEN, ("my-app", SECRET), &[GRANT, ("client_id", "my-app")]).await.expect(200);
});

both!(one_method_per_request, |app| async move {
    let world = World::open(&app).await;
    let both = [GRANT, ("client_id", "my-app"), ("client_secret", SECRET)];
    assert_error(&world.post_basic(TOKEN, ("my-app", SECRET), &both).await, 400, "invalid_request");
    let two = [basic(&format!("my-app:{SECRET}")), basic(&format!("museum:{MUSEUM_SECRET}"))];
    let reply = world.post_with(TOKEN, &[&two[0], &two[1]], &[GRANT]).await;
    assert_error(&reply, 400, "invalid_request");
    let other = [GRANT, ("client_id", "museum")];
    assert_error(&world.post_basic(TOKEN, ("my-app", SECRET), &other).await, 400, "invalid_request");
    assert_error(&world.token(&[GRANT, ("client_secret", SECRET)]).await, 400, "invalid_request");
});

both!(a_wrong_secret_and_an_unknown_name_sound_the_same, |app| async move {
    let world = World::open(&app).await;
    let mut heard = Vec::new();
    for (name, secret) in [
        ("my-app", "wrong-secret-of-at-least-32-bytes-long"),
        ("absent", SECRET),
        ("my-app", MUSEUM_SECRET),
        ("library-api", API_SECRET),
        ("my-app", &SECRET[..SECRET.len() - 1]),
    ] {
        let reply = world.post_basic(TOKEN, (name, secret), &[GRANT]).await;
        assert_error(&reply, 401, "invalid_client");
        assert!(reply.header("www-authenticate").starts_with("Basic realm="));
        heard.push(reply.body);
        let fields = [GRANT, ("client_id", name), ("client_secret", secret)];
        heard.push(app.post(&world.path(TOKEN), &fields).await.expect(401).body);
    }
    heard.dedup();
    assert_eq!(heard.len(), 1, "{heard:?}");
});

both!(basic_is_read_strictly, |app| async move {
    let world = World::open(&app).await;
    let good = STANDARD.encode(format!("my-app:{SECRET}"));
    for header in [
        String::new(),
        " ".into(),
        "Basic".into(),
        "Basic ".into(),
        "Basic !!!".into(),
        format!("Basic {good}!"),
        format!("Basic {}", good.trim_end_matches('=')).replace(&good, &format!("{good}=")),
        format!("Basic {good} {good}"),
        format!("Bearer {good}"),
        good.clone(),
        basic("my-app"),
        basic(&format!(":{SECRET}")),
        basic(&format!("my-app:{SECRET}\0")),
        basic(&format!("my-app%00:{SECRET}")),
        basic(&format!("my-app%zz:{SECRET}")),
        basic(&format!("my-app\n:{SECRET}")),
        basic(&format!("my-app:{SECRET}:{SECRET}")),
    ] {
        if header == format!("Basic {good}") {
            continue;
        }
        let reply = world.post_with(TOKEN, &[&header], &[GRANT]).await;
        assert_error(&reply, 401, "invalid_client");
    }
});

both!(a_confidential_application_needs_its_secret, |app| async move {
    let world = World::open(&app).await;
    for fields in [vec![GRANT], vec![GRANT, ("client_id", "my-app")]] {
        assert_error(&app.post(&world.path(TOKEN), &fields).await, 401, "invalid_client");
    }
    let empty = [GRANT, ("client_id", "my-app"), ("client_secret", "")];
    assert_error(&app.post(&world.path(TOKEN), &empty).await, 401, "invalid_client");
    assert_error(&world.post_basic(TOKEN, ("my-app", ""), &[GRANT]).await, 401, "invalid_client");
});

both!(a_public_application_has_none, |app| async move {
    let world = World::open(&app).await;
    let reply = world.post_basic(TOKEN, ("reader", SECRET), &[GRANT]).await;
    assert_error(&reply, 401, "invalid_client");
    let reply = app.post(&world.path(TOKEN), &[GRANT, ("client_id", "reader")]).await;
    assert_error(&reply, 400, "unauthorized_client");
});

both!(assertions_are_refused, |app| async move {
    let world = World::open(&app).await;
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let fields = [GRANT, ("client_id", "my-app"), ("client_assertion_type", kind), ("client_assertion", "e30.e30.")];
    assert_error(&app.post(&world.path(TOKEN), &fields).await, 401, "invalid_client");
});

both!(no_credential_in_the_query, |app| async move {
    let world = World::open(&app).await;
    for query in [format!("client_secret={SECRET}"), "refresh_token=x".into(), "code=x".into(), "token=x".into()] {
        for endpoint in [TOKEN, "/connect/introspect", "/connect/revocation"] {
            let reply = world.post(&format!("{endpoint}?{query}"), &[GRANT]).await;
            assert_error(&reply, 400, "invalid_request");
            assert!(!reply.body.contains(SECRET));
        }
    }
});
