//! What a client says of itself when it registers, and what people see of that.

use serde_json::json;

use super::suite::Suite;
use crate::oauth::library::CALLBACK;
use crate::oauth::signer::Signer;
use crate::oauth::world::assert_error;
use crate::support::Reply;
use crate::support::party::Party;

/// The first page that somebody sees on the way to a client that registered this.
async fn page_with(suite: &Suite, member: &str, address: &str) -> Reply {
    let client = suite.client(&json!({ member: address })).await;
    assert_eq!(client.registered[member], address);
    let page = suite.open_request(&mut suite.browser(), &suite.request(&client)).await.expect(200);
    suite.succeeds(&client, &suite.request(&client)).await;
    page
}

module!(oidcc_server, |suite| {
    let client = suite.client(&json!({})).await;
    suite.succeeds(&client, &suite.request(&client)).await;
});

module!(oidcc_registration_logo_uri, |suite| {
    let page = page_with(&suite, "logo_uri", "https://suite.example/logo.png").await;
    let client_id = page.body.split("/logo/of/").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    assert_eq!(client_id.len(), 32);
    // SECURITY.md 9: browsers load nothing from there.
    assert!(!page.body.contains("suite.example/logo.png"), "{}", page.body);
});

module!(oidcc_registration_policy_uri, |suite| {
    let page = page_with(&suite, "policy_uri", "https://suite.example/policy").await;
    assert!(page.body.contains("href=\"https://suite.example/policy\""), "{}", page.body);
});

module!(oidcc_registration_tos_uri, |suite| {
    let page = page_with(&suite, "tos_uri", "https://suite.example/terms").await;
    assert!(page.body.contains("href=\"https://suite.example/terms\""), "{}", page.body);
});

module!(oidcc_registration_jwks_uri, |suite| {
    let party = Party::answering(&[]).await;
    party.publish(&Signer::new(1).jwks());
    let client = suite.client(&json!({ "jwks": null, "jwks_uri": party.url("/jwks.json") })).await;
    suite.succeeds(&client, &suite.request(&client)).await;
    assert_eq!(party.received().len(), 1);
});

/// What a client of two hosts registers.
fn of_sector(uri: &str) -> serde_json::Value {
    json!({
        "redirect_uris": [CALLBACK, "https://suite.example/callback"], "subject_type": "pairwise",
        "sector_identifier_uri": uri,
    })
}

module!(oidcc_registration_sector_uri, |suite| {
    let party = Party::answering(&[]).await;
    party.publish(&json!([CALLBACK, "https://suite.example/callback"]));
    let client = suite.client(&of_sector(&party.url("/sector.json"))).await;
    suite.succeeds(&client, &suite.request(&client)).await;
});

module!(oidcc_registration_sector_bad, |suite| {
    let party = Party::answering(&[]).await;
    party.publish(&json!(["https://suite.example/another"]));
    let reply = suite.registering(&of_sector(&party.url("/sector.json"))).await;
    assert_error(&reply, 400, "invalid_client_metadata");
});
