//! Requests that must succeed whatever they carry, and those that must be refused in the right place.

use serde_json::json;

use crate::conformance::suite::{Provider, Variant, assert_page};
use crate::oauth::ask::{Answer, Ask};
use crate::oauth::forge;
use crate::oauth::library::CALLBACK;

/// A whole run, with something more in the request.
async fn succeeds_with(variant: &Variant, name: &str, value: &str) {
    let provider = Provider::open(variant).await;
    let run = provider.run(&provider.request().and(name, value)).await;
    provider.userinfo(&run).await;
}

/// The error that came back to the client.
async fn refused(provider: &Provider, ask: &Ask) -> Answer {
    let answer = provider.silently(&mut provider.browser(), ask).await;
    assert_eq!(answer.get("code"), "");
    answer
}

/// An unsigned request object: the request's own parameters, and this redirect URI.
fn unsigned_object(ask: &Ask, redirect_uri: &str) -> String {
    let mut claims: serde_json::Map<_, _> =
        ask.fields().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    claims.insert("redirect_uri".to_owned(), redirect_uri.into());
    format!("{}.{}.", forge::encode(json!({ "alg": "none" }).to_string()), forge::encode(json!(claims).to_string()))
}

pub async fn oidcc_ensure_request_with_unknown_parameter_succeeds(variant: Variant) {
    succeeds_with(&variant, "extra", "foobar").await;
}

pub async fn oidcc_ensure_request_with_acr_values_succeeds(variant: Variant) {
    succeeds_with(&variant, "acr_values", "1 2").await;
}

pub async fn oidcc_display_page(variant: Variant) {
    succeeds_with(&variant, "display", "page").await;
}

pub async fn oidcc_display_popup(variant: Variant) {
    succeeds_with(&variant, "display", "popup").await;
}

pub async fn oidcc_ui_locales(variant: Variant) {
    succeeds_with(&variant, "ui_locales", "se").await;
}

pub async fn oidcc_claims_locales(variant: Variant) {
    succeeds_with(&variant, "claims_locales", "se").await;
}

pub async fn oidcc_ensure_post_request_succeeds(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let ask = provider.request();
    // As the suite's own page posts it: another site's form.
    let reply = variant.app.post(provider.path("authorization_endpoint"), &ask.fields()).await;
    let mut browser = provider.browser();
    browser.follow(reply).await.expect(200);
    let answer = provider.signed_in_here(&mut browser, &ask).await;
    provider.finish(&ask, &answer).await;
}

pub async fn oidcc_response_type_missing(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let answer = refused(&provider, &provider.request().without("response_type")).await;
    assert_eq!(answer.get("error"), "invalid_request");
}

pub async fn oidcc_ensure_registered_redirect_uri(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let other = provider.request().with("redirect_uri", &format!("{CALLBACK}/unregistered"));
    assert_page(&provider.open_request(&mut provider.browser(), &other).await.expect(400));
}

pub async fn oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let ask = provider.request();
    let object = unsigned_object(&ask, CALLBACK);
    assert_eq!(refused(&provider, &ask.and("request", &object)).await.get("error"), "request_not_supported");
}

pub async fn oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let ask = provider.request().and("request_uri", "https://suite.example/requests/1");
    assert_eq!(refused(&provider, &ask).await.get("error"), "request_uri_not_supported");
}

pub async fn oidcc_ensure_request_object_with_redirect_uri(variant: Variant) {
    let provider = Provider::open(&variant).await;
    let ask = provider.request();
    let object = unsigned_object(&ask, CALLBACK);
    let ask = ask.with("redirect_uri", &format!("{CALLBACK}/invalid")).and("request", &object);
    // Nor may the good one inside of the object take the answer: the object is not even read.
    assert_page(&provider.open_request(&mut provider.browser(), &ask).await.expect(400));
}
