//! A redirect URI is one that was registered, to the last character.

use serde_json::json;

use super::suite::Suite;
use crate::conformance::suite::assert_page;
use crate::oauth::ask::Ask;
use crate::oauth::library::CALLBACK;

/// Nobody is sent anywhere.
async fn stays(suite: &Suite, ask: &Ask) {
    assert_page(&suite.open_request(&mut suite.browser(), ask).await.expect(400));
}

fn with_query(query: &str) -> String {
    format!("{CALLBACK}?{query}")
}

module!(oidcc_ensure_redirect_uri_in_authorization_request, |suite| {
    let client = suite.client(&json!({})).await;
    stays(&suite, &suite.request(&client).without("redirect_uri")).await;
});

module!(oidcc_redirect_uri_query_ok, |suite| {
    let registered = with_query("foo=bar");
    let client = suite.client(&json!({ "redirect_uris": [registered] })).await;
    let answer = suite.answer(&suite.request(&client).with("redirect_uri", &registered)).await;
    assert_eq!(answer.get("foo"), "bar");
    suite.redeem(&client, &answer.code(), &registered).await.identity();
});

module!(oidcc_redirect_uri_query_mismatch, |suite| {
    let client = suite.client(&json!({ "redirect_uris": [with_query("foo=bar")] })).await;
    for other in [with_query("bar=foo"), with_query("foo=baz"), CALLBACK.to_owned()] {
        stays(&suite, &suite.request(&client).with("redirect_uri", &other)).await;
    }
});

module!(oidcc_redirect_uri_query_added, |suite| {
    let client = suite.client(&json!({})).await;
    stays(&suite, &suite.request(&client).with("redirect_uri", &with_query("foo=bar"))).await;
});

module!(oidcc_redirect_uri_regfrag, |suite| {
    let reply = suite.registering(&json!({ "redirect_uris": [format!("{CALLBACK}#foobar")] })).await.expect(400);
    assert_eq!(reply.json()["error"], "invalid_redirect_uri");
});
