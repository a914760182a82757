//! What a user let applications have. Viewers see it, editors take it back.

use model::{Page, PageRequest, Role};
use serde_json::json;
use store::Conn;
use store::consents::{Consent, Named};

use crate::actor::Actor;
use crate::console::place::{check_size, enter_to_people};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::user;

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentView {
    /// Row id of the application.
    pub application_id: String,
    /// What people read.
    pub application_name: String,
    /// Names of the scopes.
    pub scopes: Vec<String>,
    /// Unix seconds of the last agreement.
    pub granted_at: i64,
    /// The application asks again for what was taken back.
    pub is_asked: bool,
}

impl From<Named> for ConsentView {
    fn from(named: Named) -> Self {
        let Consent { application_id, scopes, granted_at } = named.consent;
        let (application_name, is_asked) = (named.application.name, named.application.require_consent);
        Self { application_id, application_name, scopes, granted_at, is_asked }
    }
}

/// What a user agreed to, by application.
pub async fn consents(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    request: &PageRequest,
) -> Result<Page<ConsentView>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let found = user::find(&mut conn, &subscription.object.id, id).await?;
    Ok(store::consents::page_of_user(&mut conn, &found.id, request).await?.map(ConsentView::from))
}

/// What a user agreed to for one application.
pub async fn consent(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, application_id: &str) -> Result<ConsentView> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let found = user::find(&mut conn, &subscription.object.id, id).await?;
    one(&mut conn, &found.id, application_id).await
}

async fn one(conn: &mut Conn, user_id: &str, application_id: &str) -> Result<ConsentView> {
    let consent = store::consents::get(conn, user_id, application_id).await?.ok_or(Error::NotFound)?;
    let application = store::applications::find(conn, application_id).await?.ok_or(Error::NotFound)?;
    Ok(Named { consent, application: application.object.spec }.into())
}

/// Takes an agreement back, and with it everything that the user has granted to the application. One
/// that asks for consent asks again.
pub async fn withdraw_consent(ctx: &Ctx, actor: &Actor, slug: &str, id: &str, application_id: &str) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let subscription = enter_to_people(&mut tx, actor, slug, Role::Editor).await?;
    let subscription_id = &subscription.object.id;
    let found = user::find(&mut tx, subscription_id, id).await?;
    let before = one(&mut tx, &found.id, application_id).await?;
    if !store::consents::delete(&mut tx, &found.id, application_id).await? {
        return Err(Error::NotFound);
    }
    store::grants::revoke_of_user_and_application(&mut tx, &found.id, application_id, ctx.now()).await?;
    let event = Event {
        user_id: Some(&found.id),
        application_id: Some(application_id),
        ..Event::new("consent_withdrawn", json!({ "scopes": before.scopes }))
    };
    event::record(ctx, &mut tx, Some(subscription_id), actor.name(), event).await?;
    Ok(tx.commit().await?)
}
