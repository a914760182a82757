//! JWT Secured Authorization Response Mode: the answer as one signed message.

use jsonwebtoken::Algorithm;
use model::spec::SigningAlg;
use serde_json::json;

use super::algorithms::{key_of, verified};
use super::ask::{Answer, Ask};
use super::world::World;

both!(everything_travels_in_one_signed_message, |app| async move {
    let signed = json!({ "signing_alg": "ES256" });
    let world = World::with(&app, |library| library.application("my-app", &signed)).await;
    let mut browser = world.signed_in("john").await;
    for mode in ["jwt", "query.jwt"] {
        let reply = browser.get(&world.authorize(&Ask::of("my-app").with("response_mode", mode))).await;
        let answer = Answer::of(&reply);
        assert_eq!(answer.names(), ["response"], "nothing beside it");
        let response = answer.get("response");
        let key = key_of(&world, response, SigningAlg::Es256).await;
        let told = verified(response, Algorithm::ES256, &key).expect("verifies");
        assert_eq!((&told["iss"], &told["aud"]), (&json!(world.issuer()), &json!("my-app")));
        assert_eq!((&told["state"], &told["exp"]), (&json!("the state"), &json!(app.ctx.now() + 600)));
        world.redeem(told["code"].as_str().expect("a code")).await.expect(200);
        // It is no token.
        world.assert_alive(response, false).await;
    }
});

both!(errors_travel_the_same_way, |app| async move {
    let world = World::open(&app).await;
    let of = |name: &str, value: &str| Ask::of("my-app").with("response_mode", "form_post.jwt").with(name, value);
    for (ask, code) in [(of("prompt", "none"), "login_required"), (of("scope", "profile\u{e9}"), "invalid_scope")] {
        let page = app.browser().get(&world.authorize(&ask)).await.expect(200).body;
        let fields: Vec<&str> = page.split("<input").skip(1).collect();
        assert_eq!(fields.len(), 1, "{page}");
        let response = fields[0].split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a value");
        let key = key_of(&world, response, SigningAlg::Rs256).await;
        let told = verified(response, Algorithm::RS256, &key).expect("verifies");
        assert_eq!((&told["error"], &told["state"]), (&json!(code), &json!("the state")));
        assert_eq!(told.get("code"), None);
    }
});
