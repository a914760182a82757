//! The table of who may exchange users' tokens towards whom.

use model::Role;
use serde_json::json;
use service::Actor;
use service::console::applications;

use super::people::administrator;
use crate::oauth::world::World;
use crate::support::{Browser, TestApp};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

async fn open(app: &TestApp) -> (World, Browser, String) {
    let world = World::with(app, |library| {
        let may =
            |targets: &[&str]| json!({ "grant_types": ["client_credentials", GRANT], "exchange_targets": targets });
        library.application("my-app", &may(&["museum"])).application("museum", &may(&[]))
    })
    .await;
    let browser = administrator(app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await;
    let path = format!("/console/{}/exchanges", world.slug());
    (world, browser, path)
}

/// The hidden version of the page's form.
fn version(page: &str) -> String {
    let after = page.split("name=\"version\"").nth(1).expect("a version");
    after.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a value").to_owned()
}

async fn targets(world: &World, client_id: &str) -> (Vec<String>, Vec<String>) {
    let id = world.application_id(client_id).await;
    let spec = applications::get(&world.app.ctx, &Actor::Cli, world.slug(), &id).await.expect("one").stored.spec;
    (spec.exchange_targets, spec.impersonation_targets)
}

both!(one_form_changes_several_applications_at_once, |app| async move {
    let (world, mut browser, path) = open(&app).await;
    let page = browser.get(&path).await.expect(200).body;
    let (my_app, museum) = (world.application_id("my-app").await, world.application_id("museum").await);
    assert!(page.contains(&format!("towards:{my_app}:museum\"")), "{page}");
    assert!(!page.contains(&format!("towards:{my_app}:my-app")), "{page}");
    let fields = [
        ("version".to_owned(), version(&page)),
        (format!("towards:{my_app}:library-api"), "as_user".to_owned()),
        (format!("towards:{my_app}:museum"), "no".to_owned()),
        (format!("towards:{museum}:museum-api"), "acting".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&path, &fields).await.expect(303);
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(targets(&world, "my-app").await, (names(&["library-api"]), names(&["library-api"])));
    assert_eq!(targets(&world, "museum").await, (names(&["museum-api"]), names(&[])));
    // The same form once more: what it was made from is no more.
    let again = browser.post(&path, &fields).await.expect(409).body;
    assert_ne!(version(&again), version(&page));
    assert_eq!(targets(&world, "museum").await, (names(&["museum-api"]), names(&[])));
});

both!(bad_values_and_foreign_pairs_change_nothing, |app| async move {
    let (world, mut browser, path) = open(&app).await;
    let before = version(&browser.get(&path).await.expect(200).body);
    let my_app = world.application_id("my-app").await;
    let pair = format!("towards:{my_app}:library-api");
    browser.post(&path, &[("version", &before), (&pair, "owner")]).await.expect(422);
    browser.post(&path, &[("version", &before), ("role", "owner")]).await.expect(422);
    browser.post(&path, &[(&pair, "acting")]).await.expect(409);
    // A pair that is none of the table's is nobody's.
    let reader = world.application_id("reader").await;
    let other = format!("towards:{reader}:library-api");
    browser.post(&path, &[("version", &before), (&other, "acting")]).await.expect(303);
    assert!(targets(&world, "reader").await.0.is_empty());
    assert_eq!(version(&browser.get(&path).await.expect(200).body), before);
});

both!(who_may_only_look_sees_and_changes_nothing, |app| async move {
    let (world, _, path) = open(&app).await;
    let mut viewer = administrator(&app, "viewer", &[(&world.subscription_id().await, Role::Viewer)]).await;
    let page = viewer.get(&path).await.expect(200).body;
    assert!(page.contains("fieldset disabled class=\"contents\""), "{page}");
    let pair = format!("towards:{}:library-api", world.application_id("my-app").await);
    viewer.post(&path, &[("version", &version(&page)), (&pair, "acting")]).await.expect(403);
});
