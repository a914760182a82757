//! Profiles Back-Channel OP and Front-Channel OP: who signs out at one application is signed out of the others.

use serde_json::json;
use service::logouts::deliver_due;

use super::suite::{AFTERWARDS, CLIENT, Provider, Run, Variant};
use crate::oauth::world::payload;
use crate::support::app::encode;
use crate::support::party::Party;
use crate::support::{Browser, Reply};

/// `john` signs in, and is signed out by the client, with a state.
async fn signed_out(provider: &Provider) -> (Browser, Run, Reply) {
    let mut browser = provider.browser();
    let run = provider.run_in(&mut browser, &provider.request()).await;
    let fields = [("id_token_hint", run.tokens.identity()), ("post_logout_redirect_uri", AFTERWARDS), ("state", "s")];
    let reply = browser.open(&format!("{}?{}", provider.path("end_session_endpoint"), encode(&fields))).await;
    (browser, run, reply)
}

async fn assert_signed_out(provider: &Provider, browser: &mut Browser) {
    let answer = provider.silently(browser, &provider.request().with("prompt", "none")).await;
    assert_eq!((answer.get("error"), answer.get("code")), ("login_required", ""));
}

both!(oidcc_backchannel_logout_discovery_endpoint_verification, |app| async move {
    let provider = Provider::open(&Variant::code(&app)).await;
    for member in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
        assert_eq!(provider.metadata[member], true, "{member}");
    }
    provider.path("end_session_endpoint");
});

both!(oidcc_backchannel_rp_initiated_logout, |app| async move {
    let party = Party::answering(&[]).await;
    let told = json!({ "backchannel_logout_uri": party.url("/backchannel_logout"), "backchannel_logout_session_required": true });
    let provider = Provider::open(&Variant::registered(&app, told)).await;
    let (mut browser, run, reply) = signed_out(&provider).await;
    assert_eq!(reply.expect(303).header("location"), format!("{AFTERWARDS}?state=s"));
    deliver_due(&app.ctx).await.expect("sends");
    let tokens = party.forms("logout_token");
    assert_eq!(tokens.len(), 1);
    let said = payload(&tokens[0]);
    assert!(said["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object(), "{said}");
    assert_eq!((&said["sid"], &said["sub"]), (&run.identity["sid"], &run.identity["sub"]));
    assert_eq!((&said["iss"], &said["aud"]), (&provider.metadata["issuer"], &json!(CLIENT.0)));
    assert!(said.get("nonce").is_none() && said["jti"].is_string() && said["iat"].is_i64(), "{said}");
    assert_signed_out(&provider, &mut browser).await;
});

both!(oidcc_frontchannel_logout_discovery_endpoint_verification, |app| async move {
    let provider = Provider::open(&Variant::code(&app)).await;
    for member in ["frontchannel_logout_supported", "frontchannel_logout_session_supported"] {
        assert_eq!(provider.metadata[member], true, "{member}");
    }
    provider.path("end_session_endpoint");
});

both!(oidcc_frontchannel_rp_initiated_logout, |app| async move {
    let page = "https://library.example/frontchannel_logout";
    let told = json!({ "frontchannel_logout_uri": page, "frontchannel_logout_session_required": true });
    let provider = Provider::open(&Variant::registered(&app, told)).await;
    let (mut browser, run, reply) = signed_out(&provider).await;
    let issuer = provider.metadata["issuer"].as_str().expect("an issuer");
    let named = encode(&[("iss", issuer), ("sid", run.identity["sid"].as_str().expect("sid"))]);
    let reply = reply.expect(200);
    let frame = format!("src=\"{page}?{}\"", named.replace('&', "&amp;"));
    assert!(reply.body.contains(&frame), "{frame}: {}", reply.body);
    assert!(reply.header("refresh").ends_with(&format!("url={AFTERWARDS}?state=s")), "{}", reply.header("refresh"));
    assert_signed_out(&provider, &mut browser).await;
});
