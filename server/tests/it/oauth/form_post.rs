//! OAuth 2.0 Form Post Response Mode.

use super::ask::Ask;
use super::library::CALLBACK;
use super::world::World;

const NASTY: &str = "\"><script>alert(1)</script>&amp;'`";

both!(values_are_escaped, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    for ask in [Ask::of("my-app"), Ask::of("my-app").with("response_type", "token")] {
        let ask = ask.with("response_mode", "form_post").with("state", NASTY);
        let reply = browser.get(&world.authorize(&ask)).await.expect(200);
        assert!(!reply.body.contains("<script>alert"), "{}", reply.body);
        assert!(reply.body.contains("&quot;&gt;&lt;script&gt;alert(1)"), "{}", reply.body);
        assert!(reply.body.contains(&format!("action=\"{CALLBACK}\"")), "{}", reply.body);
        assert!(reply.body.contains("name=\"iss\""));
    }
});

both!(its_policy_allows_one_script_and_one_target, |app| async move {
    let world = World::open(&app).await;
    let ask = Ask::of("my-app").with("response_mode", "form_post");
    let reply = world.signed_in("john").await.get(&world.authorize(&ask)).await.expect(200);
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("script-src 'sha256-") && !policy.contains("unsafe-inline"), "{policy}");
    assert!(policy.contains("form-action 'self' https:"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(reply.header("cache-control").contains("no-store"));
    assert_eq!(reply.body.matches("<script").count(), 1);
});

both!(its_code_is_like_any_other, |app| async move {
    let world = World::open(&app).await;
    let ask = Ask::of("my-app").with("response_mode", "form_post");
    let page = world.signed_in("john").await.get(&world.authorize(&ask)).await.expect(200).body;
    let field = page.split("<input").find(|field| field.contains("name=\"code\"")).expect("a code");
    let code = field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a value");
    world.redeem(code).await.expect(200);
});

// Form Post Response Mode section 2: the form's action is the redirect URI, its method POST and its encoding urlencoded,
// which is what a form has that names no other.
both!(the_form_posts_urlencoded_to_the_redirect_uri, |app| async move {
    let world = World::open(&app).await;
    let mut browser = world.signed_in("john").await;
    for ask in [Ask::of("my-app"), Ask::of("my-app").with("prompt", "none").with("max_age", "0")] {
        let page = browser.get(&world.authorize(&ask.with("response_mode", "form_post"))).await.expect(200).body;
        let form = page.split("<form").nth(1).and_then(|rest| rest.split('>').next()).expect("a form");
        assert!(form.contains("method=\"post\"") && form.contains(&format!("action=\"{CALLBACK}\"")), "{form}");
        assert!(!form.contains("enctype"), "{form}");
        assert!(page.contains("name=\"state\"") && page.contains("<button"), "{page}");
    }
});
