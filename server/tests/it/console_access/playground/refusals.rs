//! What is good for one request of one administrator is good for nothing else.

use axum::body::Body;
use axum::extract::Request;
use model::Role;

use super::{CALLBACK, Desk, RUN, assert_refused, callback, editor, parameter};
use crate::console_access::people::{EVERYWHERE, administrator};
use crate::oauth::ask::VERIFIER;
use crate::oauth::library::Library;
use crate::oauth::world::{World, assert_error, redemption};

both!(the_redirect_uri_is_for_that_very_request, |app| async move {
    let world = World::open(&app).await;
    world.beside("yours").await;
    let mut desk = Desk::seated(world).await;
    let url = desk.start(&[]).await;
    let (state, challenge) = (parameter(&url, "state"), parameter(&url, "code_challenge"));
    let other = |from: &str, to: &str| {
        assert!(url.contains(from), "{from} is not in {url}");
        url.replace(from, to)
    };
    for (why, bent) in [
        ("another state", other(&state, &"x".repeat(43))),
        ("no state", other(&format!("&state={state}"), "")),
        ("another challenge", other(&challenge, &oidc::digest::sha256_base64url(VERIFIER.as_bytes()))),
        ("another scope", other("openid+library", "openid")),
        ("another application", other("client_id=my-app", "client_id=museum")),
        ("another subscription", other("/s/mysub/", "/s/yours/")),
        ("one parameter more", format!("{url}&response_mode=form_post")),
        ("another path", other("playground%2Fcallback", "playground%2Fcallback%2F")),
    ] {
        assert_refused(&desk.browser.get(&bent).await, why);
    }
    // To the letter it is good, by a POST too, and as often as the browser goes back.
    callback(&desk.browser.get(&url).await);
    let query = url.split_once('?').expect("a query").1;
    let posted = Request::post(desk.world.path("/connect/authorize"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(query.to_owned()));
    let stored = app.send(posted.expect("a request")).await.expect(303);
    let callback = callback(&desk.browser.get(stored.header("location")).await);
    desk.land(&callback).await;
    // Answered, it is over.
    assert_refused(&desk.browser.get(&url).await, "an answered run");
    let url = desk.start(&[]).await;
    app.clock.advance(600);
    assert_refused(&desk.browser.get(&url).await, "an expired run");
});

both!(only_who_started_a_run_may_finish_and_read_it, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let callback = desk.answered(&[]).await;
    let issuer = form_urlencoded::byte_serialize(desk.world.issuer().as_bytes()).collect::<String>();
    let mut colleague = editor(&desk.world, "colleague").await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    assert_refused(&colleague.get(&callback).await, "a colleague");
    assert_refused(&owner.get(&callback).await, "an owner");
    // Not even to the sign-in, which would carry the code along.
    assert_refused(&app.browser().get(&callback).await, "nobody");
    assert_refused(&desk.world.signed_in("mary").await.get(&callback).await, "a user");
    let own = &mut desk.browser;
    let state = parameter(&callback, "state");
    assert_refused(&own.get(&callback.replace(&state, &"x".repeat(43))).await, "another state");
    assert_refused(&own.get(&callback.replace(&format!("&iss={issuer}"), "")).await, "no issuer");
    assert_refused(&own.get(&callback.replace("%2Fmysub", "%2Fsystem")).await, "another issuer");
    assert_refused(&own.get(&format!("{callback}&state={state}")).await, "two states");

    // Of two at once one takes it, and both come to the page.
    let (mut one, mut two) = (desk.browser.clone(), desk.browser.clone());
    let (first, second) = tokio::join!(one.get(&callback), two.get(&callback));
    assert_eq!(first.header("location"), second.header("location"), "{} {}", first.status, second.status);
    let page = desk.land(&callback).await;
    assert!(page.contains("It worked") && page.contains("LC-123456"), "{page}");
    let run = first.expect(303).header("location").to_owned();
    colleague.get(&run).await.expect(404);
    owner.get(&run).await.expect(404);
    assert!(!colleague.get(&desk.path).await.expect(200).body.contains("John Doe"));
    // Nor under another application's name.
    let museum = desk.world.application_id("museum").await;
    let own = desk.path.split('/').nth(4).expect("an id").to_owned();
    desk.browser.get(&run.replace(&own, &museum)).await.expect(404);
    // A day later it is gone.
    app.clock.advance(86_400);
    service::housekeeping::run_once(&app.ctx).await.expect("cleans");
    let mut conn = app.ctx.read().await.expect("a connection");
    let hash = service::crypto::hash(&state);
    assert_eq!(store::playground_runs::find_by_state(&mut conn, &hash).await.expect("asked"), None);
});

both!(a_run_takes_no_code_but_its_own, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let callback = desk.answered(&[]).await;
    let theirs = desk.world.code(&crate::oauth::ask::Ask::of("my-app")).await;
    let page = desk.land(&callback.replace(&parameter(&callback, "code"), &theirs)).await;
    assert!(page.contains("invalid_grant") && !page.contains("John Doe"), "{page}");
    // And leaves it as it was.
    desk.world.redeem(&theirs).await.expect(200);
});

both!(the_code_of_a_run_is_unknown_to_the_token_endpoint, |app| async move {
    let mut desk = Desk::seated(World::open(&app).await).await;
    let callback = desk.answered(&[]).await;
    let code = parameter(&callback, "code");
    let mut fields = redemption(&code).to_vec();
    fields[2].1 = CALLBACK;
    for fields in [fields.clone(), fields[..3].to_vec()] {
        assert_error(&desk.world.token(&fields).await, 400, "invalid_grant");
    }
    assert!(desk.land(&callback).await.contains("It worked"));
    assert_error(&desk.world.token(&fields).await, 400, "invalid_grant");
});

both!(what_the_application_may_not_ask_is_not_asked, |app| async move {
    let mut desk = Desk::of(World::open(&app).await).await;
    for (name, value) in
        [("scope", "museum"), ("prompt", "all"), ("max_age", "-1"), ("redirect_uri", "x"), ("state", "x")]
    {
        let page = desk.browser.post(&desk.path, &[&RUN[..], &[(name, value)]].concat()).await.expect(422).body;
        assert!(page.contains("error-summary"), "{name}");
    }
    desk.browser.post(&desk.path, &[("grant", "authorization_code")]).await.expect(422);
    // A subscription may well be called like a part of the callback's address.
    desk.world.beside("playground").await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    owner.get("/console/playground/applications").await.expect(200);
});

both!(built_in_applications_have_no_playground, |app| async move {
    World::open(&app).await;
    let mut owner = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let system = World { app: app.clone(), library: Library::new("system") };
    let path = format!("/console/system/applications/{}", system.application_id("tessera-console").await);
    assert!(!owner.get(&path).await.expect(200).body.contains("/playground"));
    let path = format!("{path}/playground");
    owner.get(&path).await.expect(404);
    owner.post(&path, &[("grant", "authorization_code"), ("scope", "openid")]).await.expect(404);
});
