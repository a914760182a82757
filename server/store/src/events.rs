//! The log of what people did: sign-ins, denials, edits of users. Names claims, never values.

use model::{Page, PageRequest};

use crate::bulk::{self, Cell};
use crate::{Conn, JsonText, Result, Tx, key, listing};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Event {
    /// Row id, which orders them.
    pub id: String,
    /// Where; `None` for the installation.
    pub subscription_id: Option<String>,
    /// Unix seconds.
    pub at: i64,
    /// What happened.
    pub kind: String,
    /// Who did it.
    pub actor: String,
    /// Row id of the user it happened to.
    pub user_id: Option<String>,
    /// Row id of the application on whose behalf.
    pub application_id: Option<String>,
    /// The short reference that a failure page shows.
    pub reference: Option<String>,
    /// Details.
    pub data: JsonText,
}

/// Writes an event down.
pub async fn insert(tx: &mut Tx, new: &Event) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO events (id, subscription_id, at, kind, actor, user_id, application_id, reference, data)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &new.id,
        new.subscription_id.as_deref(),
        new.at,
        &new.kind,
        &new.actor,
        new.user_id.as_deref(),
        new.application_id.as_deref(),
        new.reference.as_deref(),
        &new.data
    )?;
    Ok(())
}

/// Writes many events down.
pub async fn insert_all(tx: &mut Tx, new: &[Event]) -> Result<()> {
    let rows: Vec<[Cell<'_>; 9]> = new
        .iter()
        .map(|event| {
            [
                Cell::Text(Some(&event.id)),
                Cell::Text(event.subscription_id.as_deref()),
                Cell::Number(Some(event.at)),
                Cell::Text(Some(&event.kind)),
                Cell::Text(Some(&event.actor)),
                Cell::Text(event.user_id.as_deref()),
                Cell::Text(event.application_id.as_deref()),
                Cell::Text(event.reference.as_deref()),
                Cell::Text(Some(event.data.as_str())),
            ]
        })
        .collect();
    bulk::insert(
        tx,
        "INSERT INTO events (id, subscription_id, at, kind, actor, user_id, application_id, reference, data) VALUES",
        &rows,
    )
    .await
}

/// A page of a subscription's events, the newest first.
pub async fn page(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<Event>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Event,
        "SELECT id, subscription_id, at, kind, actor, user_id, application_id, reference, data
        FROM events WHERE subscription_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        subscription_id,
        below,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |e| listing::by_id(&e.id)))
}

/// A page of all events of the installation, the newest first.
pub async fn page_of_installation(c: &mut Conn, request: &PageRequest) -> Result<Page<Event>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Event,
        "SELECT id, subscription_id, at, kind, actor, user_id, application_id, reference, data
        FROM events WHERE id < $1 ORDER BY id DESC LIMIT $2",
        below,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |e| listing::by_id(&e.id)))
}

/// A page of what happened to a user, the newest first.
pub async fn page_of_user(c: &mut Conn, user_id: &str, request: &PageRequest) -> Result<Page<Event>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Event,
        "SELECT id, subscription_id, at, kind, actor, user_id, application_id, reference, data
        FROM events WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        user_id,
        below,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |e| listing::by_id(&e.id)))
}

/// Something that happened to a user, with the name of the application it came through.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UserEvent {
    /// What happened.
    #[sqlx(flatten)]
    pub event: Event,
    /// `client_id`, while there is such an application in the same subscription.
    pub client_id: Option<String>,
}

/// Like [`page_of_user`], with the names of applications.
pub async fn named_page_of_user(c: &mut Conn, user_id: &str, request: &PageRequest) -> Result<Page<UserEvent>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all UserEvent,
        "SELECT events.id, events.subscription_id, events.at, events.kind, events.actor, events.user_id,
            events.application_id, events.reference, events.data, applications.client_id
        FROM events LEFT JOIN applications
            ON applications.id = events.application_id AND applications.subscription_id = events.subscription_id
        WHERE events.user_id = $1 AND events.id < $2 ORDER BY events.id DESC LIMIT $3",
        user_id,
        below,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |e| listing::by_id(&e.event.id)))
}

/// Events of a reference in a subscription, the newest first.
pub async fn by_reference(c: &mut Conn, subscription_id: &str, reference: &str) -> Result<Vec<Event>> {
    if !key::findable(reference) {
        return Ok(Vec::new());
    }
    sql!(
        c,
        all Event,
        "SELECT id, subscription_id, at, kind, actor, user_id, application_id, reference, data
        FROM events WHERE reference = $2 AND subscription_id = $1 ORDER BY id DESC LIMIT 20",
        subscription_id,
        reference
    )
}
