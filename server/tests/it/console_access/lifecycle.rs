//! Pages that make, renew and take back: duplicates, secrets, keys, settings of new applications, consents.

use model::Role;
use serde_json::json;
use service::Actor;
use service::console::{applications, users};

use super::objects::Objects;
use super::people::administrator;
use crate::oauth::ask::Ask;
use crate::oauth::library::{API_SECRET, PASSWORD, SECRET};
use crate::oauth::world::World;
use crate::support::Browser;

const DAY: i64 = 86_400;

async fn editor(world: &World) -> Browser {
    administrator(&world.app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await
}

/// The secret that the page after shows.
async fn shown(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let made = browser.post(path, fields).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    let is_secret =
        |word: &str| word.len() == 43 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    page.split(|c: char| "<>\"".contains(c)).find(|word| is_secret(word)).expect("a secret").to_owned()
}

both!(an_expired_secret_is_refused_everywhere, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let own = objects.fill("/console/{slug}/applications/{id}");
    let api = objects.fill("/console/{slug}/connections/{id}");
    let plan = [("expires_in_days", "30"), ("overlap_hours", "24")];
    let fresh = shown(&mut browser, &format!("{own}/secrets/rotate"), &plan).await;
    let fresh_api = shown(&mut browser, &format!("{api}/secrets/rotate"), &plan).await;
    let grant = [("grant_type", "client_credentials"), ("scope", "books")];
    let check = async |application: &str, connection: &str, status: u16| {
        world.post_basic("/connect/token", ("my-app", application), &grant).await.expect(status);
        let token = [("token", "whatever")];
        world.post_basic("/connect/revocation", ("my-app", application), &token).await.expect(status);
        world.post_basic("/connect/introspect", ("library-api", connection), &token).await.expect(status);
    };
    check(SECRET, API_SECRET, 200).await;
    check(&fresh, &fresh_api, 200).await;
    app.clock.advance(DAY - 1);
    check(SECRET, API_SECRET, 200).await;
    app.clock.advance(1);
    check(SECRET, API_SECRET, 401).await;
    check(&fresh, &fresh_api, 200).await;
    app.clock.advance(29 * DAY);
    check(&fresh, &fresh_api, 401).await;
    let id = &objects.application;
    let secrets = applications::get(&app.ctx, &Actor::Cli, "mysub", id).await.expect("view").secrets;
    assert!(secrets.iter().all(|secret| !secret.is_live));
});

both!(the_list_says_what_is_used_expired_and_last, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let own = objects.fill("/console/{slug}/applications/{id}");
    let remove = objects.fill("/console/{slug}/applications/{id}/secrets/{secret}/remove");
    assert!(browser.get(&own).await.expect(200).body.contains("Never used"));
    assert!(browser.get(&remove).await.expect(200).body.contains("the last secret that is accepted"));
    let none = [("overlap_hours", "0")];
    shown(&mut browser, &format!("{own}/secrets/rotate"), &none).await;
    assert!(browser.get(&own).await.expect(200).body.contains("Expired"));
    let page = browser.get(&remove).await.expect(200).body;
    assert!(page.contains("refused already") && !page.contains("the last secret"), "{page}");
    browser.post(&remove, &[]).await.expect(303);
    for forged in
        [[("overlap_hours", "2"), ("expires_in_days", "")], [("overlap_hours", "1"), ("expires_in_days", "7")]]
    {
        browser.post(&format!("{own}/secrets/rotate"), &forged).await.expect(422);
    }
    browser.post(&format!("{own}/secrets/rotate"), &[]).await.expect(422);
});

both!(a_duplicate_signs_in_with_a_secret_of_its_own, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let path = objects.fill("/console/{slug}/applications/{id}/duplicate");
    assert!(browser.get(&path).await.expect(200).body.contains("my-app-copy"));
    let taken = browser.post(&path, &[("name", "Second"), ("client_id", "museum")]).await.expect(422);
    assert!(taken.body.contains("href=\"#f-client_id\""));
    let secret = shown(&mut browser, &path, &[("name", "Second"), ("client_id", "second")]).await;
    let grant = [("grant_type", "client_credentials"), ("scope", "books")];
    world.post_basic("/connect/token", ("second", &secret), &grant).await.expect(200);
    world.post_basic("/connect/token", ("second", SECRET), &grant).await.expect(401);
    world.signed_in("john").await.get(&world.authorize(&Ask::of("second"))).await.expect(303);
});

both!(a_rotation_of_keys_says_beforehand_what_it_does, |app| async move {
    let world =
        World::with(&app, |library| library.application("museum", &json!({ "access_token_lifetime": 7_200 }))).await;
    let mut browser = editor(&world).await;
    let page = browser.get("/console/mysub/keys/RS256/rotate").await.expect(200).body;
    for told in
        ["120 minutes", "The museum", "22 Nov 2026, 01:00 UTC", "22 Nov 2026, 03:00 UTC", "23 Nov 2026, 01:05 UTC"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    browser.post("/console/mysub/keys/RS256/rotate", &[]).await.expect(303);
    let page = browser.get("/console/mysub/keys").await.expect(200).body;
    assert!(page.contains("22 Nov 2026, 03:00 UTC") && page.contains("23 Nov 2026, 01:05 UTC"), "{page}");
});

both!(settings_of_new_applications_and_passwords_take_effect, |app| async move {
    let world = World::open(&app).await;
    let mut browser = editor(&world).await;
    let settings = [
        ("name", "The mysub"),
        ("registration", "true"),
        ("session_idle_lifetime", "86400"),
        ("session_absolute_lifetime", "1209600"),
        ("application_defaults.access_token_format", "reference"),
        ("application_defaults.require_consent", "true"),
        ("application_defaults.refresh_token", "true"),
        ("application_defaults.access_token_lifetime", "600"),
        ("version", "1"),
    ];
    let short = [&settings[..], &[("password_min_length", "14")]].concat();
    let page = browser.post("/console/mysub/settings", &short).await.expect(422).body;
    assert!(page.contains("href=\"#f-password_min_length\""), "{page}");
    let longer = [&settings[..], &[("password_min_length", "25")]].concat();
    browser.post("/console/mysub/settings", &longer).await.expect(303);
    let form = browser.get("/console/mysub/applications/new").await.expect(200).body;
    assert!(form.contains("value=\"600\""), "{form}");
    // A form that leaves these out, such as a short one, has them too.
    let new = [("name", "N"), ("client_id", "n"), ("type", "web"), ("grant_types", "client_credentials")];
    browser.post("/console/mysub/applications/new", &new).await.expect(303);
    let made = world.snapshot().await.tenant.application("n").expect("it").spec().clone();
    assert_eq!(made.access_token_lifetime, 600);
    assert_eq!(made.format(), model::spec::AccessTokenFormat::Reference);
    // 24 characters, enough elsewhere.
    let user = world.user_id("john").await;
    let set = async |password: &str| users::set_password(&app.ctx, &Actor::Cli, "mysub", &user, password).await;
    assert!(set(PASSWORD).await.is_err());
    set("quiet river under stones and moss").await.expect("long enough");
    let register = async |password: &str| {
        let fields = [("email", "new@email.com"), ("password", password), ("password_confirmation", password)];
        app.browser().post(&world.path("/register"), &fields).await
    };
    let refused = register(PASSWORD).await.expect(422);
    assert!(refused.body.contains("At least 25 characters"));
    register("quiet river under stones and moss").await.expect(303);
    // Export has them, and applying it changes nothing.
    let file = service::apply::export(&app.ctx, Some("mysub"), false).await.expect("exported");
    let exported = &file.subscriptions[0];
    assert_eq!(exported.password_min_length, Some(25));
    assert!(exported.application_defaults.require_consent && exported.application_defaults.refresh_token);
});

both!(a_consent_is_withdrawn_with_its_tokens, |app| async move {
    let world = World::with(&app, |library| library.application("my-app", &json!({ "require_consent": true }))).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let user = objects.fill("/console/{slug}/users/{id}");
    let ask = Ask::of("my-app").with("scope", "openid");
    let mut reader = world.signed_in("john").await;
    let code = world.ask(&mut reader, &ask).await.code();
    let tokens = crate::oauth::world::Tokens::of(world.redeem(&code).await);
    world.userinfo(tokens.access()).await.expect(200);
    let page = browser.get(&format!("{user}/consents")).await.expect(200).body;
    let withdraw = objects.fill("/console/{slug}/users/{id}/consents/{application}/withdraw");
    assert!(page.contains("The my-app") && page.contains(&withdraw), "{page}");
    assert!(browser.get(&user).await.expect(200).body.contains(&format!("{user}/consents")));
    browser.post(&withdraw, &[]).await.expect(303);
    world.userinfo(tokens.access()).await.expect(401);
    // Asked again, not let through.
    let asked = reader.get(&world.authorize(&ask)).await.expect(303);
    assert!(asked.header("location").contains("/consent"), "{}", asked.header("location"));
    browser.get(&withdraw).await.expect(404);
});

both!(a_session_that_leads_on_is_noted_once_an_hour, |app| async move {
    let world = World::open(&app).await;
    let (mut reader, user) = (world.signed_in("john").await, world.user_id("john").await);
    let noted = async || {
        let all = model::PageRequest::default();
        let rows = users::history(&app.ctx, &Actor::Cli, "mysub", &user, &all).await.expect("history").items;
        let rows = rows.into_iter().filter(|row| row.action == "sign_in_by_session");
        rows.map(|row| row.application.expect("named").1).collect::<Vec<_>>()
    };
    for _ in 0..3 {
        world.ask(&mut reader, &Ask::of("my-app")).await.code();
    }
    world.ask(&mut reader, &Ask::of("museum")).await.code();
    assert_eq!(noted().await, ["museum", "my-app"]);
    app.clock.advance(3_600);
    world.ask(&mut reader, &Ask::of("my-app")).await.code();
    assert_eq!(noted().await, ["my-app", "museum", "my-app"]);
});

both!(a_claims_page_previews_what_is_not_saved, |app| async move {
    let world = World::open(&app).await;
    let (objects, mut browser) = (Objects::of(&world).await, editor(&world).await);
    let claim = objects.fill("/console/{slug}/scopes/claims/{id}");
    let page = browser.get(&claim).await.expect(200).body;
    assert!(page.contains("Token preview") && page.contains("preview_application"), "{page}");
    let scope = objects.fill("/console/{slug}/scopes/identity/{id}");
    let asked = [("do", "preview"), ("preview_application", "my-app"), ("preview_login", "john"), ("version", "1")];
    let unsaved =
        [("display_name", "Library"), ("claims", "library_card"), ("claims", "shelf"), ("claims", "nickname")];
    let fields = [&asked[..], &unsaved].concat();
    let page = browser.post(&scope, &fields).await.expect(200).body;
    assert!(page.contains("LC-123456"), "{page}");
    let without = [&asked[..], &[("display_name", "Library"), ("claims", "shelf")]].concat();
    let page = browser.post(&scope, &without).await.expect(200).body;
    assert!(page.contains("no longer there"), "{page}");
    assert!(world.snapshot().await.tenant.identity_scope("library").expect("it").claims == ["library_card"]);
    let unknown = [&[("do", "preview"), ("preview_application", "nothing"), ("version", "1")][..], &unsaved].concat();
    let page = browser.post(&scope, &unknown).await.expect(200).body;
    assert!(page.contains("No application in this subscription"), "{page}");
    let api_scope = objects.fill("/console/{slug}/connections/{id}/scopes/{scope}");
    assert!(browser.get(&api_scope).await.expect(200).body.contains("Token preview"));
    let mut viewer = administrator(&app, "viewer", &[(&world.subscription_id().await, Role::Viewer)]).await;
    let page = viewer.post(&scope, &without).await.expect(200).body;
    assert!(page.contains("LC-123456") && !page.contains("no longer there"), "a viewer sees what is saved");
});
