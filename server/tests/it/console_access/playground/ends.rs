//! Runs that end otherwise than they were meant to.

use model::Role;
use serde_json::json;
use service::Actor;
use service::console::applications;

use super::{Desk, RUN, assert_refused, callback};
use crate::oauth::library::Library;
use crate::oauth::world::World;
use crate::support::Browser;

both!(a_refusal_is_shown_where_it_happened, |app| async move {
    let mut desk = Desk::of(World::open(&app).await).await;
    let callback = desk.answered(&[("prompt", "none")]).await;
    let page = desk.land(&callback).await;
    assert!(page.contains("login_required") && page.contains("the user must sign in"), "{page}");
    // One that the endpoint itself refuses leads to the failure doctor.
    let url = desk.start(&[]).await;
    let less = json!({ "allowed_identity_scopes": ["profile"], "allowed_api_scopes": [] });
    desk.world.change(|library| library.application("my-app", &less)).await;
    let callback = callback_of(&mut desk.browser, &url).await;
    let page = desk.land(&callback).await;
    assert!(page.contains("invalid_scope"), "{page}");
    let link = page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.contains("/failures/"));
    desk.browser.get(link.expect("a link")).await.expect(200);
});

both!(what_is_disabled_or_taken_away_meanwhile_ends_it, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let (waiting, answered) = (desk.start(&[]).await, desk.answered(&[]).await);
    let id = desk.world.application_id("my-app").await;
    let version = applications::get(&app.ctx, &Actor::Cli, "mysub", &id).await.expect("one").stored.version;
    applications::set_disabled(&app.ctx, &Actor::Cli, "mysub", &id, version, true).await.expect("disabled");
    assert_refused(&desk.browser.get(&waiting).await, "a disabled application");
    let page = desk.land(&answered).await;
    assert!(page.contains("invalid_client") && !page.contains("LC-123456"), "{page}");
    desk.browser.post(&desk.path, &RUN).await.expect(422);
    applications::set_disabled(&app.ctx, &Actor::Cli, "mysub", &id, version + 1, false).await.expect("enabled");

    let answered = desk.answered(&[]).await;
    let system = World { app: app.clone(), library: Library::new("system") };
    let (user, subscription) = (system.user_id("editor").await, desk.world.subscription_id().await);
    let mut tx = app.ctx.begin().await.expect("a transaction");
    store::roles::put(&mut tx, &user, &subscription, Role::Viewer).await.expect("put");
    tx.commit().await.expect("saved");
    desk.browser.get(&answered).await.expect(403);
    desk.browser.post(&desk.path, &RUN).await.expect(403);
    let page = desk.browser.get(&desk.path).await.expect(200).body;
    assert!(page.contains("Editors can start a run here.") && !page.contains("name=\"scope\""), "{page}");
});

async fn callback_of(browser: &mut Browser, url: &str) -> String {
    callback(&browser.get(url).await)
}
