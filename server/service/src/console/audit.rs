//! The audit log: changes of configuration and what people did, as one list. Viewers and above;
//! that of the built-in subscription is for owners.

use std::collections::{BTreeSet, HashMap};

use model::paging::Cursor;
use model::{Page, PageRequest, Role};
use serde_json::Value;
use store::events::Event;
use store::revisions::Revision;
use store::{Conn, JsonText};

use super::place::{check_size, enter_to_people};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Row id, which orders them.
    pub id: String,
    /// Unix seconds.
    pub at: i64,
    /// Who did it: a name, or the id of somebody who is gone.
    pub actor: String,
    /// `application`, `user`, …
    pub object_type: String,
    /// What it was called, or for a user is called now.
    pub object_name: String,
    /// `create`, `sign_in`, …
    pub action: String,
    /// The fields that changed, or what else there is to say.
    pub detail: String,
    /// Of a refused request, which has a page of its own.
    pub reference: Option<String>,
}

/// The log, newest first. A search finds the events of a failure page's reference.
pub async fn page(ctx: &Ctx, actor: &Actor, slug: &str, request: &PageRequest) -> Result<Page<AuditRow>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let id = &subscription.object.id;
    let reference = request.search.trim().to_uppercase();
    if !reference.is_empty() {
        let found = store::events::by_reference(&mut conn, id, &reference).await?;
        return Ok(Page { items: of_events(&mut conn, id, found).await?, next: None });
    }
    let revisions = store::revisions::page(&mut conn, id, request).await?;
    let events = store::events::page(&mut conn, id, request).await?;
    let more = revisions.next.is_some() || events.next.is_some();
    let mut rows: Vec<AuditRow> = revisions.items.into_iter().map(of_revision).collect();
    rows.extend(of_events(&mut conn, id, events.items).await?);
    rows.sort_by(|a, b| b.id.cmp(&a.id));
    let size = request.size as usize;
    let more = more || rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|row| Cursor { key: String::new(), id: row.id.clone() });
    Ok(Page { items: rows, next })
}

fn of_revision(row: Revision) -> AuditRow {
    AuditRow {
        reference: None,
        detail: changed_fields(row.before.as_ref(), row.after.as_ref()).join(", "),
        id: row.id,
        at: row.at,
        actor: row.actor,
        object_type: row.object_type,
        object_name: row.object_name,
        action: row.action,
    }
}

/// Names of the fields that differ between two specifications; none for a beginning or an end.
fn changed_fields(before: Option<&JsonText>, after: Option<&JsonText>) -> Vec<String> {
    let fields = |text: Option<&JsonText>| text.and_then(|text| text.decode::<serde_json::Map<String, Value>>().ok());
    let (Some(before), Some(after)) = (fields(before), fields(after)) else { return Vec::new() };
    let mut names: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
    names.sort();
    names.dedup();
    names.retain(|name| before.get(name) != after.get(name));
    names
}

/// Events with the names of whom they are about, as those are called now.
async fn of_events(conn: &mut Conn, subscription_id: &str, events: Vec<Event>) -> Result<Vec<AuditRow>> {
    let names = names(conn, subscription_id, &events).await?;
    let called = |id: &String| names.get(id).unwrap_or(id).clone();
    let row = |event: Event| {
        let (object_type, object_name) = match (&event.user_id, &event.application_id) {
            (Some(id), _) => ("user", called(id)),
            (None, Some(id)) => ("application", called(id)),
            (None, None) => ("", String::new()),
        };
        AuditRow {
            actor: called(&event.actor),
            detail: detail(&event.data),
            reference: event.reference,
            id: event.id,
            at: event.at,
            object_type: object_type.to_owned(),
            object_name,
            action: event.kind,
        }
    };
    Ok(events.into_iter().map(row).collect())
}

/// What the users and applications of one subscription are called, by id; those of others, and
/// those that are gone, have no name here.
async fn names(conn: &mut Conn, subscription_id: &str, events: &[Event]) -> Result<HashMap<String, String>> {
    let people: BTreeSet<&str> =
        events.iter().flat_map(|event| event.user_id.as_deref().into_iter().chain([event.actor.as_str()])).collect();
    let people: Vec<&str> = people.into_iter().collect();
    let users = store::users::find_some(conn, &people).await?.into_iter();
    let users = users.filter(|user| user.subscription_id == subscription_id);
    let mut names: HashMap<String, String> = users.map(|user| (user.id.clone(), user.login().to_owned())).collect();
    let applications: BTreeSet<&str> = events.iter().filter_map(|event| event.application_id.as_deref()).collect();
    for id in applications {
        let found = store::applications::find(conn, id).await?;
        if let Some(found) = found.filter(|found| found.subscription_id == subscription_id) {
            names.insert(id.to_owned(), found.object.spec.client_id);
        }
    }
    Ok(names)
}

/// An event's data on one line: `address: 192.0.2.1, amr: pwd`.
pub(super) fn detail(data: &JsonText) -> String {
    let fields: serde_json::Map<String, Value> = data.decode().unwrap_or_default();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    };
    let line = fields.iter().map(|(name, value)| format!("{name}: {}", text(value))).collect::<Vec<_>>().join(", ");
    line.chars().filter(|c| !c.is_control()).collect()
}
