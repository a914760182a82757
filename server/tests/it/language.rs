//! In which language pages speak: what an application asks for, what a reader chooses, what the browser
//! prefers; and that choosing leads back to where the reader was, and nowhere else.

use axum::body::Body;
use axum::extract::Request;
use model::Role;

use crate::console_access::people::{EVERYWHERE, administrator};
use crate::oauth::ask::{Answer, Ask};
use crate::oauth::library::PASSWORD;
use crate::oauth::world::World;
use crate::support::{Reply, Setup, TestApp};

const COOKIE: &str = "tessera-reader.language";
const ENGLISH: &str = "<html lang=\"en\">";
const PORTUGUESE: &str = "<html lang=\"pt-BR\">";

async fn preferring(app: &TestApp, path: &str, accepted: &str) -> Reply {
    let request = Request::get(path).header("accept-language", accepted);
    app.send(request.body(Body::empty()).expect("request")).await
}

/// Where the link of a page leads that changes the language.
fn language_link(page: &Reply) -> String {
    let (before, _) = page.body.split_once("#languages").expect("a link with its icon");
    let (_, link) = before.rsplit_once("<a href=\"").expect("a link");
    link.split('"').next().unwrap_or_default().replace("&amp;", "&")
}

both!(the_browser_is_asked_where_nobody_has_chosen, |app| async move {
    for (accepted, expected) in
        [("pt", PORTUGUESE), ("pt-PT, en;q=0.5", PORTUGUESE), ("en-GB, pt;q=0.9", ENGLISH), ("de, fr", ENGLISH)]
    {
        let page = preferring(&app, "/s/system/login", accepted).await.expect(200);
        assert!(page.body.contains(expected), "{accepted}");
    }
    let page = preferring(&app, "/s/system/login", "pt-BR").await;
    assert!(page.body.contains("<h1>Entrar</h1>") && page.body.contains("Nome de usuário ou e-mail"));
    // Errors too, and metadata tells what there is.
    assert!(preferring(&app, "/nothing", "pt").await.expect(404).body.contains("Página não encontrada"));
    let metadata = app.get("/s/system/.well-known/openid-configuration").await.expect(200).json();
    assert_eq!(metadata["ui_locales_supported"], serde_json::json!(["en", "pt-BR"]));
});

both!(a_sign_in_goes_on_in_the_language_that_was_chosen, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = app.browser();
    let login = browser.open(&world.authorize(&Ask::of("my-app"))).await.expect(200);
    assert!(login.body.contains(ENGLISH));
    let (here, page) = (browser.here.clone(), language_link(&login));
    let choice = browser.get(&page).await.expect(200);
    assert!(choice.body.contains("lang=\"pt-BR\"") && choice.body.contains("Português (Brasil)"));
    assert!(!choice.body.contains("<script"));
    let chosen = browser.post(&page, &[("language", "pt-BR")]).await.expect(303);
    assert_eq!(chosen.header("location"), here);
    let line = chosen.header_lines("set-cookie").into_iter().find(|line| line.starts_with(COOKIE)).expect("a cookie");
    assert_eq!(line, format!("{COOKIE}=pt-BR; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"));
    let login = browser.get(&here).await.expect(200);
    assert!(login.body.contains(PORTUGUESE) && login.body.contains("As páginas agora estão em português."));
    let done = browser.post(&here, &[("username", "john"), ("password", PASSWORD)]).await;
    Answer::of(&done).code();
    // The account page has never heard of the sign-in, and speaks the same language.
    let account = browser.get(&world.path("/account")).await.expect(200);
    assert!(account.body.contains("A sua conta"));
    browser.post(&world.path("/language"), &[("language", "auto")]).await.expect(303);
    assert!(!browser.cookies.contains_key(COOKIE));
    assert!(browser.get(&world.path("/account")).await.body.contains(ENGLISH));
});

both!(what_an_application_asks_for_counts_until_the_reader_chooses, |app| async move {
    let world = World::with(&app, |library| library.password("john")).await;
    let mut browser = app.browser();
    browser.cookies.insert(COOKIE.to_owned(), "en".to_owned());
    let ask = Ask::of("my-app").with("ui_locales", "xx pt-PT en");
    let login = browser.open(&world.authorize(&ask)).await.expect(200);
    assert!(login.body.contains(PORTUGUESE) && browser.here.ends_with("&ui_locales=pt-BR"), "{}", browser.here);
    // A refused password changes nothing of that.
    let here = browser.here.clone();
    let again = browser.post(&here, &[("username", "john"), ("password", "wrong")]).await.expect(422);
    assert!(again.body.contains("Nome de usuário ou senha incorretos."));
    let chosen = browser.post(&language_link(&login), &[("language", "en")]).await.expect(303);
    let login = browser.follow(chosen).await.expect(200);
    assert!(login.body.contains(ENGLISH) && !browser.here.contains("ui_locales"), "{}", browser.here);
    let here = browser.here.clone();
    Answer::of(&browser.post(&here, &[("username", "john"), ("password", PASSWORD)]).await).code();
    // By POST it is the same, and so is signing out.
    let posted = app.post(&world.path("/connect/authorize"), &ask.fields()).await.expect(303);
    assert!(app.browser().open(posted.header("location")).await.body.contains(PORTUGUESE));
    let out = browser.open(&world.path("/connect/endsession?ui_locales=pt")).await.expect(200);
    assert!(out.body.contains("Quer sair?"));
});

// docs/security.md 50.
both!(the_way_back_leads_nowhere_else, |app| async move {
    let world = World::open(&app).await;
    world.beside("yours").await;
    let mut browser = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    for elsewhere in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/%2e%2e//evil.example",
        "javascript:alert(1)",
        "/s/yours/account",
        "/s/mysub/../yours/account",
        "/s/mysub/\t/x",
        "/s/mysub/a\r\nset-cookie: a=b",
        "/consolevil",
        "",
    ] {
        let query = crate::support::app::encode(&[("to", elsewhere)]);
        for (page, start) in
            [(world.path("/language"), world.path("/account")), ("/console/language".to_owned(), "/console".to_owned())]
        {
            let page = format!("{page}?{query}");
            let shown = browser.get(&page).await.expect(200);
            assert!(shown.body.contains(&format!("<a href=\"{start}\">")), "{page}");
            let chosen = browser.post(&page, &[("language", "en")]).await.expect(303);
            assert_eq!(chosen.header("location"), start, "{page}");
        }
    }
});

both!(only_languages_there_are_can_be_chosen, |app| async move {
    let world = World::open(&app).await;
    let mut browser = app.browser();
    for page in [world.path("/language"), "/console/language".to_owned()] {
        for language in ["de", "pt", "", "en; Path=/x", "pt-BR\r\nx: y"] {
            let refused = browser.post(&page, &[("language", language)]).await.expect(422);
            assert!(!refused.header("set-cookie").contains(COOKIE), "{language}");
        }
        browser.post(&page, &[("language", "en"), ("to", "/elsewhere")]).await.expect(422);
        browser.post(&page, &[]).await.expect(422);
    }
    // What somebody else has put into the cookie is no language, and comes back nowhere.
    browser.cookies.insert(COOKIE.to_owned(), "<script>".to_owned());
    let page = browser.get(&world.path("/login")).await.expect(200);
    assert!(page.body.contains(ENGLISH) && !page.body.contains("<script>"));
});

both!(the_console_speaks_it_and_goes_back_to_where_one_was, |app| async move {
    World::open(&app).await;
    let mut browser = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
    let page = browser.get("/console/mysub/users?q=jo&size=10").await.expect(200);
    let link = language_link(&page);
    assert_eq!(link, "/console/language?to=%2Fconsole%2Fmysub%2Fusers%3Fq%3Djo%26size%3D10");
    assert!(browser.get(&link).await.expect(200).body.contains("/console/sign-out"));
    let users = browser.submit(&link, &[("language", "pt-BR")]).await.expect(200);
    assert_eq!(browser.here, "/console/mysub/users?q=jo&size=10");
    assert!(users.body.contains(PORTUGUESE) && users.body.contains("Usuários"), "{}", users.body);
    // Moments and names that nobody has changed.
    let overview = browser.get("/console/mysub").await.expect(200);
    assert!(overview.body.contains("22 de nov. de 2026, 00:00 UTC"), "{}", overview.body);
    let scope = browser.get("/console/mysub/scopes/identity/new").await.expect(200);
    assert!(scope.body.contains("Sobrenome") && !scope.body.contains("Family name"));
    // One's own name is said to those who are signed in only.
    let stranger = app.browser().get("/console/language").await.expect(200);
    assert!(!stranger.body.contains("/console/sign-out"));
});

both!(hosts_of_their_own_have_choices_of_their_own, Setup::host_issuers(), |app| async move {
    let post = |to: &str| {
        let request = Request::post(format!("/language?{}", crate::support::app::encode(&[("to", to)])));
        let request = request.header("host", "system.example.com").header("origin", "https://system.example.com");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(Body::from("language=pt-BR")).expect("request")
    };
    let chosen = app.send(post("/login?i=x&ui_locales=en")).await.expect(303);
    assert_eq!(chosen.header("location"), "/login?i=x");
    let line = chosen.header_lines("set-cookie").into_iter().find(|line| line.contains("language")).expect("a cookie");
    assert!(line.starts_with("__Host-tessera-reader.language=pt-BR; Path=/") && line.contains("; Secure"), "{line}");
    for elsewhere in ["//evil.example", "/\\evil.example", "https://evil.example", "login"] {
        assert_eq!(app.send(post(elsewhere)).await.expect(303).header("location"), "/account", "{elsewhere}");
    }
});
