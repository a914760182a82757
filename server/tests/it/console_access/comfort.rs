//! The search over everything, shortcuts, and errors within the console's frame.

use model::Role;

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::world::World;

/// The results on a page.
fn results(page: &str) -> &str {
    page.split("id=\"search-results\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("results")
}

both!(everything_with_a_name_is_found_and_nobody_elses, |app| async move {
    let world = World::open(&app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    let yours = world.beside("yours").await;
    let other = yours.user_id("john").await;
    let mut viewer = administrator(&app, "viewer", &[(&id, Role::Viewer)]).await;
    for (query, route) in [
        ("the%20my", "/console/{slug}/applications/{id}"),
        ("my-app", "/console/{slug}/applications/{id}"),
        ("library", "/console/{slug}/scopes/identity/{id}"),
        ("library-api", "/console/{slug}/connections/{id}"),
        ("books", "/console/{slug}/connections/{id}/scopes/{scope}"),
        ("john", "/console/{slug}/users/{id}"),
        ("log", "/console/{slug}/audit"),
    ] {
        let page = viewer.get(&format!("/console/mysub/search?q={query}")).await.expect(200).body;
        let to = objects.fill(route);
        assert!(results(&page).contains(&format!("href=\"{to}\"")), "{query}: {page}");
        assert!(!page.contains(&other) && !page.contains("/console/yours"), "{query}");
        viewer.get(&to).await.expect(200);
    }
    let claims = viewer.get("/console/mysub/search?q=library_c").await.expect(200).body;
    assert!(results(&claims).contains("href=\"/console/mysub/scopes/claims/"), "{claims}");
    // Forms for something new are for those who may send them.
    let new = "/console/mysub/users/new";
    assert!(!viewer.get("/console/mysub/search?q=new").await.expect(200).body.contains(new));
    let mut editor = administrator(&app, "editor", &[(&id, Role::Editor)]).await;
    assert!(results(&editor.get("/console/mysub/search?q=new").await.expect(200).body).contains(new));
    for query in ["%25", "_", "%00", "nobody%20is%20called%20this"] {
        let page = viewer.get(&format!("/console/mysub/search?q={query}")).await;
        assert!([200, 400].contains(&page.status.as_u16()), "{query}");
        assert!(!page.body.contains(&objects.user), "{query}");
    }
    viewer.get("/console/yours/search?q=john").await.expect(404);
});

both!(outside_only_ones_own_subscriptions_are_found, |app| async move {
    let world = World::open(&app).await;
    let id = world.subscription_id().await;
    world.beside("yours").await;
    let mut viewer = administrator(&app, "viewer", &[(&id, Role::Viewer)]).await;
    let page = viewer.get("/console/search?q=").await.expect(200).body;
    assert!(page.contains("/console/mysub") && !page.contains("/console/yours"), "{page}");
    assert!(!results(&viewer.get("/console/search?q=you").await.expect(200).body).contains("yours"));
});

both!(administrators_are_found_by_owners_only, |app| async move {
    World::open(&app).await;
    let mut viewer = administrator(&app, "vera", &[(EVERYWHERE, Role::Viewer)]).await;
    let mut owner = administrator(&app, "olga", &[(EVERYWHERE, Role::Owner)]).await;
    let path = "/console/system/search?q=ve";
    assert!(!results(&viewer.get(path).await.expect(200).body).contains("/users/"));
    assert!(results(&owner.get(path).await.expect(200).body).contains("/users/"));
});

both!(shortcuts_have_a_page_and_a_way_to_it, |app| async move {
    World::open(&app).await;
    let mut owner = administrator(&app, "olga", &[(EVERYWHERE, Role::Owner)]).await;
    let page = owner.get("/console/mysub/users").await.expect(200).body;
    assert!(page.contains("href=\"/console/shortcuts\"") && page.contains("data-keys=\"g u\""), "{page}");
    assert!(page.contains("data-keys=\"/\"") && page.contains("data-keys=\"n\""), "{page}");
    assert!(page.contains("href=\"/console/mysub/search\""), "{page}");
    let page = owner.get("/console/shortcuts").await.expect(200).body;
    assert!(page.contains("Ctrl</kbd>") && page.contains("Audit log"), "{page}");
});

both!(what_is_not_there_is_said_within_the_console, |app| async move {
    let world = World::open(&app).await;
    let id = world.subscription_id().await;
    let mut viewer = administrator(&app, "viewer", &[(&id, Role::Viewer)]).await;
    for (path, back) in [
        ("/console/mysub/failures/NOPE", "href=\"/console/mysub/audit\""),
        ("/console/mysub/users/nobody", "href=\"/console/mysub/users\""),
        ("/console/mysub/no-such-page", "href=\"/console/mysub\""),
        ("/console/nowhere/users", "href=\"/console\""),
    ] {
        let page = viewer.get(path).await.expect(404).body;
        assert!(page.contains("class=\"console-nav\"") && page.contains(back), "{path}: {page}");
        assert!(!page.contains("Reference:"), "a request's number is no reference: {path}");
    }
    let page = viewer.get("/console/mysub/users/new").await.expect(403).body;
    assert!(page.contains("class=\"console-nav\"") && page.contains("Not allowed"), "{page}");
    // To nobody the frame says nothing.
    assert!(!app.get("/console/mysub/no-such-page").await.expect(404).body.contains("console-nav"));
});

both!(rows_are_cards_with_the_names_of_their_columns, |app| async move {
    World::open(&app).await;
    let mut owner = administrator(&app, "olga", &[(EVERYWHERE, Role::Owner)]).await;
    let page = owner.get("/console/mysub/users").await.expect(200).body;
    assert!(page.contains("<td role=\"cell\" data-label=\"Email\"") || page.contains("data-label=\"E-mail"), "{page}");
    assert!(page.contains("role=\"columnheader\"") && page.contains("role=\"rowheader\""), "{page}");
});
