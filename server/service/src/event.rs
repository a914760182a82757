//! What happened: sign-ins, denials, edits of users. Configuration has [`crate::revision`].

use serde_json::Value;
use store::{JsonText, Tx};

use crate::activity::Kind;
use crate::ctx::Ctx;
use crate::error::Result;

/// A line of the audit log. It names claims, never their values, and holds no secret.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// Snake case: `sign_in`, `user_created`, …
    pub kind: &'a str,
    /// Whom it is about.
    pub user_id: Option<&'a str>,
    /// Through which application.
    pub application_id: Option<&'a str>,
    /// The short reference that a failure page shows.
    pub reference: Option<&'a str>,
    /// Details by kind.
    pub data: Value,
}

impl Event<'_> {
    /// An event about nobody in particular.
    pub fn new(kind: &str, data: Value) -> Event<'_> {
        Event { kind, user_id: None, application_id: None, reference: None, data }
    }
}

/// Writes an event into the transaction of what it tells of. `actor` is a user's id or
/// [`crate::Actor::name`].
pub async fn record(
    ctx: &Ctx,
    tx: &mut Tx,
    subscription_id: Option<&str>,
    actor: &str,
    event: Event<'_>,
) -> Result<()> {
    if let (Some(id), Some(kind)) = (subscription_id, Kind::of_event(event.kind)) {
        ctx.activity.note(id, kind, ctx.now());
    }
    let row = store::events::Event {
        id: ctx.new_id()?,
        subscription_id: subscription_id.map(str::to_owned),
        at: ctx.now(),
        kind: event.kind.to_owned(),
        actor: actor.to_owned(),
        user_id: event.user_id.map(str::to_owned),
        application_id: event.application_id.map(str::to_owned),
        reference: event.reference.map(str::to_owned),
        data: JsonText::encode(&event.data),
    };
    Ok(store::events::insert(tx, &row).await?)
}
