//! Proof Key for Code Exchange (RFC 7636, RFC 9700 section 2.1.1).

use super::ask::{Ask, VERIFIER};
use super::library::CALLBACK;
use super::world::{World, assert_error, redemption};

both!(a_public_application_must_use_it, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    let answer = world.ask(&mut browser, &Ask::of("reader").without_challenge()).await;
    assert_eq!((answer.get("error"), answer.get("code")), ("invalid_request", ""));
    let code = world.ask(&mut browser, &Ask::of("reader")).await.code();
    let fields = [&[("client_id", "reader")][..], &redemption(&code)].concat();
    app.post(&world.path("/connect/token"), &fields).await.expect(200);
});

both!(plain_is_refused, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    for client in ["my-app", "reader"] {
        let plain = Ask::of(client).with("code_challenge", VERIFIER);
        for ask in [
            plain.clone().with("code_challenge_method", "plain"),
            plain.clone().with("code_challenge_method", "PLAIN"),
            plain.clone().with("code_challenge_method", "s256"),
            plain.clone().without("code_challenge_method"),
            Ask::of(client).without("code_challenge"),
            Ask::of(client).with("code_challenge", "short"),
        ] {
            assert_eq!(world.ask(&mut browser, &ask).await.get("error"), "invalid_request", "{}", ask.query());
        }
    }
});

both!(a_challenge_makes_the_verifier_mandatory, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app")).await;
    let base = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", CALLBACK)];
    assert_error(&world.token(&base).await, 400, "invalid_grant");
    for wrong in ["", "short", "another-verifier-of-more-than-forty-three-characters", &VERIFIER[1..]] {
        assert_error(&world.token(&[&base[..], &[("code_verifier", wrong)]].concat()).await, 400, "invalid_grant");
    }
    world.redeem(&code).await.expect(200);
});

both!(a_verifier_without_a_challenge_is_refused, |app| async move {
    let world = World::open(&app).await;
    let code = world.code(&Ask::of("my-app").without_challenge()).await;
    assert_error(&world.redeem(&code).await, 400, "invalid_grant");
    let base = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", CALLBACK)];
    world.token(&base).await.expect(200);
});
