//! OpenID Connect Front-Channel Logout 1.0.

use serde_json::json;

use super::ask::Ask;
use super::library::{BYE, CALLBACK};
use super::world::{Tokens, World, payload};
use crate::support::app::encode;
use crate::support::{Browser, Reply};

/// A library whose three applications have a page that forgets.
async fn forgetting(app: &crate::support::TestApp) -> World {
    let of = |page: &str, required: bool| {
        json!({ "frontchannel_logout_uri": page, "frontchannel_logout_session_required": required,
            "redirect_uris": [CALLBACK, "https://museum.example:8443/"] })
    };
    World::with(app, |library| {
        library
            .application("my-app", &of("https://library.example/logout?of=books", true))
            .application("museum", &of("https://museum.example:8443/logout", false))
            .application("reader", &of("https://library.example/reader", true))
    })
    .await
}

/// A browser of `john` that was led to two of them.
async fn signed_in(world: &World) -> (Browser, Tokens) {
    let mut browser = world.signed_in("john").await;
    world.ask(&mut browser, &Ask::of("museum")).await.code();
    let code = world.ask(&mut browser, &Ask::of("my-app")).await.code();
    (browser, Tokens::of(world.redeem(&code).await))
}

/// The frames of a page, which is allowed them and no others, and no script.
#[track_caller]
fn frames(reply: &Reply) -> Vec<String> {
    let policy = reply.header("content-security-policy");
    let sources = "; frame-src https://library.example https://museum.example:8443;";
    assert!(policy.contains(sources) && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("script-src") && !reply.body.contains("<script"), "{policy}");
    let tags = reply.body.split("<iframe ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let mut found: Vec<String> = tags
        .map(|tag| {
            assert!(tag.contains("sandbox=\"allow-scripts allow-same-origin allow-forms\""), "{tag}");
            let url = tag.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
            url.replace("&amp;", "&")
        })
        .collect();
    found.sort();
    found
}

fn expected(world: &World, tokens: &Tokens) -> [String; 2] {
    let sid = payload(tokens.identity())["sid"].as_str().expect("sid").to_owned();
    let named = encode(&[("iss", world.issuer().as_str()), ("sid", &sid)]);
    [format!("https://library.example/logout?of=books&{named}"), "https://museum.example:8443/logout".to_owned()]
}

both!(the_browser_tells_every_application_of_the_session_and_goes_on, |app| async move {
    let world = forgetting(&app).await;
    let (mut browser, tokens) = signed_in(&world).await;
    let fields = [("id_token_hint", tokens.identity()), ("post_logout_redirect_uri", BYE), ("state", "s&t")];
    let page = browser.open(&world.path(&format!("/connect/endsession?{}", encode(&fields)))).await.expect(200);
    assert_eq!(frames(&page), expected(&world, &tokens));
    // Without a script, and without waiting for anybody.
    assert_eq!(page.header("refresh"), format!("3; url={BYE}?state=s%26t"));
    assert!(page.body.contains(&format!("href=\"{BYE}?state=s%26t\"")), "{}", page.body);
    assert!(!browser.cookies.contains_key(&world.cookie()));
    // Once: a reload only goes on.
    let here = browser.here.clone();
    assert_eq!(browser.get(&here).await.expect(303).header("location"), format!("{BYE}?state=s%26t"));
});

both!(a_browser_that_ends_its_own_session_tells_them_too, |app| async move {
    let world = forgetting(&app).await;
    let (mut browser, tokens) = signed_in(&world).await;
    browser.open(&world.path("/sign-out")).await.expect(200);
    let page = browser.submit(&world.path("/sign-out"), &[]).await.expect(200);
    assert_eq!(frames(&page), expected(&world, &tokens));
    assert!(!page.headers.contains_key("refresh") && page.body.contains("/login"), "there is nowhere to go on to");

    let (mut browser, tokens) = signed_in(&world).await;
    let sid = payload(tokens.identity())["sid"].as_str().expect("sid").to_owned();
    let (mut elsewhere, _) = signed_in(&world).await;
    let page = browser.submit(&world.path(&format!("/account/sessions/{sid}/end")), &[]).await.expect(200);
    assert_eq!(frames(&page), expected(&world, &tokens));
    // Another browser's frames would know nothing of it.
    let (_, other) = signed_in(&world).await;
    let sid = payload(other.identity())["sid"].as_str().expect("sid").to_owned();
    elsewhere.post(&world.path(&format!("/account/sessions/{sid}/end")), &[]).await.expect(303);
});
