//! Undo from the notice, the audit log by its filters and as a file, and time travel.

use model::Role;
use service::Actor;
use service::console::applications;

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::world::World;

/// The version that a page's form carries.
fn version(page: &str) -> String {
    let found = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    found.unwrap_or_else(|| panic!("no version in {page}")).to_owned()
}

/// The first link whose address ends like this.
fn link(page: &str, ending: &str) -> Option<String> {
    page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.ends_with(ending)).map(str::to_owned)
}

both!(a_notice_offers_undo_and_undo_takes_it_back, |app| async move {
    let world = World::open(&app).await;
    let objects = Objects::of(&world).await;
    let own = objects.fill("/console/{slug}/applications/{id}");
    let mut editor = administrator(&app, "editor", &[(EVERYWHERE, Role::Editor)]).await;
    let ask = editor.get(&format!("{own}/disable")).await.expect(200).body;
    let done = editor.post(&format!("{own}/disable"), &[("version", version(&ask).as_str())]).await.expect(303);
    let page = editor.get(done.header("location")).await.expect(200).body;
    let undo = link(&page, "/undo").expect("a way back");
    let ask = editor.get(&undo).await.expect(200).body;
    let seen = version(&ask);
    let done = editor.post(&undo, &[("version", seen.as_str())]).await.expect(303);
    let page = editor.get(done.header("location")).await.expect(200).body;
    assert!(page.contains("The change is undone."), "{page}");
    assert!(link(&page, "/undo").is_some(), "an undo can be undone");
    let change = editor.get(undo.trim_end_matches("/undo")).await.expect(200).body;
    assert!(change.contains("See what undid it"), "{change}");
    let stored = applications::get(&app.ctx, &Actor::Cli, "mysub", &objects.application).await.expect("there").stored;
    assert!(!stored.spec.disabled);
    // The second of two gets a clear answer.
    let again = editor.post(&undo, &[("version", seen.as_str())]).await.expect(422).body;
    assert!(again.contains("undone already"), "{again}");
    // A viewer reads the change, and is offered nothing.
    let mut viewer = administrator(&app, "viewer", &[(EVERYWHERE, Role::Viewer)]).await;
    let page = viewer.get(undo.trim_end_matches("/undo")).await.expect(200).body;
    assert!(!page.contains("/undo\"") && !page.contains("/restore/"), "{page}");
});

both!(the_log_is_filtered_and_downloaded, |app| async move {
    let world = World::open(&app).await;
    let objects = Objects::of(&world).await;
    let mut viewer = administrator(&app, "viewer", &[(EVERYWHERE, Role::Viewer)]).await;
    let log = "/console/mysub/audit";
    let own = objects.fill("/console/{slug}/applications/{id}");
    assert!(viewer.get(&own).await.expect(200).body.contains(&format!("{log}?object={}", objects.application)));
    for (query, there) in [
        (format!("object={}", objects.application), true),
        ("kind=application".to_owned(), true),
        ("q=my-a".to_owned(), true),
        ("kind=claim".to_owned(), false),
        ("action=sign_in".to_owned(), false),
        ("until=2001-01-01".to_owned(), false),
    ] {
        let page = viewer.get(&format!("{log}?{query}")).await.expect(200).body;
        assert_eq!(page.contains(&format!("href=\"{own}\"")), there, "{query}");
    }
    let nothing = viewer.get(&format!("{log}?q=nobody-is-called-so")).await.expect(200).body;
    assert!(nothing.contains("Nothing") && !nothing.contains("<table"), "{nothing}");
    for wrong in ["from=yesterday", "until=2027-13-01"] {
        viewer.get(&format!("{log}?{wrong}")).await.expect(400);
    }
    let csv = viewer.get(&format!("{log}/export?format=csv&kind=application")).await.expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"audit-mysub-"));
    assert!(csv.body.starts_with("at,actor,action,object_type,") && csv.body.contains(",my-app,"), "{}", csv.body);
    let json = viewer.get(&format!("{log}/export?format=json")).await.expect(200);
    let json: serde_json::Value = serde_json::from_str(&json.body).expect("JSON");
    assert!(json["rows"].as_array().is_some_and(|rows| rows.len() > 5) && json["incomplete"].is_null());
    viewer.get(&format!("{log}/export?format=exe")).await.expect(400);
});

both!(the_past_is_shown, |app| async move {
    let world = World::open(&app).await;
    Objects::of(&world).await;
    let mut viewer = administrator(&app, "viewer", &[(EVERYWHERE, Role::Viewer)]).await;
    let page = viewer.get("/console/mysub/history?at=2999-01-01T00:00:00Z").await.expect(200).body;
    assert!(page.contains("my-app") && page.contains("library_card"), "{page}");
    let page = viewer.get("/console/mysub/history?at=2001-01-01T00:00").await.expect(200).body;
    assert!(page.contains("did not exist then") && !page.contains("my-app"), "{page}");
    viewer.get("/console/mysub/history?at=yesterday").await.expect(400);
});
