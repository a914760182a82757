//! Branding: what an editor uploads, and what end users see of it.

use axum::body::Body;
use axum::extract::Request;
use model::Role;

use crate::console_access::people::{EVERYWHERE, administrator};
use crate::oauth::ask::Ask;
use crate::oauth::world::World;
use crate::support::{Browser, Setup};

const PAGE: &str = "/console/mysub/branding";

/// A PNG's signature and header, which is all that is looked at.
fn png(width: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0".to_vec();
    bytes.push(width);
    bytes.extend(b"\0\0\0\x20\x08\x06\0\0\0\0\0\0\0");
    bytes
}

/// The fields of the form, with the version that its page holds.
async fn fields(browser: &mut Browser) -> Vec<(String, String)> {
    let page = browser.get(PAGE).await.expect(200).body;
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    [
        ("version", version.expect("a version")),
        ("name", "Demo Bank"),
        ("own_accent", "true"),
        ("accent", "#ffcc00"),
        ("policy_uri", "https://demo.example/privacy"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

async fn upload(browser: &mut Browser, more: &[(&str, &str)], logo: &[u8]) -> crate::support::Reply {
    let fields = fields(browser).await;
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).chain(more.iter().copied()).collect();
    browser.upload(PAGE, &fields, &[("logo", logo)]).await
}

/// Where a page finds its logo.
fn logo_of(page: &str) -> String {
    let image = page.split("<img ").find_map(|rest| rest.split('>').next().filter(|tag| tag.contains("auth-logo")));
    let image = image.expect("a logo");
    image.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address").to_owned()
}

both!(what_is_saved_is_on_every_page_of_end_users, |app| async move {
    let world = World::open(&app).await;
    let mut editor = administrator(&app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await;
    let before = app.get("/s/mysub/login").await.expect(200).body;
    assert!(!before.contains("auth-logo") && !before.contains("--brand") && !before.contains("Tessera"), "{before}");
    let saved = upload(&mut editor, &[], &png(64)).await.expect(303);
    assert_eq!(saved.header("location"), PAGE);
    let logo = logo_of(&app.get("/s/mysub/login").await.expect(200).body);
    assert!(logo.starts_with("/s/mysub/logo/"), "{logo}");
    let mut john = world.signed_in("john").await;
    for path in
        ["/login", "/register", "/account", "/account/password", "/signed-out", "/nothing", "/connect/authorize"]
    {
        let page = john.open(&world.path(path)).await.body;
        assert!(page.contains("Demo Bank") && !page.contains("Tessera"), "{path}: {page}");
        assert!(page.contains("--brand:#ffcc00;--brand-content:#000000"), "{path}");
        assert!(page.contains("href=\"https://demo.example/privacy\""), "{path}");
        assert_eq!(logo_of(&page), logo, "{path}");
        assert!(page.contains("width=\"64\" height=\"32\" alt=\"Demo Bank logo\""), "{path}");
    }
    let refused = app.browser().get(&world.authorize(&Ask::of("nobody"))).await.expect(400);
    assert_eq!(logo_of(&refused.body), logo);
    // Another subscription has none of it.
    assert!(!app.get("/s/system/login").await.body.contains("Demo Bank"));
    // And it can be taken away.
    let mut without = fields(&mut editor).await;
    without.retain(|(name, _)| name == "version" || name == "name");
    without.extend([("remove_logo".to_owned(), "true".to_owned()), ("secured_by".to_owned(), "true".to_owned())]);
    let without: Vec<_> = without.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    editor.upload(PAGE, &without, &[("logo", b"")]).await.expect(303);
    let after = app.get("/s/mysub/login").await.expect(200).body;
    assert!(!after.contains("auth-logo") && !after.contains("--brand") && !after.contains("demo.example"), "{after}");
    assert!(after.contains("Secured by Tessera"));
});

// Subscriptions may share an origin: a logo is a picture and nothing else (docs/security.md 63).
both!(a_logo_is_served_as_a_picture_and_kept, |app| async move {
    let world = World::open(&app).await;
    world.beside("yours").await;
    let mut editor = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    upload(&mut editor, &[], &png(64)).await.expect(303);
    let logo = logo_of(&app.get("/s/mysub/login").await.body);
    let reply = app.get(&logo).await.expect(200);
    assert_eq!(reply.header("content-type"), "image/png");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
    for absent in [logo.replace("mysub", "yours"), "/s/mysub/logo/x".to_owned(), "/s/mysub/logo/%00".to_owned()] {
        let reply = app.get(&absent).await.expect(404);
        assert!(reply.header("cache-control").contains("no-store"), "{absent}");
    }
    app.get(&logo.replace("mysub", "absent")).await.expect(404);
});

both!(a_host_issuer_has_it_on_its_own_host, Setup::host_issuers(), |app| async move {
    let app = app.with_library().await;
    let mut conn = app.ctx.read().await.expect("reads");
    let found = store::subscriptions::find_by_slug(&mut conn, "mysub").await.expect("asked").expect("one");
    drop(conn);
    let picture = service::picture::Picture::read(&png(64)).expect("a picture");
    let logo = service::console::LogoEdit::Replace(picture);
    let (ctx, cli, version) = (&app.ctx, &service::Actor::Cli, found.object.version);
    service::console::branding::update(ctx, cli, "mysub", version, model::spec::BrandingSpec::default(), &logo)
        .await
        .expect("saved");
    let get = |path: &str| Request::get(path).header("host", "mysub.example.com").body(Body::empty()).expect("request");
    let page = app.send(get("/login")).await.expect(200);
    let logo = logo_of(&page.body);
    assert!(logo.starts_with("/logo/"), "{logo}");
    assert_eq!(app.send(get(&logo)).await.expect(200).header("content-type"), "image/png");
    app.get(&logo).await.expect(404);
});

both!(what_is_no_logo_is_told_at_its_field, |app| async move {
    let world = World::open(&app).await;
    let mut editor = administrator(&app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let mut large = png(64);
    large.resize(300_000, 0);
    let mut larger = png(64);
    larger.resize(5_000_000, 0);
    for (bad, words) in
        [(svg, "not a PNG"), (large, "at most 256 KB"), (larger, "at most 256 KB"), (png(0), "too large")]
    {
        let page = upload(&mut editor, &[], &bad).await.expect(422).body;
        assert!(page.contains("href=\"#f-logo\"") && page.contains(words), "{words}");
        assert!(page.contains("value=\"Demo Bank\"") && !page.contains("<script>alert"), "what was typed stays");
    }
    let bad = [("name", "\u{202E}"), ("accent", "red;}"), ("own_accent", "on"), ("tos_uri", "javascript:alert(1)")];
    let version = fields(&mut editor).await[0].1.clone();
    let page = editor.upload(PAGE, &[&bad[..], &[("version", &version)]].concat(), &[]).await.expect(422).body;
    for field in ["name", "accent", "tos_uri"] {
        assert!(page.contains(&format!("href=\"#f-{field}\"")), "{field}");
    }
    assert!(!page.contains("fill=\"red"));
    // Nothing of it was kept.
    assert!(!app.get("/s/mysub/login").await.body.contains("Demo"));
});

both!(a_preview_shows_what_is_not_saved, |app| async move {
    let world = World::open(&app).await;
    let id = world.subscription_id().await;
    let mut editor = administrator(&app, "editor", &[(&id, Role::Editor)]).await;
    let page = upload(&mut editor, &[("do", "preview")], &png(64)).await.expect(200).body;
    assert!(page.contains("fill=\"#ffcc00\"") && page.contains("Demo Bank logo"), "{page}");
    assert!(page.contains("hard to see") && page.contains("Text on the colour is readable"), "{page}");
    assert!(logo_of(&page).starts_with("data:image/png;base64,"));
    assert!(!app.get("/s/mysub/login").await.body.contains("Demo Bank"), "nothing is saved by looking");
    // The file travels along, since a browser does not send it twice.
    let kept = page.split("name=\"kept_logo\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let kept = kept.expect("the file").to_owned();
    upload(&mut editor, &[("kept_logo", &kept)], b"").await.expect(303);
    assert!(app.get("/s/mysub/login").await.body.contains("Demo Bank logo"));
    upload(&mut editor, &[("kept_logo", "AAAA")], b"").await.expect(422);
    // Of two editors the later one hears of the other.
    let stale = [("version", "1"), ("name", "Another")];
    let page = editor.upload(PAGE, &stale, &[]).await.expect(409).body;
    assert!(page.contains("Demo Bank"), "{page}");
    let mut viewer = administrator(&app, "viewer", &[(&id, Role::Viewer)]).await;
    let page = viewer.get(PAGE).await.expect(200).body;
    assert!(page.contains("Demo Bank") && !page.contains(">Save<"));
    viewer.upload(PAGE, &[("do", "preview"), ("version", "1")], &[]).await.expect(403);
});

// Too much and too strange (docs/security.md 74, 75).
both!(a_form_with_files_is_read_within_limits, |app| async move {
    let world = World::open(&app).await;
    let mut editor = administrator(&app, "editor", &[(&world.subscription_id().await, Role::Editor)]).await;
    let nine = vec![0; 9_000_000];
    editor.upload(PAGE, &[], &[("logo", &nine)]).await.expect(413);
    editor.upload(PAGE, &[], &[("logo", b"1"), ("logo", b"2")]).await.expect(400);
    editor.upload(PAGE, &[("version", "1")], &[("other", b"1")]).await.expect(422);
    editor.upload(PAGE, &[("name", "a\0b")], &[]).await.expect(400);
    // Pages without files take none, and strangers are turned away unread.
    editor.upload("/console/mysub/settings", &[("name", "x")], &[]).await.expect(415);
    app.browser().upload(PAGE, &[("name", "x")], &[]).await.expect(401);
    app.browser().upload("/s/mysub/login", &[("username", "x")], &[]).await.expect(415);
    let raw = |kind: &str, body: &'static str| {
        let cookies = editor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let request = Request::post(PAGE).header("content-type", kind).header("origin", app.origin());
        request.header("cookie", cookies.join("; ")).body(Body::from(body)).expect("request")
    };
    for (kind, body) in [
        ("multipart/form-data", "--X--\r\n"),
        ("multipart/form-data; boundary=X", ""),
        ("multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\ntrunc"),
        (
            "multipart/form-data; boundary=X",
            "--Y\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n1\r\n--Y--\r\n",
        ),
    ] {
        app.send(raw(kind, body)).await.expect(400);
    }
    app.send(raw("application/json", "{}")).await.expect(415);
    let long = Box::leak(format!("name={}", "a".repeat(300_000)).into_boxed_str());
    app.send(raw("application/x-www-form-urlencoded", long)).await.expect(413);
});
