//! Ids of another subscription and ids of nothing look the same (docs/security.md 63), and whoever may not
//! see the administrators cannot become one (65).

use app::routes;
use model::Role;

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::world::World;
use crate::support::Browser;

/// Every address of an object under another subscription's name, opened and submitted.
async fn check(browser: &mut Browser, objects: &Objects, what: &str) {
    let mut wrong = Vec::new();
    let of_object = |path: &str| path.contains("{slug}/") && (path.contains("{id}") || path.contains("{reference}"));
    for route in routes::console().iter().filter(|route| of_object(route.path)) {
        let path = objects.fill(route.path);
        let status = browser.get(&path).await.status;
        if status != 404 {
            wrong.push(format!("GET {} is {status}", route.path));
        }
        if route.submit.is_some() {
            let status = browser.post(&path, &[]).await.status;
            if status != 404 {
                wrong.push(format!("POST {} is {status}", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

both!(foreign_and_absent_ids_are_both_not_found, |app| async move {
    let world = World::open(&app).await;
    let yours = Objects::of(&world.beside("yours").await).await;
    let mut browser = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    check(&mut browser, &Objects { slug: "mysub".into(), ..yours.clone() }, "foreign").await;
    check(&mut browser, &Objects::absent("mysub"), "absent").await;
    // Everything is still there.
    browser.get(&yours.fill("/console/{slug}/applications/{id}")).await.expect(200);
    browser.get(&yours.fill("/console/{slug}/users/{id}")).await.expect(200);
});

both!(a_child_of_another_parent_is_not_found, |app| async move {
    let world = World::open(&app).await;
    let mine = Objects::of(&world).await;
    let other = Objects::of(&world.beside("yours").await).await;
    let mut browser = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let mixed = Objects {
        application_secret: other.application_secret,
        connection_secret: other.connection_secret,
        api_scope: other.api_scope,
        session: other.session,
        ..mine
    };
    for route in [
        "/console/{slug}/applications/{id}/secrets/{secret}/remove",
        "/console/{slug}/connections/{id}/secrets/{secret}/remove",
        "/console/{slug}/connections/{id}/scopes/{scope}",
        "/console/{slug}/connections/{id}/scopes/{scope}/delete",
        "/console/{slug}/users/{id}/sessions/{session}/end",
    ] {
        browser.post(&mixed.fill(route), &[]).await.expect(404);
    }
});

both!(an_editor_cannot_become_an_owner, |app| async move {
    let world = World::open(&app).await;
    let subscription = world.subscription_id().await;
    administrator(&app, "the-owner", &[(EVERYWHERE, Role::Owner)]).await;
    let system = World { app: app.clone(), library: crate::oauth::library::Library::new("system") };
    let owner = system.user_id("the-owner").await;
    let mut everywhere = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    let mut here = administrator(&app, "local-owner", &[(&subscription, Role::Owner)]).await;
    for (browser, status) in [(&mut everywhere, 403), (&mut here, 404)] {
        let new = "another quiet river";
        let fields = [("password", new), ("password_confirmation", new)];
        browser.post(&format!("/console/system/users/{owner}/password"), &fields).await.expect(status);
        browser.post(&format!("/console/system/users/{owner}/disable"), &[("version", "1")]).await.expect(status);
        browser
            .post(&format!("/console/system/users/{owner}"), &[("username", "x"), ("version", "1")])
            .await
            .expect(status);
        browser.post("/console/system/users/new", &[("username", "mine"), ("password", new)]).await.expect(status);
    }
    // A role is no field of any form.
    let fields = [("username", "x"), ("version", "1"), ("role", "owner"), ("roles", "*")];
    let user = world.user_id("john").await;
    everywhere.post(&format!("/console/mysub/users/{user}"), &fields).await.expect(422);
});
