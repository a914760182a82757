//! Every kind of token at every endpoint: each is good where it belongs and nowhere else.

use super::ask::Ask;
use super::world::{World, assert_error, redemption};
use crate::support::Reply;

/// What a wrong token must not get: anything of a user, or any other token.
#[track_caller]
fn assert_refused(reply: &Reply, what: &str) {
    assert!([400, 401].contains(&reply.status.as_u16()), "{what}: {} {}", reply.status, reply.body);
    assert!(!reply.body.contains("access_token\":"), "{what}");
}

both!(each_only_where_it_belongs, |app| async move {
    let mut world = World::open(&app).await;
    let jwt = world.tokens().await;
    let reference = serde_json::json!({ "access_token_format": "reference" });
    world.change(|library| library.application("my-app", &reference)).await;
    let reference = world.tokens().await;
    let (code, mut browser) = (world.code(&Ask::of("my-app")).await, world.signed_in("john").await);
    let cookie = browser.cookies[&world.cookie()].clone();
    let kinds = [
        ("jwt", jwt.access()),
        ("reference", reference.access()),
        ("identity", jwt.identity()),
        ("refresh", jwt.refresh()),
        ("code", &code),
        ("cookie", &cookie),
    ];
    for (kind, token) in kinds {
        if !["jwt", "reference"].contains(&kind) {
            assert_refused(&world.userinfo(token).await, kind);
            assert_eq!(world.introspect(token).await, serde_json::json!({ "active": false }), "{kind}");
        }
        if kind != "code" {
            assert_error(&world.token(&redemption(token)).await, 400, "invalid_grant");
        }
        if kind != "refresh" {
            assert_error(&world.refresh(token).await, 400, "invalid_grant");
        }
        if kind != "cookie" {
            let mut thief = app.browser();
            thief.cookies.insert(world.cookie(), token.to_owned());
            let answer = world.ask(&mut thief, &Ask::of("my-app").with("prompt", "none")).await;
            assert_eq!(answer.get("error"), "login_required", "{kind}");
        }
        if kind != "identity" {
            let ask = Ask::of("my-app").with("prompt", "none").with("id_token_hint", token);
            assert_eq!(world.ask(&mut browser, &ask).await.get("error"), "invalid_request", "{kind}");
        }
        let secret = world.post_basic("/connect/token", ("my-app", token), &[("grant_type", "client_credentials")]);
        assert_refused(&secret.await, kind);
        app.get(&world.path(&format!("/login?i={token}"))).await.expect(404);
    }
    // None of the attempts used anything up.
    world.redeem(&code).await.expect(200);
    world.refresh(jwt.refresh()).await.expect(200);
    world.assert_alive(jwt.access(), true).await;
    world.assert_alive(reference.access(), true).await;
});
