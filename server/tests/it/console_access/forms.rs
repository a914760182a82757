//! Fields that a form does not have, and those that nobody can change (docs/security.md 64, 68).

use model::Role;
use service::Actor;
use service::console::applications;

use super::objects::Objects;
use super::people::administrator;
use crate::oauth::world::World;
use crate::support::Browser;

async fn editor(world: &World) -> Browser {
    administrator(&world.app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await
}

both!(read_only_fields_are_refused, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let before = applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one");
    let path = objects.fill("/console/{slug}/applications/{id}");
    let version = before.stored.version.to_string();
    for (field, value) in [
        ("client_id", "other"),
        ("type", "service"),
        ("id", "x"),
        ("disabled", "true"),
        ("secret", "value:x"),
        ("dialect", "x"),
    ] {
        let fields = [("name", "Changed"), ("version", version.as_str()), (field, value)];
        browser.post(&path, &fields).await.expect(422);
    }
    let after = applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one");
    assert_eq!(before.stored, after.stored);
    let settings = [("name", "Changed"), ("version", "1"), ("slug", "other")];
    browser.post("/console/mysub/settings", &settings).await.expect(422);
    browser.get("/console/mysub").await.expect(200);
});

both!(a_form_without_its_version_is_outdated, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    for route in ["/console/{slug}/applications/{id}/disable", "/console/{slug}/applications/{id}/delete"] {
        for version in [&[][..], &[("version", "0")][..], &[("version", "x")][..]] {
            let status = browser.post(&objects.fill(route), version).await.status;
            assert!([409, 422].contains(&status.as_u16()), "{route}: {status}");
        }
    }
});

both!(a_secret_is_shown_once, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let own = objects.fill("/console/{slug}/applications/{id}");
    let made = browser.post(&format!("{own}/secrets/new"), &[]).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200);
    let is_secret =
        |word: &str| word.len() == 43 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let secret =
        page.body.split(|c: char| "<>\"".contains(c)).find(|word| is_secret(word)).expect("a secret").to_owned();
    let grant = [("grant_type", "client_credentials")];
    world.post_basic("/connect/token", ("my-app", &secret), &grant).await.expect(200);
    for path in [&own, "/console/mysub/applications", "/console/mysub/audit", "/console/mysub"] {
        assert!(!browser.open(path).await.expect(200).body.contains(&secret), "{path}");
    }
    assert!(!made.headers.iter().any(|(_, value)| value.to_str().is_ok_and(|v| v.contains(&secret))));
});

both!(everything_that_is_wrong_is_told_at_once, |app| async move {
    let world = World::open(&app).await;
    let mut browser = editor(&world).await;
    let john = format!("/console/mysub/users/{}", world.user_id("john").await);
    let wrong = [("username", "a@b"), ("email", "nobody"), ("library_card", "twelve"), ("birthdate", "yesterday")];
    for (path, more) in [("/console/mysub/users/new", ("password", "short")), (john.as_str(), ("version", "1"))] {
        let fields: Vec<_> = wrong.into_iter().chain([more]).collect();
        let page = browser.post(path, &fields).await.expect(422).body;
        for field in
            wrong.iter().map(|(name, _)| *name).chain(["password"].into_iter().filter(|_| more.0 == "password"))
        {
            assert!(page.contains(&format!("href=\"#f-{field}\"")), "{path} says nothing of {field}");
        }
    }
});

both!(settings_that_cannot_be_read_are_not_previewed, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let path = objects.fill("/console/{slug}/applications/{id}");
    let asked = [("do", "preview"), ("preview_login", "john"), ("name", "X"), ("version", "1")];
    let more = [("redirect_uris", "https://library.example/callback"), ("access_token_lifetime", "1h")];
    let page = browser.post(&path, &[&asked[..], &more].concat()).await.expect(422).body;
    assert!(page.contains("cannot be read") && page.contains("href=\"#f-access_token_lifetime\""), "{page}");
    assert!(!page.contains("LC-123456"), "what is saved would be taken for what is typed");
});
