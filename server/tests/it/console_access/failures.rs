//! The failure doctor: from the reference on a failure page to what was wrong, and to the mend.

use model::Role;

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::ask::Ask;
use crate::oauth::world::World;

both!(a_slash_too_many_is_shown_and_mended_by_an_owner, |app| async move {
    let world = World::open(&app).await;
    let objects = Objects::of(&world).await;
    let own = objects.fill("/console/{slug}/failures/{reference}");
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let page = owner.get(&own).await.expect(200).body;
    // What differs, and nothing else, is marked.
    assert!(page.contains("https://library.example/callback<mark>/</mark>"), "{page}");
    assert!(owner.get("/console/mysub/audit").await.expect(200).body.contains(&own));
    let allow = format!("{own}/allow");
    owner.get(&allow).await.expect(200);
    for wrong in ["", "library", "evil.example"] {
        owner.post(&allow, &[("confirmation", wrong)]).await.expect(422);
    }
    let ask = Ask::of("my-app").with("redirect_uri", "https://library.example/callback/");
    app.browser().get(&world.authorize(&ask)).await.expect(400);
    owner.post(&allow, &[("confirmation", "library.example")]).await.expect(303);
    world.signed_in("john").await.get(&world.authorize(&ask)).await.expect(303);
    // Done is done: there is nothing to ask any more.
    assert_eq!(owner.get(&allow).await.expect(303).header("location"), own);
    assert!(!owner.get(&own).await.expect(200).body.contains("/allow"));
});

both!(an_editor_may_look_and_not_mend, |app| async move {
    let world = World::open(&app).await;
    let objects = Objects::of(&world).await;
    let own = objects.fill("/console/{slug}/failures/{reference}");
    let mut editor = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    let page = editor.get(&own).await.expect(200).body;
    assert!(!page.contains("/allow"));
    editor.post(&format!("{own}/allow"), &[("confirmation", "library.example")]).await.expect(403);
});

both!(each_refusal_is_explained, |app| async move {
    let world = World::open(&app).await;
    let mut viewer = administrator(&app, "viewer", &[(EVERYWHERE, Role::Viewer)]).await;
    let wrong = ("my-app", "not the secret of anybody, but as long");
    world.post_basic("/connect/token", wrong, &[("grant_type", "client_credentials")]).await.expect(401);
    world.token(&[("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", "x")]).await.expect(400);
    world.token(&[("grant_type", "client_credentials"), ("scope", "openid")]).await.expect(400);
    app.browser().get(&world.authorize(&Ask::of("nobody"))).await.expect(400);
    let log = viewer.get("/console/mysub/audit").await.expect(200).body;
    let links: Vec<&str> = log.split("href=\"").filter_map(|rest| rest.split('"').next()).collect();
    let links: Vec<&str> = links.into_iter().filter(|link| link.contains("/failures/")).collect();
    assert_eq!(links.len(), 4, "{links:?}");
    let mut told = String::new();
    for link in links {
        told.push_str(&viewer.get(link).await.expect(200).body);
    }
    for sentence in
        ["did not prove who it is", "not good any more", "scopes that it may not have", "No application here"]
    {
        assert!(told.contains(sentence), "{sentence}");
    }
    assert!(!told.contains(wrong.1));
});
