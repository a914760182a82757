//! The console's door: set-up link, sign-in through the built-in subscription, guard, notices, sign-out.

use service::admin;

use crate::support::{Browser, TestApp};

const PASSWORD: &str = "quiet river under stones";

/// The first administrator, signed in.
async fn owner(app: &TestApp) -> Browser {
    let mut browser = app.browser();
    let token = admin::setup_link(&app.ctx).await.expect("works").expect("no owner yet");
    let setup = format!("/console/setup?token={token}");
    browser.get(&setup).await.expect(200);
    let fields = [
        ("token", token.as_str()),
        ("email", "owner@example.com"),
        ("password", PASSWORD),
        ("password_confirmation", PASSWORD),
    ];
    let page = browser.submit(&setup, &fields).await.expect(200);
    assert!(page.body.contains("Subscriptions"), "{}", page.body);
    browser
}

both!(the_set_up_link_leads_into_the_console_and_works_once, |app| async move {
    let token = admin::setup_link(&app.ctx).await.expect("works").expect("no owner yet");
    let browser = owner(&app).await;
    assert!(browser.cookies.contains_key("tessera-console") && browser.cookies.contains_key("tessera-system"));
    assert!(!browser.cookies.contains_key("tessera-console.sign-in"));
    // This one too: an owner exists.
    let gone = app.browser().get(&format!("/console/setup?token={token}")).await.expect(404);
    assert!(gone.body.contains("does not work any more") && gone.body.contains("exists already"), "{}", gone.body);
    assert_eq!(admin::setup_link(&app.ctx).await.expect("works"), None);
});

both!(a_set_up_link_that_does_not_work_says_what_to_do, |app| async move {
    let page = app.browser().get("/console/setup?token=nonsense").await.expect(404);
    assert!(page.body.contains("Start the server again"), "{}", page.body);
    let token = admin::setup_link(&app.ctx).await.expect("works").expect("no owner yet");
    let fields =
        [("token", token.as_str()), ("email", ""), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
    let page = app.browser().post(&format!("/console/setup?token={token}"), &fields).await.expect(422);
    assert!(page.body.contains("Please fill this in.") && !page.body.contains("not an e-mail address"));
});

both!(a_notice_is_shown_once_and_on_its_own_page, |app| async move {
    let mut browser = owner(&app).await;
    let created =
        browser.post("/console/new", &[("slug", "mysub"), ("name", "My subscription"), ("scope_preset", "standard")]);
    let created = created.await.expect(303);
    let line = created.header_lines("set-cookie").into_iter().find(|line| line.contains("notice")).expect("a notice");
    assert!(line.contains("Max-Age=60") && !line.contains("My subscription"), "{line}");
    let other = browser.get("/console").await.expect(200);
    assert!(!other.body.contains("notice-success"), "{}", other.body);
    let to = created.header("location").to_owned();
    assert!(browser.get(&to).await.expect(200).body.contains("notice-success"));
    assert!(!browser.get(&to).await.expect(200).body.contains("notice-success"));
});

both!(without_a_session_a_get_leads_to_the_sign_in_and_back, |app| async move {
    let mut known = owner(&app).await;
    known.cookies.remove("tessera-console");
    let page = known.open("/console/new").await.expect(200);
    assert!(known.here.starts_with("/console/new"), "{}", known.here);
    assert!(page.body.contains("name=\"slug\""), "{}", page.body);
    let reply = app.browser().get("/console/mysub/applications?q=a%26b").await.expect(303);
    assert_eq!(reply.header("location"), "/console/sign-in?to=%2Fconsole%2Fmysub%2Fapplications%3Fq%3Da%2526b");
});

both!(without_a_session_a_post_changes_nothing_and_says_so, |app| async move {
    let mut stranger = app.browser();
    let fields = [("slug", "mysub"), ("name", "My subscription"), ("scope_preset", "standard")];
    stranger.post("/console/new", &fields).await.expect(401);
    let mut browser = owner(&app).await;
    browser.get("/console/mysub").await.expect(404);
});

both!(a_sign_in_that_this_browser_did_not_begin_is_refused, |app| async move {
    let mut victim = owner(&app).await;
    victim.cookies.remove("tessera-console");
    let reply = victim.get("/console/callback?code=x&state=y&iss=http://localhost:8080/s/system").await.expect(400);
    assert!(reply.header("content-type").starts_with("text/html"));
    // Begun here, answered with another's state.
    victim.get("/console/sign-in").await.expect(303);
    victim.get("/console/callback?code=x&state=y&iss=http://localhost:8080/s/system").await.expect(400);
    assert!(!victim.cookies.contains_key("tessera-console"));
});

both!(a_return_path_elsewhere_is_not_followed, |app| async move {
    let mut browser = owner(&app).await;
    for elsewhere in ["https://evil.example/", "//evil.example", "/\\evil.example", "/s/system/login"] {
        browser.cookies.remove("tessera-console");
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", elsewhere).finish();
        browser.open(&format!("/console/sign-in?{query}")).await.expect(200);
        assert_eq!(browser.here, "/console", "{elsewhere}");
    }
});

both!(signing_out_ends_it_here_and_in_the_database, |app| async move {
    let mut browser = owner(&app).await;
    let stolen = browser.clone();
    browser.get("/console/sign-out").await.expect(200);
    browser.post("/console/sign-out", &[]).await.expect(303);
    assert!(!browser.cookies.contains_key("tessera-console"));
    let mut thief = stolen;
    let reply = thief.open("/console").await.expect(200);
    assert!(thief.here.starts_with("/s/system/login") && reply.body.contains("name=\"password\""), "{}", thief.here);
});

both!(server_functions_want_a_session, |app| async move {
    app.browser().post("/api/console/anything", &[]).await.expect(401);
    let mut browser = owner(&app).await;
    let reply = browser.post("/api/console/anything", &[]).await;
    assert_eq!(reply.status.as_u16(), 404, "{}", reply.body);
    assert!(!reply.body.contains("leptos") && !reply.body.contains("#[server]"), "{}", reply.body);
});

both!(a_console_session_that_has_ended_asks_for_the_password_again, |app| async move {
    let mut browser = owner(&app).await;
    browser.get("/console").await.expect(200);
    // An hour unused, while the sign-in session behind it lives for a day.
    app.clock.advance(3_700);
    let page = browser.open("/console").await.expect(200);
    assert!(browser.here.starts_with("/s/system/login") && page.body.contains("name=\"password\""), "{}", browser.here);
    let login = browser.here.clone();
    let page = browser.submit(&login, &[("username", "owner@example.com"), ("password", PASSWORD)]).await.expect(200);
    assert!(page.body.contains("Subscriptions"), "{}", page.body);
});

both!(a_console_session_counts_from_the_proof_of_identity, |app| async move {
    let mut browser = owner(&app).await;
    // Back to the console by the sign-in session, eleven hours after the password.
    app.clock.advance(11 * 3_600);
    browser.cookies.remove("tessera-console");
    browser.open("/console").await.expect(200);
    assert_eq!(browser.here, "/console");
    app.clock.advance(3_500);
    browser.get("/console").await.expect(200);
    app.clock.advance(200);
    browser.get("/console").await.expect(303);
    // And no further without a proof, even for a browser that has lost the console's cookie.
    browser.cookies.remove("tessera-console");
    browser.open("/console").await.expect(200);
    assert!(browser.here.starts_with("/s/system/login"), "{}", browser.here);
});
