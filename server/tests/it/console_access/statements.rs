//! What a page costs the database: no more with many rows than with few, and at most eight statements.
//!
//! Counted on PostgreSQL, where a statement runs in the task that asked for it; every statement is
//! one literal for both engines.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::routes;
use model::Role;
use serde_json::{Value, json};
use service::apply::{self, Options};
use testing::Running;
use tracing::instrument::WithSubscriber;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::objects::Objects;
use super::people::{EVERYWHERE, administrator};
use crate::oauth::world::World;
use crate::support::{Browser, Database, Setup, TestApp};

/// Statements of one page, the check of the console's session included.
const MOST: usize = 8;

/// Counts the statements that sqlx reports.
struct Statements(Arc<AtomicUsize>);

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Statements by page.
async fn counted(browser: &mut Browser, objects: &Objects) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    // The administrators' own pages have tests of their own.
    let inside = |route: &routes::Route| !route.path.starts_with("/console/administrators/{");
    for route in routes::console().into_iter().filter(inside) {
        let path = objects.fill(route.path);
        // The first visit of a minute notes that the session was seen.
        browser.get(&path).await;
        // The cheapest of some: in another one the snapshot of the configuration may be loaded anew.
        let mut cheapest = usize::MAX;
        for _ in 0..3 {
            let count = Arc::new(AtomicUsize::new(0));
            browser.get(&path).with_subscriber(Statements(count.clone())).await;
            cheapest = cheapest.min(count.load(Ordering::Relaxed));
        }
        counts.insert(route.path, cheapest);
    }
    counts
}

/// So many more of everything that lists and pages show.
async fn crowd(app: &TestApp, rows: usize) {
    let many = |make: fn(usize) -> Value| (0..rows).map(make).collect::<Vec<_>>();
    let subscription = json!({
        "slug": "mysub",
        "name": "My subscription",
        "claims": many(|n| json!({ "name": format!("fact_{n}"), "display_name": format!("Fact {n}") })),
        "identity_scopes": many(|n| json!({
            "name": format!("facts_{n}"),
            "display_name": format!("Facts {n}"),
            "claims": [format!("fact_{n}"), "name"],
        })),
        "api_connections": many(|n| json!({ "name": format!("api-{n}"), "display_name": format!("API {n}") })),
        "applications": many(|n| json!({
            "client_id": format!("application-{n}"),
            "name": format!("Application {n}"),
            "redirect_uris": ["https://application.example/callback"],
            "allowed_identity_scopes": ["openid", format!("facts_{n}")],
            "allowed_api_scopes": [format!("api-{n}")],
            "required_claims": [format!("fact_{n}")],
        })),
        "users": many(|n| json!({ "username": format!("user{n}"), "claims": { "name": "Somebody" } })),
    });
    let others = (0..rows).map(|n| json!({ "slug": format!("other-{n}"), "name": format!("Other {n}") }));
    let subscriptions: Vec<Value> = std::iter::once(subscription).chain(others.take(rows.min(20))).collect();
    let text = json!({ "subscriptions": subscriptions }).to_string();
    let document = apply::parse(&text, "crowd.json").expect("a file");
    apply::apply(&app.ctx, &document, &Options::default(), false).await.expect("applied");
}

async fn a_page_costs_few_statements_however_many_rows(database: Database) {
    let test = |app: TestApp| -> Running {
        Box::pin(async move {
            // With a meter on its page.
            let demands = json!({ "required_claims": ["shelf", "email", "library_card"] });
            let world = World::with(&app, |library| library.application("my-app", &demands)).await;
            let objects = Objects::of(&world).await;
            let mut browser = administrator(&app, "owner", &[(EVERYWHERE, Role::Owner)]).await;
            crowd(&app, 10).await;
            let few = counted(&mut browser, &objects).await;
            crowd(&app, 150).await;
            let many = counted(&mut browser, &objects).await;
            let dear: Vec<_> = many.iter().filter(|(path, count)| **count > MOST || **count > few[*path]).collect();
            assert!(dear.is_empty(), "{dear:?}, with few rows {few:?}");
            // A counter that counts nothing would agree with everything.
            assert!(few["/console/{slug}/applications"] > 2, "{few:?}");
        })
    };
    TestApp::run(database, Setup::default(), test).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_costs_few_statements() {
    a_page_costs_few_statements_however_many_rows(Database::postgres().await).await;
}
