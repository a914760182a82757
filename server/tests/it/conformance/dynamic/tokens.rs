//! What a client asked for when it registered is how it is answered.

use model::spec::SigningAlg;
use serde_json::json;

use crate::oauth::algorithms::{key_of, verified};
use crate::oauth::forge;
use crate::oauth::world::{Tokens, assert_error};

module!(oidcc_idtoken_rs256, |suite| {
    let client = suite.client(&json!({ "id_token_signed_response_alg": "RS256" })).await;
    let tokens = suite.succeeds(&client, &suite.request(&client)).await;
    let key = key_of(&suite.world, tokens.identity(), SigningAlg::Rs256).await;
    verified(tokens.identity(), jsonwebtoken::Algorithm::RS256, &key).expect("verifies");
});

// The suite skips it for a provider that does not say it can do without signatures; who asks all the same is told.
module!(oidcc_idtoken_unsigned, |suite| {
    let reply = suite.registering(&json!({ "id_token_signed_response_alg": "none" })).await;
    assert_error(&reply, 400, "invalid_client_metadata");
});

module!(oidcc_userinfo_rs256, |suite| {
    let client = suite.client(&json!({ "userinfo_signed_response_alg": "RS256" })).await;
    let tokens = suite.succeeds(&client, &suite.request(&client)).await;
    let reply = suite.world.userinfo(tokens.access()).await.expect(200);
    assert_eq!(reply.header("content-type"), "application/jwt");
    let key = key_of(&suite.world, &reply.body, SigningAlg::Rs256).await;
    let told = verified(&reply.body, jsonwebtoken::Algorithm::RS256, &key).expect("verifies");
    // Core section 5.3.2: "If signed, the UserInfo Response MUST contain the Claims iss and aud".
    assert_eq!((&told["iss"], &told["aud"]), (&json!(suite.world.issuer()), &json!(client.id())));
    assert_eq!(told["sub"], crate::oauth::world::payload(tokens.identity())["sub"]);
});

module!(oidcc_refresh_token, |suite| {
    let (first, second) = (suite.client(&json!({})).await, suite.client(&json!({})).await);
    assert_ne!(first.id(), second.id());
    let ask = suite.request(&first).with("scope", "openid offline_access").with("prompt", "consent");
    let tokens = suite.succeeds(&first, &ask).await;
    let fields = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh())];
    assert_error(&suite.token(&second, &fields).await, 400, "invalid_grant");
    let again = Tokens::of(suite.token(&first, &fields).await);
    suite.world.userinfo(again.access()).await.expect(200);
    assert_eq!(forge::header(again.identity())["alg"], "RS256");
});

// Every assertion of this suite has the issuer as its one audience.
module!(oidcc_ensure_client_assertion_with_iss_aud_succeeds, |suite| {
    let client = suite.client(&json!({})).await;
    suite.succeeds(&client, &suite.request(&client)).await;
});
