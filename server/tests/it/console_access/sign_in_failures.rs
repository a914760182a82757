//! The failure doctor for sign-ins: from the reference on the sign-in page to why, and to what helps
//! (docs/security.md 54).

use model::Role;
use serde_json::json;
use service::Actor;
use service::console::users;

use super::people::{EVERYWHERE, administrator};
use crate::oauth::library::PASSWORD;
use crate::oauth::world::World;
use crate::support::{Browser, Reply, Setup};

async fn sign_in(world: &World, username: &str, password: &str) -> Reply {
    let fields = [("username", username), ("password", password)];
    world.app.browser().post(&world.path("/login"), &fields).await
}

fn reference(page: &Reply) -> String {
    let shown = page.body.rsplit("class=\"id\">").next().and_then(|rest| rest.split('<').next());
    shown.expect("a reference").to_owned()
}

/// What the console says of a refused sign-in.
async fn told(browser: &mut Browser, page: &Reply) -> String {
    browser.get(&format!("/console/mysub/failures/{}", reference(page))).await.expect(200).body
}

both!(each_cause_is_told_to_administrators, |app| async move {
    let world = World::with(&app, |library| library.password("john").user("mary", &json!({ "disabled": true }))).await;
    let mut editor = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    let wrong = sign_in(&world, "john", "canary of a wrong password").await.expect(422);
    let page = told(&mut editor, &wrong).await;
    let john = world.user_id("john").await;
    assert!(page.contains("The password for john was wrong"), "{page}");
    assert!(page.contains(&format!("/users/{john}/password")));
    assert!(!page.contains("canary"));
    let page = told(&mut editor, &sign_in(&world, "nobody@email.com", PASSWORD).await).await;
    assert!(page.contains("has the e-mail address that was typed") && page.contains("/users/new"), "{page}");
    assert!(!page.contains("nobody@email.com"), "it might be a password in the wrong field");
    let page = told(&mut editor, &sign_in(&world, "mary", PASSWORD).await).await;
    assert!(page.contains("mary is disabled"), "{page}");
    assert!(page.contains(&format!("/users/{}/enable", world.user_id("mary").await)));
    // The history of the user, and the audit log, lead there.
    for path in [format!("/console/mysub/users/{john}/history"), "/console/mysub/audit".to_owned()] {
        let log = editor.get(&path).await.expect(200).body;
        assert!(log.contains(&format!("/failures/{}", reference(&wrong))), "{path}");
        assert!(!log.contains("canary"), "{path}");
    }
    // What is otherwise now is told, too.
    let version = users::get(&app.ctx, &Actor::Cli, "mysub", &john).await.expect("john").version;
    users::set_disabled(&app.ctx, &Actor::Cli, "mysub", &john, version, true).await.expect("disabled");
    assert!(told(&mut editor, &wrong).await.contains("The user is disabled now."));
});

fn two() -> Setup {
    Setup::default().with(|given| given.sign_in_failures_per_user = Some("2".into()))
}

both!(a_block_is_explained_and_lifted_by_an_editor, two(), |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    for _ in 0..2 {
        sign_in(&world, "john", "a wrong quiet river").await.expect(422);
    }
    let refused = sign_in(&world, "john", PASSWORD).await.expect(429);
    let own = format!("/console/mysub/failures/{}", reference(&refused));
    let lift = format!("/console/mysub/sign-ins/{}/lift", reference(&refused));
    let mut viewer = administrator(&app, "viewer", &[(EVERYWHERE, Role::Viewer)]).await;
    let page = viewer.get(&own).await.expect(200).body;
    assert!(
        page.contains("Too many sign-ins of john") && page.contains("Further attempts are refused until"),
        "{page}"
    );
    assert!(!page.contains(&lift));
    viewer.post(&lift, &[]).await.expect(403);
    let mut editor = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    assert!(editor.get(&own).await.expect(200).body.contains(&lift));
    editor.get(&lift).await.expect(200);
    editor.post(&lift, &[]).await.expect(303);
    let after = editor.get(&own).await.expect(200).body;
    assert!(!after.contains("Further attempts are refused") && !after.contains(&lift));
    sign_in(&world, "john", PASSWORD).await.expect(303);
    assert!(editor.get("/console/mysub/audit").await.expect(200).body.contains("Lifted a block"));
});

both!(a_reference_of_another_subscription_is_nothing, two(), |app| async move {
    let world = World::open(&app).await;
    let yours = world.beside("yours").await;
    let refused = sign_in(&yours, "nobody", PASSWORD).await.expect(422);
    let mut owner = administrator(&app, "owner", &[(&world.subscription_id().await, Role::Owner)]).await;
    for path in ["failures/{}", "sign-ins/{}/lift"] {
        let path = format!("/console/mysub/{}", path.replace("{}", &reference(&refused)));
        owner.get(&path).await.expect(404);
    }
    // Sign-ins of administrators are for owners of the installation.
    let system = sign_in_at_system(&world).await;
    let mut editor = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    editor.get(&format!("/console/system/failures/{}", reference(&system))).await.expect(403);
});

async fn sign_in_at_system(world: &World) -> Reply {
    let fields = [("username", "root"), ("password", PASSWORD)];
    world.app.browser().post("/s/system/login", &fields).await.expect(422)
}

both!(pauses_are_noted_within_bounds, two(), |app| async move {
    let world = World::open(&app).await;
    for _ in 0..2 {
        sign_in(&world, "nobody", PASSWORD).await.expect(422);
    }
    for _ in 0..700 {
        sign_in(&world, "nobody", PASSWORD).await.expect(429);
    }
    let mut conn = app.ctx.read().await.expect("a connection");
    let all = model::PageRequest { size: 1_000, ..model::PageRequest::default() };
    let events = store::events::page(&mut conn, &world.subscription_id().await, &all).await.expect("events").items;
    let noted = events.iter().filter(|event| event.kind == "sign_in_blocked").count();
    assert!((400..650).contains(&noted), "{noted}");
});
