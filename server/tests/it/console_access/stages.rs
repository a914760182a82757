//! Required claims in stages on the console's pages: form, figures, and what a change would do, before it
//! is saved. Foreign claims of a forged form are refused (docs/security.md 64, 68).

use model::Role;
use model::spec::{RequiredClaim, Stage};
use service::Actor;
use service::console::applications;

use super::objects::Objects;
use super::people::administrator;
use crate::oauth::ask::Ask;
use crate::oauth::world::World;
use crate::support::Browser;

async fn editor(world: &World) -> Browser {
    administrator(&world.app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await
}

/// The form of `my-app` as the page sends it, with these claims.
async fn form(world: &World, objects: &Objects, required: &[RequiredClaim]) -> Vec<(String, String)> {
    let stored = applications::get(&world.app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one");
    let mut spec = stored.stored.spec;
    spec.required_claims = required.to_vec();
    let form = spec.to_form().without(&["client_id", "type", "disabled", "dialect", "signing_alg"]);
    let version = [("version".to_owned(), stored.stored.version.to_string())];
    form.0.into_iter().chain(version).collect()
}

async fn post(
    browser: &mut Browser,
    path: &str,
    fields: &[(String, String)],
    more: &[(&str, &str)],
) -> crate::support::Reply {
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied());
    browser.post(path, &fields.collect::<Vec<_>>()).await
}

both!(stages_are_saved_and_shown, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let path = objects.fill("/console/{slug}/applications/{id}");
    let staged = [
        RequiredClaim::staged("library_card", Stage::Skippable, Some("2026-12-31")),
        RequiredClaim::staged("shelf", Stage::Report, None),
    ];
    post(&mut browser, &path, &form(&world, &objects, &staged).await, &[]).await.expect(303);
    let stored = applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one");
    assert_eq!(stored.stored.spec.required_claims, staged);
    let page = browser.get(&path).await.expect(200).body;
    assert!(page.contains("value=\"2026-12-31\"") && page.contains("Nobody has signed in"), "{page}");
    // A script that ticks a name and says nothing more still enforces it.
    let mut bare = form(&world, &objects, &[]).await;
    bare.push(("required_claims".into(), "library_card".into()));
    post(&mut browser, &path, &bare, &[]).await.expect(303);
    let stored = applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one");
    assert_eq!(stored.stored.spec.required_claims, [RequiredClaim::enforced("library_card")]);
    // What cannot be: a day that does not exist, a stage that does not, a claim that does not.
    let undated = [RequiredClaim::staged("library_card", Stage::Skippable, Some("2026-02-30"))];
    let page = post(&mut browser, &path, &form(&world, &objects, &undated).await, &[]).await.expect(422).body;
    assert!(page.contains("is not a day of the calendar") && page.contains("value=\"2026-02-30\""), "{page}");
    let good = form(&world, &objects, &[]).await;
    for forged in [
        [("required_claims", "library_card"), ("required_claims.library_card.stage", "sometimes")],
        [("required_claims", "nothing"), ("required_claims.nothing.stage", "report")],
        [("required_claims", "library_card"), ("required_claims.library_card.owner", "me")],
    ] {
        post(&mut browser, &path, &good, &forged).await.expect(422);
    }
});

both!(what_a_change_does_is_told_before_it_is_saved, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    for user in ["john", "mary"] {
        world.ask(&mut world.signed_in(user).await, &Ask::of("my-app")).await.code();
    }
    let path = objects.fill("/console/{slug}/applications/{id}");
    let enforced = [RequiredClaim::enforced("library_card")];
    let fields = form(&world, &objects, &enforced).await;
    let told = post(&mut browser, &path, &fields, &[("do", "preview")]).await.expect(200).body;
    let sentence = "Requiring Library card will ask 1 of 2 users at their next sign-in (of 2 in this subscription).";
    assert!(told.contains(sentence), "{told}");
    let stored = applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("one");
    assert!(stored.stored.spec.required_claims.is_empty(), "nothing was saved");
    post(&mut browser, &path, &fields, &[]).await.expect(303);
    let page = browser.get(&path).await.expect(200).body;
    assert!(page.contains("With a value for Library card: 1 of 2") && page.contains("<meter"), "{page}");
    assert!(!page.contains(sentence), "nothing hurts when nothing changes");

    // Fewer scopes, and out of use.
    let mut fewer = form(&world, &objects, &enforced).await;
    fewer.retain(|(name, value)| !(name == "allowed_identity_scopes" && value == "library"));
    let told = post(&mut browser, &path, &fewer, &[("do", "preview")]).await.expect(200).body;
    assert!(told.contains("Removing the scope library takes library_card away from 1 user"), "{told}");
    let page = browser.get(&format!("{path}/disable")).await.expect(200).body;
    assert!(page.contains("The access of 2 users ends at once."), "{page}");
    let page = browser.get(&format!("{path}/delete")).await.expect(200).body;
    assert!(page.contains("The access of 2 users ends at once.") && page.contains("name=\"confirmation\""), "{page}");
});

both!(deleting_says_by_whom_an_object_is_in_use, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let application = objects.fill("/console/{slug}/applications/{id}");
    let subscription = world.subscription_id().await;
    let mut conn = app.ctx.read().await.expect("reads");
    let card = store::claims::find(&mut conn, &subscription, "library_card").await.expect("asked").expect("a claim");
    let scopes = store::scopes::list_identity(&mut conn, &subscription).await.expect("scopes");
    drop(conn);
    let library = scopes.into_iter().find(|scope| scope.object.spec.name == "library").expect("a scope").object;
    let scope = format!("/console/mysub/scopes/identity/{}", library.id);
    let page = browser.get(&format!("{scope}/delete")).await.expect(200).body;
    assert!(page.contains("It cannot be deleted while it is in use by:") && page.contains(&application), "{page}");
    // Nor is it deleted by those who do not look.
    let version = library.version.to_string();
    browser.post(&format!("{scope}/delete"), &[("version", version.as_str())]).await.expect(409);
    let claim = format!("/console/mysub/scopes/claims/{}", card.object.id);
    let page = browser.get(&format!("{claim}/delete")).await.expect(200).body;
    assert!(page.contains(&scope), "{page}");

    let unsaved = card.object.spec.to_form().without(&["name", "type", "pattern"]).with("pattern", "LC-9[0-9]{5}");
    let version = card.object.version.to_string();
    let fields = unsaved.with("version", version.as_str()).0;
    let told = post(&mut browser, &claim, &fields, &[("do", "preview")]).await.expect(200).body;
    assert!(told.contains("1 of 1 stored values no longer pass these rules"), "{told}");
    let unsaved = library.spec.to_form().without(&["name", "claims"]).with("claims", "shelf");
    let unsaved = unsaved.with("version", library.version.to_string()).0;
    let told = post(&mut browser, &scope, &unsaved, &[("do", "preview")]).await.expect(200).body;
    assert!(told.contains("library_card no longer reaches:") && told.contains("The my-app"), "{told}");
    assert!(told.contains("shelf reaches applications that did not receive it before:"), "{told}");
});
