//! The pages of the installation: who may open which, and an invitation from its form to the first sign-in
//! (docs/security.md 59, 62-65, 68).

use model::Role;

use super::people::{EVERYWHERE, administrator};
use crate::oauth::library::{Library, PASSWORD};
use crate::oauth::world::World;
use crate::support::{Browser, TestApp};

const ONE: &str = "/console/administrators/{id}";
const PAGES: [&str; 8] = [
    "/console/about",
    "/console/health",
    "/console/administrators",
    "/console/administrators/invite",
    ONE,
    "/console/administrators/{id}/link",
    "/console/administrators/{id}/withdraw",
    "/console/administrators/{id}/remove",
];

async fn id_of(app: &TestApp, name: &str) -> String {
    World { app: app.clone(), library: Library::new("system") }.user_id(name).await
}

/// What each page answers a GET, and each form a field that it does not have.
async fn check(browser: &mut Browser, who: &str, id: &str, gets: [u16; 8], posts: [u16; 5]) {
    for (page, status) in PAGES.into_iter().zip(gets) {
        let heard = browser.get(&page.replace("{id}", id)).await.status.as_u16();
        assert_eq!(heard, status, "{who}: GET {page}");
    }
    for (page, status) in PAGES.into_iter().skip(3).zip(posts) {
        let heard = browser.post(&page.replace("{id}", id), &[("x", "y"), ("roles", "owner")]).await.status.as_u16();
        assert_eq!(heard, status, "{who}: POST {page}");
    }
}

both!(each_page_of_the_installation_asks_for_its_role, |app| async move {
    let world = World::open(&app).await;
    let (mine, yours) = (world.subscription_id().await, world.beside("yours").await.subscription_id().await);
    administrator(&app, "target", &[(&mine, Role::Editor)]).await;
    let id = id_of(&app, "target").await;
    // Nothing to withdraw: back to the page.
    let all = [200, 200, 200, 200, 200, 200, 303, 200];
    let forbidden = [200, 403, 403, 403, 403, 403, 403, 403];
    let everywhere = [200, 200, 403, 403, 403, 403, 403, 403];
    check(&mut app.browser(), "nobody", &id, [303; 8], [401; 5]).await;
    check(&mut world.signed_in("john").await, "an end user", &id, [303; 8], [401; 5]).await;
    for role in [Role::Viewer, Role::Editor, Role::Owner] {
        let (name, owns) = (role.as_str(), role == Role::Owner);
        let mut here = administrator(&app, &format!("{name}-here"), &[(&mine, role)]).await;
        let gets = if owns { [200, 403, 200, 200, 200, 200, 303, 200] } else { forbidden };
        check(&mut here, &format!("{name} here"), &id, gets, [if owns { 422 } else { 403 }; 5]).await;
        let mut there = administrator(&app, &format!("{name}-there"), &[(&yours, role)]).await;
        let gets = if owns { [200, 403, 200, 200, 404, 404, 404, 404] } else { forbidden };
        let posts = if owns { [422, 404, 404, 404, 404] } else { [403; 5] };
        check(&mut there, &format!("{name} there"), &id, gets, posts).await;
        let mut over = administrator(&app, &format!("{name}-over"), &[(EVERYWHERE, role)]).await;
        let gets = if owns { all } else { everywhere };
        check(&mut over, &format!("{name} of all"), &id, gets, [if owns { 422 } else { 403 }; 5]).await;
    }
    let mut owner = administrator(&app, "the-owner", &[(EVERYWHERE, Role::Owner)]).await;
    owner.get(&ONE.replace("{id}", "00000000-0000-7000-8000-000000000000")).await.expect(404);
});

both!(ways_are_shown_to_those_who_may_go_them, |app| async move {
    let world = World::open(&app).await;
    let mine = world.subscription_id().await;
    let mut viewer = administrator(&app, "viewer", &[(&mine, Role::Viewer)]).await;
    let page = viewer.get("/console/mysub").await.expect(200).body;
    assert!(page.contains("/console/about") && !page.contains("/administrators") && !page.contains("/console/health"));
    let mut owner = administrator(&app, "owner", &[(&mine, Role::Owner)]).await;
    let page = owner.get("/console/mysub").await.expect(200).body;
    assert!(page.contains("/console/administrators\"") && page.contains("/console/mysub/administrators\""));
    assert!(!page.contains("/console/health"));
});

both!(an_invited_administrator_signs_in, |app| async move {
    let world = World::open(&app).await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let form = owner.get("/console/administrators/invite?subscription=mysub").await.expect(200).body;
    assert!(form.contains("value=\"mysub\" selected"), "{form}");
    let invite = [("email", "ann@example.com"), ("name", "Ann"), ("place", "subscription"), ("subscription", "mysub")];
    let made = owner.post("/console/administrators/invite", &[&invite[..], &[("role", "editor")]].concat()).await;
    let made = made.expect(303);
    let page = owner.open(made.header("location")).await.expect(200).body;
    let link = page.split(['"', '<', '>']).find(|text| text.contains("/console/invitation?token=")).expect("a link");
    let link = link.to_owned();
    let again = owner.get(made.header("location")).await.expect(200).body;
    assert!(!again.contains("invitation?token="), "shown once");
    let list = owner.get("/console/mysub/administrators").await.expect(200).body;
    assert!(list.contains("ann@example.com") && list.contains("Invited"), "{list}");

    let mut ann = app.browser();
    let page = ann.get(&link).await.expect(200).body;
    assert!(page.contains("owner") && page.contains("Editor: The mysub") && page.contains("ann@example.com"), "{page}");
    let token = link.split("token=").nth(1).expect("a token");
    let fields = |password, again| [("token", token), ("password", password), ("password_confirmation", again)];
    for (password, again) in [("short", "short"), (PASSWORD, "another"), ("", "")] {
        let page = ann.post(&link, &fields(password, again)).await.expect(422).body;
        assert!(password.is_empty() || !page.contains(&format!("value=\"{password}\"")));
    }
    let forged = [&fields(PASSWORD, PASSWORD)[..], &[("role", "owner")]].concat();
    ann.post(&link, &forged).await.expect(422);
    let done = ann.post(&link, &fields(PASSWORD, PASSWORD)).await.expect(303);
    assert_eq!(done.header("location"), "/console");
    assert!(!ann.cookies.contains_key("tessera-system"), "a sign-in follows, whatever it asks for");
    ann.open("/console").await.expect(200);
    let login = ann.here.clone();
    let page = ann.submit(&login, &[("username", "ann@example.com"), ("password", PASSWORD)]).await.expect(200);
    assert!(page.body.contains("/console/mysub"), "{}", page.body);
    ann.get("/console/mysub/applications/new").await.expect(200);
    ann.get("/console/administrators").await.expect(403);
    drop(world);

    let gone = app.browser().get(&link).await.expect(404).body;
    assert!(gone.contains("does not work any more") && gone.contains("ask the person"), "{gone}");
    app.browser().post(&link, &fields(PASSWORD, PASSWORD)).await.expect(404);
});

both!(roles_are_changed_and_taken_by_the_page, |app| async move {
    let world = World::open(&app).await;
    let mine = world.subscription_id().await;
    world.beside("yours").await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let mut ann = administrator(&app, "ann", &[(&mine, Role::Viewer)]).await;
    let own = format!("/console/administrators/{}", id_of(&app, "ann").await);
    let raised = [("version", "1"), ("roles.mysub", "owner"), ("new_subscription", "yours"), ("new_role", "editor")];
    owner.post(&own, &raised).await.expect(303);
    ann.get("/console/mysub/administrators").await.expect(200);
    ann.get("/console/yours/users/new").await.expect(200);
    owner.post(&own, &raised).await.expect(409);
    for (field, value) in [("roles.mysub", "king"), ("roles.nowhere", "owner"), ("new_subscription", "system")] {
        owner.post(&own, &[("version", "2"), (field, value), ("new_role", "viewer")]).await.expect(422);
    }
    let none = [("version", "2"), ("roles.mysub", ""), ("roles.yours", "")];
    let page = owner.post(&own, &none).await.expect(422).body;
    assert!(page.contains("no role at all"), "{page}");
    // Their own is the page they may least of all raise themselves by.
    ann.post(&own, &[("version", "2"), ("installation_role", "owner")]).await.expect(422);
    ann.post(&own, &[("version", "2"), ("roles.yours", "owner")]).await.expect(422);
    owner.post(&format!("{own}/remove"), &[("version", "2")]).await.expect(303);
    ann.get("/console").await.expect(303);
    owner.get(&own).await.expect(404);
});
