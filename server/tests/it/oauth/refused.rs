//! Refused requests leave a line in the audit log (docs/security.md 70), each with a reference, and not
//! without end.

use model::PageRequest;
use service::Actor;
use service::console::{AuditRow, audit};

use super::ask::Ask;
use super::world::World;

async fn newest(world: &World, many: u32) -> Vec<AuditRow> {
    let request = PageRequest { size: many, ..PageRequest::default() };
    audit::page(&world.app.ctx, &Actor::Cli, world.slug(), &request).await.expect("a page").items
}

both!(each_is_noted_with_its_application_and_without_secrets, |app| async move {
    let world = World::open(&app).await;
    let mut browser = app.browser();
    let wrong = ("my-app", "not the secret of anybody, but as long");
    world.post_basic("/connect/token", wrong, &[("grant_type", "client_credentials")]).await.expect(401);
    world.post_basic("/connect/revocation", wrong, &[("token", "x")]).await.expect(401);
    world.post_basic("/connect/introspect", ("library-api", wrong.1), &[("token", "x")]).await.expect(401);
    // Told to the application, which does not always tell anybody else.
    let reply = browser.get(&world.authorize(&Ask::of("my-app").with("response_type", "token"))).await.expect(303);
    assert!(reply.header("location").contains("error=unsupported_response_type"));
    // Told to the person in front of the browser only.
    let page = browser.get(&world.authorize(&Ask::of("my-app").with("redirect_uri", "https://evil.example"))).await;
    let lines = newest(&world, 5).await;
    let actions: Vec<_> = lines.iter().map(|line| line.action.as_str()).collect();
    let refused = ["authorization_refused", "authorization_refused", "introspection_refused", "revocation_refused"];
    assert_eq!(actions[..4], refused);
    assert_eq!(actions[4], "token_refused");
    for about in [0, 1, 3, 4] {
        assert_eq!(lines[about].object_name, "my-app", "{}", lines[about].action);
    }
    assert!(lines.iter().all(|line| !format!("{:?}", line.data).contains(wrong.1)));
    // The page shows what finds its line.
    let reference =
        page.body.split("class=\"id\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a reference");
    let search = PageRequest { search: reference.to_owned(), ..PageRequest::default() };
    let found = audit::page(&app.ctx, &Actor::Cli, world.slug(), &search).await.expect("a page").items;
    assert_eq!(found, lines[..1]);
});

both!(a_flood_of_them_is_not_noted_line_by_line, |app| async move {
    let world = World::open(&app).await;
    for _ in 0..520 {
        let fields = [("grant_type", "client_credentials"), ("client_id", "nobody")];
        app.post(&world.path("/connect/token"), &fields).await.expect(401);
    }
    let mut lines = 0;
    let mut request = PageRequest { size: 100, ..PageRequest::default() };
    loop {
        let page = audit::page(&app.ctx, &Actor::Cli, world.slug(), &request).await.expect("a page");
        lines += page.items.iter().filter(|line| line.action == "token_refused").count();
        let Some(next) = page.next else { break };
        request.after = Some(next);
    }
    // One more with each second that the flood took.
    assert!((500..520).contains(&lines), "{lines}");
});
