//! The overview's counts after real sign-ins and token requests, at two nodes.

use service::console::overview;
use service::{Actor, housekeeping};

use super::library::PASSWORD;
use super::world::World;
use crate::console_access::people::administrator;

async fn counted(world: &World) -> [(i64, i64, i64); 2] {
    let id = world.subscription_id().await;
    let view = overview::get(&world.app.ctx, &Actor::Cli, &id).await.expect("an overview");
    [view.hours, view.days].map(|bars| {
        bars.iter()
            .fold((0, 0, 0), |(a, b, c), bar| (a + bar.counts.sign_ins, b + bar.counts.tokens, c + bar.counts.failures))
    })
}

async fn sign_in(world: &World, password: &str) -> u16 {
    let fields = [("username", "john"), ("password", password)];
    world.app.browser().post(&world.path("/login"), &fields).await.status.as_u16()
}

both!(nodes_count_together, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let other = world.at(&app.beside().await);
    assert_eq!(sign_in(&world, PASSWORD).await, 303);
    assert_eq!(sign_in(&other, PASSWORD).await, 303);
    assert_eq!(sign_in(&other, "a wrong quiet river").await, 422);
    let service = [("grant_type", "client_credentials")];
    world.token(&service).await.expect(200);
    other.token(&service).await.expect(200);
    let tokens = other.tokens().await;
    world.refresh(tokens.refresh()).await.expect(200);
    world.refresh("nonsense").await.expect(400);
    // What a node has counted itself is there at once; the rest within a minute.
    assert_eq!(counted(&world).await, [(1, 2, 1); 2]);
    assert_eq!(counted(&other).await, [(1, 2, 1); 2]);
    for node in [&world, &other] {
        housekeeping::run_once(&node.app.ctx).await.expect("a round");
    }
    for node in [&world, &other] {
        assert_eq!(counted(node).await, [(2, 4, 2); 2]);
    }
    let mut viewer = administrator(&app, "viewer", &[(&world.subscription_id().await, model::Role::Viewer)]).await;
    let page = viewer.get("/console/mysub").await.expect(200).body;
    assert!(page.contains("<svg") && page.contains("2 sign-ins or requests failed"), "{page}");
    assert!(page.contains("/console/mysub/audit") && !page.contains("style=\""));
});

both!(an_overview_without_anything_has_its_charts_all_the_same, |app| async move {
    let world = World::open(&app).await;
    let mut viewer = administrator(&app, "viewer", &[(&world.subscription_id().await, model::Role::Viewer)]).await;
    let page = viewer.get("/console/mysub").await.expect(200).body;
    assert_eq!(page.matches("role=\"img\"").count(), 6, "{page}");
    assert_eq!(page.matches("<rect").count(), 3 * (24 + 30));
    assert!(page.contains("Nothing needs your attention"), "{page}");
    assert!(!page.contains("NaN"));
});
