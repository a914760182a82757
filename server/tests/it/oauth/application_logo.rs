//! The picture of an application, which the server fetches and serves itself (docs/security.md 9).

use serde_json::json;

use super::world::World;
use crate::support::Reply;
use crate::support::party::Party;

/// A PNG's signature and header, which is all that is looked at.
fn png() -> Vec<u8> {
    [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\0\x10\x08\x06"[..], &[0; 7]].concat()
}

async fn logo(world: &World, client_id: &str) -> Reply {
    world.app.get(&world.path(&format!("/logo/of/{client_id}"))).await
}

both!(it_is_fetched_once_and_served_from_here, |app| async move {
    let party = Party::answering(&[]).await;
    party.publish_bytes(png());
    let logo_uri = json!({ "logo_uri": party.url("/logo.png") });
    let mut world = World::with(&app, |library| library.application("my-app", &logo_uri)).await;
    for _ in 0..3 {
        let reply = logo(&world, "my-app").await.expect(200);
        assert_eq!(reply.header("content-type"), "image/png");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(reply.header("content-security-policy").contains("sandbox"));
    }
    assert_eq!(party.received().len(), 1);
    // What has none, what is not there, and what is another's.
    for other in ["museum", "nobody", "..", "%2e%2e"] {
        logo(&world, other).await.expect(404);
    }
    let beside = World::with(&app, |library| library.named("beside")).await;
    logo(&beside, "my-app").await.expect(404);
    world.change(|library| library.application("my-app", &json!({ "disabled": true }))).await;
    logo(&world, "my-app").await.expect(404);
    assert_eq!(party.received().len(), 1);
});

both!(what_is_no_picture_is_not_served_and_not_asked_for_again_at_once, |app| async move {
    let party = Party::answering(&[200, 500]).await;
    party.publish(&"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
    let logo_uri = json!({ "logo_uri": party.url("/logo.svg") });
    let world = World::with(&app, |library| library.application("my-app", &logo_uri)).await;
    for _ in 0..3 {
        logo(&world, "my-app").await.expect(404);
    }
    assert_eq!(party.received().len(), 1);
    // A minute later, and an error then.
    app.clock.advance(60);
    logo(&world, "my-app").await.expect(404);
    app.clock.advance(60);
    party.publish_bytes(png());
    logo(&world, "my-app").await.expect(200);
    assert_eq!(party.received().len(), 3);
});

both!(too_large_is_no_picture, |app| async move {
    let party = Party::answering(&[]).await;
    party.publish_bytes([png(), vec![0; 128 * 1024]].concat());
    let logo_uri = json!({ "logo_uri": party.url("/logo.png") });
    let world = World::with(&app, |library| library.application("my-app", &logo_uri)).await;
    logo(&world, "my-app").await.expect(404);
});
