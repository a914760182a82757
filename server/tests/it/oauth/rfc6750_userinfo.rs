//! UserInfo (OpenID Connect Core section 5.3, RFC 6750).

use axum::body::Body;
use axum::extract::Request;
use serde_json::json;

use super::ask::Ask;
use super::world::{Tokens, World};

const USERINFO: &str = "/connect/userinfo";

both!(by_get_by_post_and_by_the_body, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    let header = format!("Bearer {}", tokens.access());
    let replies = [
        world.userinfo(tokens.access()).await,
        world.post_with(USERINFO, &[&header], &[]).await,
        app.post(&world.path(USERINFO), &[("access_token", tokens.access())]).await,
    ];
    for reply in replies {
        let claims = reply.expect(200);
        assert!(claims.header("cache-control").contains("no-store"));
        let claims = claims.json();
        assert_eq!(claims["sub"], world.user_id("john").await);
        assert_eq!((&claims["name"], &claims["email_verified"]), (&json!("John Doe"), &json!(true)));
        assert_eq!(claims["library_card"], "LC-123456");
    }
});

both!(never_by_the_query, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    let path = world.path(&format!("{USERINFO}?access_token={}", tokens.access()));
    assert_eq!(app.get(&path).await.expect(400).json()["error"], "invalid_request");
    app.post(&path, &[]).await.expect(400);
});

both!(one_way_per_request, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    let header = format!("Bearer {}", tokens.access());
    let field = ("access_token", tokens.access());
    world.post_with(USERINFO, &[&header], &[field]).await.expect(400);
    world.post_with(USERINFO, &[&header, &header], &[]).await.expect(400);
    world.post_with(USERINFO, &[], &[field, field]).await.expect(400);
});

both!(a_refusal_carries_a_challenge, |app| async move {
    let world = World::open(&app).await;
    let bare = app.get(&world.path(USERINFO)).await.expect(401);
    assert_eq!(bare.header("www-authenticate"), format!("Bearer realm=\"{}\"", world.issuer()));
    assert_eq!(bare.body, "");
    let wrong = world.userinfo("wrong").await.expect(401);
    assert!(wrong.header("www-authenticate").contains("error=\"invalid_token\""));
    for header in ["Bearer", "Bearer ", "Bearer a b", "Bearer \"", "Bearer ä"] {
        let request = Request::get(world.path(USERINFO)).header("authorization", header.as_bytes());
        let reply = app.send(request.body(Body::empty()).expect("a request")).await;
        assert!([400, 401].contains(&reply.status.as_u16()), "{header}");
        assert!(reply.header("www-authenticate").starts_with("Bearer "), "{header}");
    }
});

both!(only_what_the_scopes_hold, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app").with("scope", "openid books")).await;
    let claims = world.userinfo(Tokens::of(world.redeem(&code).await).access()).await.expect(200).json();
    assert_eq!(claims, json!({ "sub": world.user_id("john").await }));
    let code = world.code(&Ask::of("my-app").with("scope", "books")).await;
    let reply = world.userinfo(Tokens::of(world.redeem(&code).await).access()).await.expect(403);
    assert!(reply.header("www-authenticate").contains("insufficient_scope"));
});

both!(a_token_ends_with_its_time, |app| async move {
    let world = World::open(&app).await;
    let tokens = world.tokens().await;
    app.clock.advance(3_599);
    world.assert_alive(tokens.access(), true).await;
    app.clock.advance(1);
    world.assert_alive(tokens.access(), false).await;
});
