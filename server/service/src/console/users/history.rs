//! What happened to one user.

use model::{Page, PageRequest, Role};
use store::events::UserEvent;
use store::users::User;

use crate::actor::Actor;
use crate::console::audit;
use crate::console::place::{check_size, enter_to_people};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::user;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// Unix seconds.
    pub at: i64,
    /// Who did it; `None` for the user.
    pub actor: Option<String>,
    /// `sign_in`, `user_changed`, …
    pub action: String,
    /// Row id and `client_id` of the application it came through.
    pub application: Option<(String, String)>,
    /// Its circumstances by name, as texts of one line.
    pub data: Vec<(String, String)>,
    /// Of what was refused, which has a page of its own.
    pub reference: Option<String>,
}

/// What happened to a user, the newest first.
pub async fn history(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    request: &PageRequest,
) -> Result<Page<HistoryRow>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let found = user::find(&mut conn, &subscription.object.id, id).await?;
    let page = store::events::named_page_of_user(&mut conn, &found.id, request).await?;
    Ok(page.map(|event| row(&found, event)))
}

fn row(user: &User, UserEvent { event, client_id }: UserEvent) -> HistoryRow {
    HistoryRow {
        at: event.at,
        data: audit::data(&event.data),
        actor: Some(event.actor).filter(|actor| *actor != user.id),
        action: event.kind,
        application: event.application_id.zip(client_id),
        reference: event.reference,
    }
}
