//! What somebody who is new to the console leans on: first steps, names that are made, and what comes next.

use model::Role;

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::library::PASSWORD;
use crate::oauth::world::World;

both!(a_new_subscription_leads_from_step_to_step, |app| async move {
    World::open(&app).await;
    let mut browser = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    let subscription = [("name", "City Library"), ("slug", ""), ("scope_preset", "standard")];
    let made = browser.post("/console/new", &subscription).await.expect(303);
    assert_eq!(made.header("location"), "/console/city-library");
    let taken = browser.post("/console/new", &subscription).await.expect(422).body;
    assert!(taken.contains("href=\"#f-slug\"") && taken.contains("value=\"city-library\""), "{taken}");
    let home = browser.open("/console/city-library").await.expect(200).body;
    assert!(home.contains("What applications should know") && !home.contains(">Done<"), "{home}");
    assert!(home.contains("href=\"/console/city-library/connections/new\""), "{home}");

    let claim = [("name", "library_card"), ("display_name", ""), ("type", "string")];
    let made = browser.post("/console/city-library/scopes/claims/new", &claim).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    let next = "/console/city-library/scopes/identity/new?claim=library_card";
    assert!(page.contains("Library card") && page.contains(&format!("href=\"{next}\"")), "{page}");
    let page = browser.get(next).await.expect(200).body;
    assert!(page.contains("value=\"library_card\" checked"), "{page}");
    let at = |name: &str| page.find(&format!("value=\"{name}\"")).expect("offered");
    assert!(at("library_card") < at("sub"), "one's own come first");
    let scope = [("name", "library-profile"), ("claims", "library_card")];
    let made = browser.post(next, &scope).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    // There is no application yet: a new one has the scope already.
    let next = "/console/city-library/applications/new?allowed_identity_scopes=library-profile";
    assert!(page.contains("Library profile") && page.contains(&format!("href=\"{next}\"")), "{page}");
    let page = browser.get(next).await.expect(200).body;
    assert!(page.contains("value=\"library-profile\" checked"), "{page}");

    let application = [
        ("name", "The Library\u{2019}s site"),
        ("type", "web"),
        ("grant_types", "authorization_code"),
        ("redirect_uris", "https://library.example/callback"),
        ("allowed_identity_scopes", "openid"),
        ("required_claims", "library_card"),
        ("require_pkce", "true"),
    ];
    let made = browser.post("/console/city-library/applications/new", &application).await.expect(303);
    let own = made.header("location").to_owned();
    let page = browser.open(&own).await.expect(200).body;
    assert!(page.contains("the-library-s-site") && page.contains("No allowed identity scope holds it"), "{page}");
    let (next, playground) = ("/console/city-library/users/new", format!("{own}/playground"));
    assert!(page.contains(&format!("href=\"{next}\" class=\"notice-action\"")), "nobody to try it with yet: {page}");
    let made = browser.post(next, &[("username", "mary"), ("password", PASSWORD)]).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    assert!(page.contains(&format!("href=\"{playground}\" class=\"notice-action\"")), "{page}");
    let home = browser.get("/console/city-library").await.expect(200).body;
    assert!(home.contains(&format!("{own}/playground")) && home.contains("Done"), "{home}");
});

both!(a_claim_brings_its_scope_and_a_connection_its_permissions, |app| async move {
    let world = World::open(&app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    let mut browser = administrator(&app, "editor", &[(&id, Role::Editor)]).await;
    let at = |path: &str| objects.fill(&format!("/console/{{slug}}{path}"));
    let claim = |scope: &'static str| [("name", "pages_read"), ("type", "integer"), ("identity_scope", scope)];
    for scope in ["a b", "library-api"] {
        let page = browser.post(&at("/scopes/claims/new"), &claim(scope)).await.expect(422).body;
        assert!(
            page.contains("href=\"#f-identity_scope\"") && page.contains("value=\"pages_read\""),
            "{scope}: {page}"
        );
    }
    let made = browser.post(&at("/scopes/claims/new"), &claim("reading")).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    assert!(page.contains(">reading<"), "{page}");
    let allow = format!("href=\"{}\" class=\"notice-action\"", at("/applications"));
    assert!(page.contains(&allow), "there is an application already: {page}");

    let connection = |scopes: &'static str| [("name", "loans-api"), ("scopes", scopes)];
    for (scopes, said) in [
        ("loans-read\nloans read", "loans read\" is no scope"),
        ("loans-read\nloans-read", "loans-read is there more than once"),
        ("loans-read\nopenid", "openid is taken already"),
    ] {
        let page = browser.post(&at("/connections/new"), &connection(scopes)).await.expect(422).body;
        assert!(page.contains("href=\"#f-scopes\"") && page.contains("value=\"loans-api\""), "{scopes}: {page}");
        assert!(page.replace("&quot;", "\"").contains(said), "{scopes}: {page}");
    }
    let scopes = "loans-read = See what you have borrowed\n\nloans-renew\nloans-api\nloans?kind=late";
    let made = browser.post(&at("/connections/new"), &connection(scopes)).await.expect(303);
    let page = browser.open(made.header("location")).await.expect(200).body;
    for text in
        ["Loans API", "See what you have borrowed", "Loans renew", "loans-read", "loans-renew", "loans?kind=late"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(page.contains(&allow), "{page}");
});

both!(the_first_sign_in_ends_the_first_steps, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = administrator(&app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await;
    assert!(browser.get("/console/mysub").await.expect(200).body.contains("First steps"));
    let fields = [("username", "john"), ("password", PASSWORD)];
    app.browser().post(&world.path("/login"), &fields).await.expect(303);
    assert!(!browser.get("/console/mysub").await.expect(200).body.contains("First steps"));
});

both!(a_name_that_was_only_begun_is_no_name, |app| async move {
    let world = World::open(&app).await;
    let (objects, id) = (Objects::of(&world).await, world.subscription_id().await);
    let mut browser = administrator(&app, "editor", &[(&id, Role::Editor)]).await;
    let path = format!("{}/scopes/new", objects.fill("/console/{slug}/connections/{id}"));
    let page = browser.get(&path).await.expect(200).body;
    assert!(page.contains("value=\"library-api-\""), "{page}");
    assert!(page.contains(&format!("action=\"{path}\"")), "no fragment of an earlier page survives: {page}");
    browser.post(&path, &[("name", "library-api-")]).await.expect(422);
    browser.post(&path, &[("name", "library-api-loans")]).await.expect(303);
});
