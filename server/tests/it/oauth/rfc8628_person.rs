//! The person who connects a device (RFC 8628 section 3.3): the code, the questions, the answer.

use axum::body::Body;
use serde_json::json;

use super::library::PASSWORD;
use super::rfc8628_device::{CONNECT, begin, connect, enter, kinds, library, poll, submit};
use super::world::{Tokens, assert_error, payload};
use crate::support::app::{encode, form};
use crate::support::fields::Fields;

both!(a_device_gets_its_tokens, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid profile books").await;
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    let mut john = world.signed_in("john").await;
    let typed = device.user_code.to_lowercase().replace('-', " ");
    let page = enter(&world, &mut john, &typed).await.expect(200);
    assert!(john.here.contains("/device/confirm?i="), "{}", john.here);
    for shown in ["The reader", device.user_code.as_str(), "John Doe", "The mysub"] {
        assert!(page.body.contains(shown), "{shown}");
    }
    assert!(!page.body.contains("<script"));
    app.clock.advance(5);
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    let end = submit(&mut john, &CONNECT).await.expect(200);
    assert!(john.here.ends_with("/device/connected") && end.body.contains("go back to your device"), "{}", john.here);
    let reply = poll(&world, &device).await.expect(200);
    assert!(reply.header("cache-control").contains("no-store"));
    let tokens = Tokens::of(reply);
    assert_eq!(payload(tokens.access())["scope"], "openid profile books");
    let identity = payload(tokens.identity());
    assert_eq!((&identity["sub"], &identity["aud"]), (&json!(world.user_id("john").await), &json!("reader")));
    assert_eq!((identity.get("nonce"), identity.get("c_hash")), (None, None));
    world.assert_alive(tokens.access(), true).await;
    // One family: it is refreshed, and revoked, as a whole.
    let fields = [("grant_type", "refresh_token"), ("client_id", "reader"), ("refresh_token", tokens.refresh())];
    let next = Tokens::of(app.post(&world.path("/connect/token"), &fields).await);
    let fields = [("client_id", "reader"), ("token", next.refresh())];
    app.post(&world.path("/connect/revocation"), &fields).await.expect(200);
    world.assert_alive(tokens.access(), false).await;
    world.assert_alive(next.access(), false).await;
    assert!(kinds(&world).await.contains(&"device_connected".to_owned()));
});

both!(somebody_signs_in_on_the_way, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid").await;
    let mut browser = app.browser();
    let page = enter(&world, &mut browser, &device.user_code).await.expect(200);
    assert!(browser.here.contains("/login?i=") && page.body.contains("The reader"), "{}", browser.here);
    submit(&mut browser, &[("username", "john"), ("password", PASSWORD)]).await.expect(200);
    assert!(browser.here.contains("/device/confirm?i="), "{}", browser.here);
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    submit(&mut browser, &CONNECT).await.expect(200);
    assert_eq!(payload(Tokens::of(poll(&world, &device).await).identity())["amr"], json!(["pwd"]));
});

both!(a_code_that_came_with_the_address_is_asked_all_the_same, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid").await;
    let mut john = world.signed_in("john").await;
    let page = john.open(&world.path(&format!("/device?user_code={}", device.user_code))).await.expect(200);
    assert_eq!(Fields::of(&page.body).get("user_code"), device.user_code);
    assert!(page.body.contains("Go on only if your device shows this very code"));
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    // Sent on, it is asked whether the device is one's own; looking grants nothing.
    enter(&world, &mut john, &device.user_code).await.expect(200);
    let here = john.here.clone();
    john.get(&here).await.expect(200);
    john.get(&format!("{here}&decision=connect")).await.expect(200);
    app.clock.advance(5);
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    // What is no code is not shown.
    let page = john.open(&world.path("/device?user_code=%3Cb%3Ehello")).await.expect(200);
    assert_eq!(Fields::of(&page.body).get("user_code"), "");
    assert!(!page.body.contains("<b>"), "{}", page.body);
});

both!(no_step_is_skipped, |app| async move {
    let mut world = library(&app).await;
    let demands = json!({ "require_consent": true });
    world.change(|library| library.application("reader", &demands)).await;
    let device = begin(&world, "openid").await;
    // Nobody is signed in.
    let mut nobody = app.browser();
    enter(&world, &mut nobody, &device.user_code).await.expect(200);
    let handle = nobody.here.split("i=").nth(1).expect("a handle").to_owned();
    let confirm = world.path(&format!("/device/confirm?i={handle}"));
    let reply = nobody.post(&confirm, &CONNECT).await.expect(303);
    assert!(reply.header("location").contains("/login?i="), "{}", reply.header("location"));
    // Somebody is: consent does not count before the device, nor an empty answer, nor a later address.
    let mut john = world.signed_in("john").await;
    for page in ["consent", "claims", "continue"] {
        let path = world.path(&format!("/{page}?i={handle}"));
        let reply = match page {
            "continue" => john.get(&path).await,
            _ => john.post(&path, &[("decision", "allow"), ("interaction", "skip")]).await,
        };
        assert!(reply.header("location").contains("/device/confirm?i="), "{page} {}", reply.header("location"));
    }
    john.post(&confirm, &[]).await.expect(200);
    let reply = john.post(&confirm, &CONNECT).await.expect(303);
    assert!(reply.header("location").contains("/consent?i="), "{}", reply.header("location"));
    // John's yes is not Mary's.
    let mut mary = world.signed_in("mary").await;
    let reply = mary.get(&world.path(&format!("/continue?i={handle}"))).await.expect(303);
    assert!(reply.header("location").contains("/device/confirm?i="), "{}", reply.header("location"));
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    let end = john.submit(&world.path(&format!("/consent?i={handle}")), &[("decision", "allow")]).await.expect(200);
    assert!(john.here.ends_with("/device/connected"), "{}", end.body);
    assert_eq!(payload(Tokens::of(poll(&world, &device).await).identity())["sub"], world.user_id("john").await);
    // A second click finds what the first one did.
    let again = john.open(&world.path(&format!("/continue?i={handle}"))).await;
    assert!(again.status == 200 && john.here.ends_with("/device/connected"), "{}", john.here);
    // Somebody else's answer comes too late, and changes nothing.
    mary.submit(&confirm, &CONNECT).await.expect(200);
    assert!(!mary.here.ends_with("/device/connected"), "{}", mary.here);
    app.clock.advance(31);
    mary.submit(&confirm, &CONNECT).await.expect(404);
});

both!(required_claims_are_asked_before_anything_is_issued, |app| async move {
    let mut world = library(&app).await;
    world.change(|library| library.application("reader", &json!({ "required_claims": ["library_card"] }))).await;
    let device = begin(&world, "openid").await;
    let mut mary = world.signed_in("mary").await;
    enter(&world, &mut mary, &device.user_code).await.expect(200);
    submit(&mut mary, &CONNECT).await.expect(200);
    assert!(mary.here.contains("/claims?i="), "{}", mary.here);
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
    submit(&mut mary, &[("library_card", "nothing")]).await.expect(422);
    submit(&mut mary, &[("library_card", "LC-000001")]).await.expect(200);
    assert!(mary.here.ends_with("/device/connected"), "{}", mary.here);
    // What is required since then is asked for before the device gets anything.
    let more = json!({ "required_claims": ["library_card", "shelf"] });
    world.change(|library| library.application("reader", &more)).await;
    let refused = poll(&world, &device).await;
    assert_error(&refused, 400, "invalid_grant");
    assert!(refused.body.contains("shelf"));
});

both!(a_no_reaches_the_device, |app| async move {
    let mut world = library(&app).await;
    let device = begin(&world, "openid").await;
    let mut john = world.signed_in("john").await;
    enter(&world, &mut john, &device.user_code).await.expect(200);
    let end = submit(&mut john, &[("decision", "deny")]).await.expect(200);
    assert!(john.here.ends_with("/device/denied") && end.body.contains("was not connected"), "{}", john.here);
    assert_error(&poll(&world, &device).await, 400, "access_denied");
    assert!(kinds(&world).await.contains(&"device_denied".to_owned()));
    // The code is good for nobody any more.
    enter(&world, &mut world.signed_in("mary").await, &device.user_code).await.expect(422);
    // Not agreeing is a no as well.
    world.change(|library| library.application("reader", &json!({ "require_consent": true }))).await;
    let device = begin(&world, "openid").await;
    enter(&world, &mut john, &device.user_code).await.expect(200);
    submit(&mut john, &CONNECT).await.expect(200);
    submit(&mut john, &[("decision", "deny")]).await.expect(200);
    assert!(john.here.ends_with("/device/denied"), "{}", john.here);
    assert_error(&poll(&world, &device).await, 400, "access_denied");
});

both!(a_code_is_connected_once, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid").await;
    let mut mary = world.signed_in("mary").await;
    enter(&world, &mut mary, &device.user_code).await.expect(200);
    connect(&world, "john", &device).await;
    submit(&mut mary, &CONNECT).await.expect(200);
    assert!(mary.here.ends_with("/device/expired"), "{}", mary.here);
    enter(&world, &mut mary, &device.user_code).await.expect(422);
    assert_eq!(payload(Tokens::of(poll(&world, &device).await).identity())["sub"], world.user_id("john").await);
});

both!(codes_cannot_be_found_by_trying, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid").await;
    let (mut john, mut anybody) = (world.signed_in("john").await, app.browser());
    let wrong = world.path("/device");
    let guess = [("user_code", "BBBB-BBBB")];
    // What cannot be a code is no guess.
    for typed in ["", "1234", "AAAA-AAAA"] {
        john.post(&wrong, &[("user_code", typed)]).await.expect(422);
    }
    for _ in 0..10 {
        let page = john.post(&wrong, &guess).await.expect(422);
        assert!(page.body.contains("No device waits with this code"), "{}", page.body);
    }
    // In this session, the right one is refused as well; in another browser of the network it is not, yet.
    let refused = john.post(&wrong, &[("user_code", &device.user_code)]).await.expect(429);
    assert!(!refused.header("retry-after").is_empty());
    for _ in 0..39 {
        anybody.post(&wrong, &guess).await.expect(422);
    }
    anybody.post(&wrong, &[("user_code", &device.user_code)]).await.expect(303);
    anybody.post(&wrong, &guess).await.expect(422);
    anybody.post(&wrong, &[("user_code", &device.user_code)]).await.expect(429);
    app.clock.advance(60);
    anybody.post(&wrong, &[("user_code", &device.user_code)]).await.expect(303);
});

both!(another_site_cannot_enter_or_answer, |app| async move {
    let world = library(&app).await;
    let device = begin(&world, "openid").await;
    let mut john = world.signed_in("john").await;
    enter(&world, &mut john, &device.user_code).await.expect(200);
    let cookie = format!("{}={}", world.cookie(), john.cookies[&world.cookie()]);
    for (path, field) in
        [(world.path("/device"), ("user_code", device.user_code.as_str())), (john.here.clone(), CONNECT[0])]
    {
        let request = form(&path).header("origin", "https://evil.example").header("cookie", &cookie);
        app.send(request.body(Body::from(encode(&[field]))).expect("a request")).await.expect(403);
    }
    assert_error(&poll(&world, &device).await, 400, "authorization_pending");
});
