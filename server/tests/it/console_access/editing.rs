//! Two administrators on one object: nothing is lost, nothing is overwritten without a word. What a
//! choice carries is held to the same limits as a form (docs/security.md 64, 75).

use model::Role;
use service::Actor;
use service::console::{applications, claims, users};

use super::objects::Objects;
use super::people::administrator;
use crate::oauth::world::World;
use crate::support::fields::Fields;
use crate::support::{Browser, TestApp};

struct Two {
    objects: Objects,
    ana: Browser,
    ben: Browser,
}

/// Ana and Ben, editors.
async fn two(app: &TestApp) -> Two {
    let world = World::open(app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    let ana = administrator(app, "ana", &[(&id, Role::Editor)]).await;
    let ben = administrator(app, "ben", &[(&id, Role::Editor)]).await;
    Two { objects, ana, ben }
}

async fn form(browser: &mut Browser, path: &str) -> Fields {
    Fields::of(&browser.get(path).await.expect(200).body)
}

both!(each_keeps_what_only_they_changed, |app| async move {
    let Two { objects, mut ana, mut ben } = two(&app).await;
    let path = objects.fill("/console/{slug}/applications/{id}");
    let (first, second) = (form(&mut ana, &path).await, form(&mut ben, &path).await);
    ana.post(&path, &first.set("name", "Renamed by Ana").pairs()).await.expect(303);
    app.clock.advance(120);
    let page = ben.post(&path, &second.set("access_token_lifetime", "1800").pairs()).await.expect(409).body;
    assert!(page.contains("ana changed Name 2 minutes ago; kept."), "{page}");
    assert!(!page.contains("name=\"keep "), "nothing is to be chosen: {page}");
    assert!(page.contains(&format!("href=\"{path}\">Start over")), "{page}");
    let again = Fields::of(&page);
    assert_eq!((again.get("name"), again.get("access_token_lifetime")), ("Renamed by Ana", "1800"));
    ben.post(&path, &again.pairs()).await.expect(303);
    let spec = applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one").stored.spec;
    assert_eq!((spec.name.as_str(), spec.access_token_lifetime), ("Renamed by Ana", 1800));
});

both!(additions_to_redirect_uris_and_scopes_go_together, |app| async move {
    let Two { objects, mut ana, mut ben } = two(&app).await;
    let path = objects.fill("/console/{slug}/applications/{id}");
    let (first, second) = (form(&mut ana, &path).await, form(&mut ben, &path).await);
    let uris = first.get("redirect_uris").to_owned();
    let hers = first.set("redirect_uris", &format!("{uris}\r\nhttps://ana.example/cb"));
    ana.post(&path, &hers.tick("allowed_identity_scopes", "phone").pairs()).await.expect(303);
    let his = second.set("redirect_uris", &format!("{uris}\r\nhttps://ben.example/cb"));
    let page = ben.post(&path, &his.tick("allowed_identity_scopes", "address").pairs()).await.expect(409).body;
    let again = Fields::of(&page);
    assert!(again.get("redirect_uris").contains("https://ana.example/cb"), "{page}");
    assert!(again.get("redirect_uris").contains("https://ben.example/cb"), "{page}");
    let scopes = again.all("allowed_identity_scopes");
    assert!(scopes.contains(&"phone") && scopes.contains(&"address"), "{scopes:?}");
    // Nothing is saved before he says so; then both are.
    let spec = async || applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one");
    assert!(!spec().await.stored.spec.redirect_uris.iter().any(|uri| uri.contains("ben")));
    ben.post(&path, &again.pairs()).await.expect(303);
    let saved = spec().await.stored.spec;
    assert!(["ana", "ben"].iter().all(|who| saved.redirect_uris.contains(&format!("https://{who}.example/cb"))));
    assert!(["phone", "address"].iter().all(|scope| saved.allowed_identity_scopes.contains(&(*scope).to_owned())));
});

both!(what_both_changed_is_chosen_field_by_field, |app| async move {
    let Two { objects, mut ana, mut ben } = two(&app).await;
    let path = objects.fill("/console/{slug}/scopes/claims/{id}");
    let (first, second) = (form(&mut ana, &path).await, form(&mut ben, &path).await);
    let hers = first.set("display_name", "Ana's card").set("help", "Ana's help");
    ana.post(&path, &hers.pairs()).await.expect(303);
    let his = second.set("display_name", "Ben's card").set("help", "Ben's help");
    let page = ben.post(&path, &his.pairs()).await.expect(409).body;
    let again = Fields::of(&page);
    assert_eq!((again.get("display_name"), again.get("help")), ("Ben's card", "Ben's help"));
    assert!(page.contains("Ana&#x27;s card") || page.contains("Ana's card"), "side by side: {page}");
    // He takes hers for one of them: what the choice carries is what will be saved.
    assert_eq!((again.get("keep display_name"), again.get("keep help")), ("", ""));
    let chosen = again.set("keep display_name", "[\"Ana's card\"]");
    ben.post(&path, &chosen.pairs()).await.expect(303);
    let claim = claims::get(&app.ctx, &Actor::Cli, "mysub", &objects.claim).await.expect("one").spec;
    assert_eq!((claim.display_name.as_str(), claim.help.as_str()), ("Ana's card", "Ben's help"));
});

both!(a_third_save_in_between_is_a_question_again, |app| async move {
    let Two { objects, mut ana, mut ben } = two(&app).await;
    let path = objects.fill("/console/{slug}/scopes/claims/{id}");
    let (first, second) = (form(&mut ana, &path).await, form(&mut ben, &path).await);
    ana.post(&path, &first.set("help", "one").pairs()).await.expect(303);
    let page = ben.post(&path, &second.set("help", "his").pairs()).await.expect(409).body;
    let newer = form(&mut ana, &path).await;
    ana.post(&path, &newer.set("help", "two").pairs()).await.expect(303);
    let page = ben.post(&path, &Fields::of(&page).pairs()).await.expect(409).body;
    assert!(page.contains("two") && Fields::of(&page).get("help") == "his", "{page}");
});

both!(two_editors_of_a_user, |app| async move {
    let Two { objects, mut ana, mut ben } = two(&app).await;
    let path = objects.fill("/console/{slug}/users/{id}");
    let (first, second) = (form(&mut ana, &path).await, form(&mut ben, &path).await);
    ana.post(&path, &first.set("nickname", "Johnny").set("email", "new@email.com").pairs()).await.expect(303);
    let page = ben.post(&path, &second.set("website", "https://john.example").pairs()).await.expect(409).body;
    assert!(page.contains("ana changed Nickname just now; kept."), "{page}");
    ben.post(&path, &Fields::of(&page).pairs()).await.expect(303);
    let user = users::get(&app.ctx, &Actor::Cli, "mysub", &objects.user).await.expect("one");
    let value = |name: &str| {
        let found = user.claims.iter().find(|(claim, _)| claim.name == name);
        found.and_then(|(_, value)| value.as_ref()?.as_str().map(str::to_owned))
    };
    assert_eq!(user.email.as_deref(), Some("new@email.com"));
    assert_eq!((value("nickname"), value("website")), (Some("Johnny".into()), Some("https://john.example".into())));
});

both!(a_form_without_what_it_was_made_from_asks_about_every_difference, |app| async move {
    let Two { objects, mut ana, mut ben } = two(&app).await;
    let path = objects.fill("/console/{slug}/scopes/claims/{id}");
    let (first, mut second) = (form(&mut ana, &path).await, form(&mut ben, &path).await);
    ana.post(&path, &first.set("help", "hers").pairs()).await.expect(303);
    second.0.retain(|(name, _)| name != "made from");
    let page = ben.post(&path, &second.pairs()).await.expect(409).body;
    assert!(page.contains("name=\"keep help\""), "{page}");
    // A forged one, or a choice of what no form can hold, is worth nothing.
    let forged = second.set("made from", "{}").set("keep help", "[\"a\\u0000b\"]");
    ben.post(&path, &forged.pairs()).await.expect(409);
    let claim = claims::get(&app.ctx, &Actor::Cli, "mysub", &objects.claim).await.expect("one").spec;
    assert_eq!(claim.help, "hers");
});
