//! Profile RP-Initiated Logout OP.

use super::suite::{AFTERWARDS, CLIENT, Provider, Variant, assert_page};
use crate::oauth::forge;
use crate::support::app::encode;
use crate::support::{Browser, Reply, TestApp};

/// A provider, a browser where `john` is signed in, and the identity token of that sign-in.
async fn signed_in(app: &TestApp) -> (Provider, Browser, String) {
    let provider = Provider::open(&Variant::code(app)).await;
    let mut browser = provider.browser();
    let run = provider.run_in(&mut browser, &provider.request()).await;
    (provider, browser, run.tokens.identity().to_owned())
}

/// Sends the browser to the end session endpoint.
async fn sign_out(provider: &Provider, browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    browser.open(&format!("{}?{}", provider.path("end_session_endpoint"), encode(fields))).await
}

async fn is_signed_in(provider: &Provider, browser: &mut Browser) -> bool {
    let answer = provider.silently(browser, &provider.request().with("prompt", "none")).await;
    assert!(["", "login_required"].contains(&answer.get("error")), "{answer:?}");
    answer.get("error").is_empty()
}

/// What the suite wants to see a picture of: a page instead of a redirect. Nothing has happened by itself; who
/// says yes there is signed out, and stays with the provider.
async fn assert_asks_and_stays(provider: &Provider, browser: &mut Browser, reply: &Reply) {
    assert_page(reply);
    let here = browser.here.clone();
    assert!(is_signed_in(provider, browser).await);
    assert_page(&browser.submit(&here, &[]).await.expect(200));
    assert!(!is_signed_in(provider, browser).await);
}

both!(oidcc_rp_initiated_logout, |app| async move {
    let (provider, mut browser, hint) = signed_in(&app).await;
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", AFTERWARDS), ("state", "a9%~ z")];
    let reply = sign_out(&provider, &mut browser, &fields).await.expect(303);
    assert_eq!(reply.header("location"), format!("{AFTERWARDS}?{}", encode(&fields[2..])));
    assert!(!is_signed_in(&provider, &mut browser).await);
});

both!(oidcc_rp_initiated_logout_bad_id_token_hint, |app| async move {
    let (provider, mut browser, _) = signed_in(&app).await;
    let fields = [("id_token_hint", "bad"), ("post_logout_redirect_uri", AFTERWARDS), ("state", "s")];
    let reply = sign_out(&provider, &mut browser, &fields).await;
    assert_asks_and_stays(&provider, &mut browser, &reply).await;
});

both!(oidcc_rp_initiated_logout_modified_id_token_hint, |app| async move {
    let (provider, mut browser, hint) = signed_in(&app).await;
    let [header, payload, signature] = forge::parts(&hint);
    let payload = String::from_utf8(forge::decode(&payload)).expect("JSON").replace(CLIENT.0, "another");
    let modified = format!("{header}.{}.{signature}", forge::encode(payload));
    let fields = [("id_token_hint", modified.as_str()), ("post_logout_redirect_uri", AFTERWARDS), ("state", "s")];
    let reply = sign_out(&provider, &mut browser, &fields).await;
    assert_asks_and_stays(&provider, &mut browser, &reply).await;
});

both!(oidcc_rp_initiated_logout_bad_post_logout_redirect_uri, |app| async move {
    let (provider, mut browser, hint) = signed_in(&app).await;
    let bad = format!("{AFTERWARDS}/bad");
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", bad.as_str()), ("state", "s")];
    let reply = sign_out(&provider, &mut browser, &fields).await;
    assert_asks_and_stays(&provider, &mut browser, &reply).await;
});

both!(oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri, |app| async move {
    let (provider, mut browser, hint) = signed_in(&app).await;
    let longer = format!("{AFTERWARDS}?foo=bar");
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", longer.as_str()), ("state", "s")];
    let reply = sign_out(&provider, &mut browser, &fields).await;
    assert_asks_and_stays(&provider, &mut browser, &reply).await;
});

both!(oidcc_rp_initiated_logout_no_id_token_hint, |app| async move {
    let (provider, mut browser, _) = signed_in(&app).await;
    let fields = [("post_logout_redirect_uri", AFTERWARDS), ("state", "s")];
    let reply = sign_out(&provider, &mut browser, &fields).await;
    assert_asks_and_stays(&provider, &mut browser, &reply).await;
});

both!(oidcc_rp_initiated_logout_no_params, |app| async move {
    let (provider, mut browser, _) = signed_in(&app).await;
    let reply = sign_out(&provider, &mut browser, &[]).await;
    assert_asks_and_stays(&provider, &mut browser, &reply).await;
});

both!(oidcc_rp_initiated_logout_only_state, |app| async move {
    let (provider, mut browser, _) = signed_in(&app).await;
    let reply = sign_out(&provider, &mut browser, &[("state", "s")]).await;
    assert_asks_and_stays(&provider, &mut browser, &reply).await;
});

both!(oidcc_rp_initiated_logout_no_post_logout_redirect_uri, |app| async move {
    let (provider, mut browser, hint) = signed_in(&app).await;
    let reply = sign_out(&provider, &mut browser, &[("id_token_hint", &hint), ("state", "s")]).await;
    assert_page(&reply.expect(200));
    assert!(!is_signed_in(&provider, &mut browser).await);
});

both!(oidcc_rp_initiated_logout_no_state, |app| async move {
    let (provider, mut browser, hint) = signed_in(&app).await;
    let fields = [("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", AFTERWARDS)];
    let reply = sign_out(&provider, &mut browser, &fields).await.expect(303);
    assert_eq!(reply.header("location"), AFTERWARDS);
    assert!(!is_signed_in(&provider, &mut browser).await);
});
