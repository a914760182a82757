//! Every route of the console x everybody who might open it or submit its form (docs/security.md 62, 64).

use app::routes;
use model::Role;

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::world::World;
use crate::support::{Browser, TestApp};

/// Pages that are not inside a subscription, and have tests of their own below.
const OUTSIDE: [&str; 16] = [
    "/console",
    "/console/new",
    "/console/setup",
    "/console/sign-out",
    "/console/invitation",
    "/console/administrators",
    "/console/administrators/invite",
    "/console/administrators/{id}",
    "/console/administrators/{id}/link",
    "/console/administrators/{id}/withdraw",
    "/console/administrators/{id}/remove",
    "/console/health",
    "/console/about",
    "/console/search",
    "/console/shortcuts",
    "/console/language",
];

/// The role that a page's form needs; opening needs it too where the page is nothing but its form.
fn needs(path: &str, submit: bool) -> Role {
    let asks = [
        "/new",
        "/disable",
        "/enable",
        "/delete",
        "/remove",
        "/end",
        "/password",
        "/rotate",
        "/duplicate",
        "/withdraw",
        "/lift",
        "/revoke",
        "/import",
        "/undo",
        "/{revision}",
    ];
    match path {
        "/console/{slug}/settings/delete"
        | "/console/{slug}/failures/{reference}/allow"
        | "/console/{slug}/administrators" => Role::Owner,
        _ if submit || asks.iter().any(|ending| path.ends_with(ending)) => Role::Editor,
        _ => Role::Viewer,
    }
}

/// What an administrator with a role on the subscription hears: a form with a field that it does not
/// have is refused for that, and for that only, by whoever may submit it.
fn expected(path: &str, role: Role, submit: bool) -> u16 {
    match (role >= needs(path, submit), submit) {
        // A run of the playground is its administrator's alone.
        _ if path.ends_with("/{run}") => 404,
        (false, _) => 403,
        // What is in use already needs no question: back to its own page.
        (true, false) if path.ends_with("/enable") => 303,
        (true, false) => 200,
        (true, true) => 422,
    }
}

async fn check(browser: &mut Browser, who: &str, objects: &Objects, status: impl Fn(&str, bool) -> u16) {
    let mut wrong = Vec::new();
    for route in routes::console().iter().filter(|route| !OUTSIDE.contains(&route.path)) {
        let path = objects.fill(route.path);
        let heard = browser.get(&path).await.status.as_u16();
        if heard != status(route.path, false) {
            wrong.push(format!("GET {} is {heard}", route.path));
        }
        if route.submit.is_some() {
            let heard = browser.post(&path, &[("name", "x"), ("role", "owner")]).await.status.as_u16();
            if heard != status(route.path, true) {
                wrong.push(format!("POST {} is {heard}", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{who}:\n{}", wrong.join("\n"));
}

async fn library(app: &TestApp) -> (World, Objects, String) {
    let world = World::open(app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    (world, objects, id)
}

both!(nobody_is_sent_to_sign_in, |app| async move {
    let (_, objects, _) = library(&app).await;
    check(&mut app.browser(), "nobody", &objects, |_, submit| if submit { 401 } else { 303 }).await;
    let guarded = routes::console().into_iter().filter(|route| route.guard == routes::Guard::Administrator);
    for path in guarded.map(|route| route.path).filter(|path| OUTSIDE.contains(path)) {
        let reply = app.browser().get(path).await.expect(303);
        assert!(reply.header("location").starts_with("/console/sign-in?to="), "{path}");
    }
});

both!(an_end_user_is_nobody, |app| async move {
    let (world, objects, _) = library(&app).await;
    let mut browser = world.signed_in("john").await;
    check(&mut browser, "an end user", &objects, |_, submit| if submit { 401 } else { 303 }).await;
    // Neither is their cookie under the console's name.
    let stolen = browser.cookies[&world.cookie()].clone();
    for name in ["tessera-system", "tessera-console"] {
        browser.cookies.insert(name.to_owned(), stolen.clone());
    }
    check(&mut browser, "an end user", &objects, |_, submit| if submit { 401 } else { 303 }).await;
});

both!(a_user_of_system_without_a_role_gets_no_session, |app| async move {
    let (_, objects, _) = library(&app).await;
    let mut browser = administrator(&app, "nobody", &[]).await;
    browser.open("/console").await.expect(403);
    check(&mut browser, "no role", &objects, |_, submit| if submit { 401 } else { 303 }).await;
});

both!(to_an_administrator_of_another_subscription_nothing_exists, |app| async move {
    let (world, objects, _) = library(&app).await;
    let yours = world.beside("yours").await.subscription_id().await;
    let mut browser = administrator(&app, "elsewhere", &[(&yours, Role::Owner)]).await;
    check(&mut browser, "an owner of another", &objects, |_, _| 404).await;
    let list = browser.get("/console").await.expect(200);
    assert!(list.body.contains("/console/yours") && !list.body.contains("/console/mysub"));
    // Nor do the administrators themselves, who are users of `system`.
    for path in ["/console/system", "/console/system/users", "/console/system/users/new"] {
        browser.get(path).await.expect(404);
    }
});

both!(each_role_does_what_it_may, |app| async move {
    let (_, objects, id) = library(&app).await;
    for role in [Role::Viewer, Role::Editor, Role::Owner] {
        let mut browser = administrator(&app, role.as_str(), &[(&id, role)]).await;
        check(&mut browser, role.as_str(), &objects, |path, submit| expected(path, role, submit)).await;
        browser.get("/console/new").await.expect(403);
        browser
            .post("/console/new", &[("name", "N"), ("slug", "made"), ("scope_preset", "standard")])
            .await
            .expect(403);
        browser.get("/console/made").await.expect(404);
        browser.get("/console/system/users").await.expect(404);
    }
});

both!(a_role_on_the_installation_counts_everywhere, |app| async move {
    let (_, objects, _) = library(&app).await;
    for role in [Role::Viewer, Role::Editor, Role::Owner] {
        let mut browser = administrator(&app, role.as_str(), &[(EVERYWHERE, role)]).await;
        check(&mut browser, role.as_str(), &objects, |path, submit| expected(path, role, submit)).await;
        let new = browser.get("/console/new").await.status;
        assert_eq!(new.as_u16(), if role >= Role::Editor { 200 } else { 403 }, "{}", role.as_str());
    }
});

both!(a_role_taken_away_is_gone_at_once, |app| async move {
    let (_, objects, id) = library(&app).await;
    let mut browser = administrator(&app, "former", &[(&id, Role::Editor)]).await;
    let users = objects.fill("/console/{slug}/users");
    browser.get(&users).await.expect(200);
    let system = World { app: app.clone(), library: crate::oauth::library::Library::new("system") };
    let user = system.user_id("former").await;
    let mut tx = app.ctx.begin().await.expect("a transaction");
    store::roles::put(&mut tx, &user, &id, Role::Viewer).await.expect("put");
    tx.commit().await.expect("saved");
    browser.get(&format!("{users}/new")).await.expect(403);
    let mut tx = app.ctx.begin().await.expect("a transaction");
    assert!(store::roles::remove(&mut tx, &user, &id).await.expect("removed"));
    tx.commit().await.expect("saved");
    browser.get(&users).await.expect(303);
});
