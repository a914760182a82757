//! The provider changes its key, and the client changes its own.

use model::spec::SigningAlg;
use serde_json::{Value, json};

use crate::oauth::algorithms::key_of;
use crate::oauth::forge;
use crate::oauth::signer::Signer;
use crate::oauth::world::Tokens;
use crate::support::party::Party;

/// The set of a number's key, which is named by that number.
fn named_set(number: u8) -> Value {
    let mut key = Signer::new(number).jwk();
    key["kid"] = json!(number.to_string());
    json!({ "keys": [key] })
}

// Here an administrator presses the button that the suite asks for.
module!(oidcc_server_rotate_keys, |suite| {
    let client = suite.client(&json!({})).await;
    let (world, clock) = (&suite.world, &suite.world.app.clock);
    let before = suite.succeeds(&client, &suite.request(&client)).await;
    let (ctx, actor) = (&world.app.ctx, service::Actor::Cli);
    service::console::keys::rotate(ctx, &actor, world.slug(), SigningAlg::Rs256).await.expect("rotated");
    let published = world.app.get(&world.path("/jwks.json")).await.expect(200).json();
    assert_eq!(published["keys"].as_array().map(Vec::len), Some(2));
    clock.advance(3_600);
    let after = suite.succeeds(&client, &suite.request(&client)).await;
    let kid = |tokens: &Tokens| forge::header(tokens.identity())["kid"].clone();
    assert_ne!(kid(&before), kid(&after));
    key_of(world, after.identity(), SigningAlg::Rs256).await;
});

module!(oidcc_refresh_token_rp_key_rotation, |suite| {
    let party = Party::answering(&[]).await;
    party.publish(&named_set(1));
    let mut client = suite.client(&json!({ "jwks": null, "jwks_uri": party.url("/jwks.json") })).await;
    let ask = suite.request(&client).with("scope", "openid offline_access").with("prompt", "consent");
    let code = suite.answer(&ask).await.code();
    let header = |number: u8| json!({ "alg": "EdDSA", "kid": number.to_string() });
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", crate::oauth::library::CALLBACK),
    ];
    let first = Tokens::of(suite.token_with(&suite.assertion(&client, &header(1)), &fields).await);
    party.publish(&named_set(2));
    client.key = Signer::new(2);
    // The suite waits, too: a set that was just fetched is not fetched again for anybody who names another key.
    suite.world.app.clock.advance(60);
    let fields = [("grant_type", "refresh_token"), ("refresh_token", first.refresh())];
    Tokens::of(suite.token_with(&suite.assertion(&client, &header(2)), &fields).await).access();
    assert_eq!(party.received().len(), 2);
});
