//! Requests at an address that the client registered.

use serde_json::{Value, json};

use super::suite::{Client, Suite};
use crate::conformance::suite::assert_page;
use crate::oauth::ask::{Answer, Ask};
use crate::oauth::forge;
use crate::oauth::library::CALLBACK;
use crate::oauth::rsa_signer::RsaSigner;
use crate::support::party::Party;

/// The parameters of a request, as the claims of an object.
fn claims(suite: &Suite, client: &Client, ask: &Ask) -> Value {
    let now = suite.world.app.ctx.now();
    let mut claims =
        json!({ "iss": client.id(), "aud": suite.world.issuer(), "iat": now, "nbf": now, "exp": now + 300 });
    for (name, value) in ask.fields() {
        claims[name] = json!(value);
    }
    claims
}

fn unsigned(claims: &Value) -> String {
    format!("{}.{}.", forge::encode(json!({ "alg": "none" }).to_string()), forge::encode(claims.to_string()))
}

// Metadata say that `none` is not spoken: what comes so is refused by its own error.
module!(oidcc_request_uri_unsigned, |suite| {
    let algs = &suite.metadata["request_object_signing_alg_values_supported"];
    assert!(algs.as_array().is_some_and(|algs| algs.iter().all(|alg| alg != "none")), "{algs}");
    let party = Party::answering(&[]).await;
    let address = party.url("/request.jwt");
    let client = suite.client(&json!({ "request_uris": [address] })).await;
    let ask = suite.request(&client);
    party.publish(&unsigned(&claims(&suite, &client, &ask)));
    let reply = suite.open_request(&mut suite.browser(), &ask.and("request_uri", &address)).await;
    let answer = Answer::of(&reply);
    assert_eq!((answer.get("error"), answer.get("code")), ("request_not_supported", ""));
});

module!(oidcc_request_uri_signed_rs256, |suite| {
    let (party, key) = (Party::answering(&[]).await, RsaSigner::new());
    let address = party.url("/request.jwt");
    let keys = json!({ "keys": [crate::oauth::signer::Signer::new(1).jwk(), key.jwk()] });
    let client = suite.client(&json!({ "request_uris": [address], "jwks": keys })).await;
    let ask = suite.request(&client);
    party.publish(&key.sign("RS256", &claims(&suite, &client, &ask)));
    // Outside stands what OpenID Connect Core section 6.2 demands there.
    let outside = Ask::of(client.id()).without_challenge().with("scope", "openid").without("nonce").without("state");
    let answer = suite.answer(&outside.and("request_uri", &address)).await;
    let tokens = suite.redeem(&client, &answer.code(), CALLBACK).await;
    assert_eq!(crate::oauth::world::payload(tokens.identity())["nonce"], "the nonce");
    assert_eq!(party.received().len(), 1);
});

module!(oidcc_ensure_request_object_with_redirect_uri, |suite| {
    let client = suite.client(&json!({})).await;
    let ask = suite.request(&client);
    let object = unsigned(&claims(&suite, &client, &ask));
    let ask = ask.with("redirect_uri", &format!("{CALLBACK}/invalid")).and("request", &object);
    assert_page(&suite.open_request(&mut suite.browser(), &ask).await.expect(400));
});
