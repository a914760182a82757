//! Two servers on one database (docs/security.md 19, 20, 89).

use std::time::Duration;

use tokio::task::JoinSet;

use super::ask::Ask;
use super::world::{Tokens, World, assert_error};
use crate::support::Reply;

/// Fifty at once, half of them at each node.
pub(super) async fn fifty<F>(nodes: [World; 2], call: impl Fn(World) -> F) -> Vec<Reply>
where
    F: Future<Output = Reply> + Send + 'static,
{
    let mut running = JoinSet::new();
    for n in 0..50 {
        running.spawn(call(nodes[n % 2].clone()));
    }
    running.join_all().await
}

/// One winner; the others are refused, or were one too many for the moment.
#[track_caller]
pub(super) fn winner(replies: Vec<Reply>) -> Tokens {
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 200);
    assert_eq!(won.len(), 1);
    for reply in &lost {
        match reply.status.as_u16() {
            503 => assert!(!reply.header("retry-after").is_empty()),
            _ => assert_error(reply, 400, "invalid_grant"),
        }
    }
    assert!(lost.iter().any(|reply| reply.status == 400));
    Tokens::of(won.into_iter().next().expect("one"))
}

both!(of_fifty_redemptions_of_a_code_one_wins, |app| async move {
    let world = World::open(&app).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let code = world.code(&Ask::of("my-app")).await;
    let replies = fifty(nodes, move |node| {
        let code = code.clone();
        async move { node.redeem(&code).await }
    });
    let tokens = winner(replies.await);
    // The others were replays, so what the winner got is dead.
    world.assert_alive(tokens.access(), false).await;
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
});

both!(of_fifty_uses_of_a_refresh_token_one_wins, |app| async move {
    let world = World::open(&app).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let token = world.tokens().await.refresh().to_owned();
    let replies = fifty(nodes, move |node| {
        let token = token.clone();
        async move { node.refresh(&token).await }
    });
    let tokens = winner(replies.await);
    world.assert_alive(tokens.access(), false).await;
    assert_error(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
});

both!(with_a_grace_fifty_uses_leave_one_living_successor_at_most, |app| async move {
    let grace = serde_json::json!({ "refresh_grace": 30 });
    let world = World::with(&app, |library| library.application("my-app", &grace)).await;
    let nodes = [world.clone(), world.at(&app.beside().await)];
    let token = world.tokens().await.refresh().to_owned();
    let replies = fifty(nodes, move |node| {
        let token = token.clone();
        async move { node.refresh(&token).await }
    });
    let successors: Vec<Tokens> =
        replies.await.into_iter().filter(|reply| reply.status == 200).map(Tokens::of).collect();
    let mut alive = 0;
    for tokens in successors.iter().rev() {
        alive += usize::from(world.refresh(tokens.refresh()).await.status == 200);
    }
    assert!(alive <= 1, "{alive} of {}", successors.len());
});

both!(what_one_node_revokes_is_dead_at_the_other, |app| async move {
    let world = World::open(&app).await;
    let other = world.at(&app.beside().await);
    let tokens = world.tokens().await;
    other.assert_alive(tokens.access(), true).await;
    world.post("/connect/revocation", &[("token", tokens.refresh())]).await.expect(200);
    other.assert_alive(tokens.access(), false).await;
    assert_error(&other.refresh(tokens.refresh()).await, 400, "invalid_grant");
});

both!(a_change_at_one_node_is_seen_by_the_other_within_a_second, |app| async move {
    let mut world = World::open(&app).await;
    let other = world.at(&app.beside().await);
    let tokens = world.tokens().await;
    other.assert_alive(tokens.access(), true).await;
    world.change(|library| library.application("my-app", &serde_json::json!({ "disabled": true }))).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    other.assert_alive(tokens.access(), false).await;
    assert_error(&other.refresh(tokens.refresh()).await, 401, "invalid_client");
});
