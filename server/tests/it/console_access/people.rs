//! Administrators with one role each, signed in.

use model::Role;
use service::Actor;
use service::console::{NewUser, users};

use crate::oauth::library::Library;
use crate::oauth::world::World;
use crate::support::{Browser, TestApp};

/// Of the whole installation.
pub const EVERYWHERE: &str = "*";

/// A browser in which an administrator with these roles is signed in to the console.
pub async fn administrator(app: &TestApp, name: &str, roles: &[(&str, Role)]) -> Browser {
    let new = NewUser {
        username: Some(name.to_owned()),
        email: None,
        email_verified: false,
        password: None,
        claims: Vec::new(),
    };
    let id = users::create(&app.ctx, &Actor::Cli, "system", new).await.expect("a user");
    let mut tx = app.ctx.begin().await.expect("a transaction");
    for (scope, role) in roles {
        store::roles::put(&mut tx, &id, scope, *role).await.expect("a role");
    }
    tx.commit().await.expect("saved");
    let system = World { app: app.clone(), library: Library::new("system") };
    let mut browser = system.signed_in(name).await;
    browser.open("/console").await;
    browser
}
