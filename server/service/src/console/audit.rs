//! The audit log: changes of configuration and what people did, as one list. Viewers and above;
//! that of the built-in subscription is for owners.

use model::paging::Cursor;
use model::{Page, PageRequest, Role};
use serde_json::Value;
use store::audit_log::{self, EventRow, RevisionRow, Wanted};
use store::{Conn, JsonText};

use super::place::{check_size, enter_to_people};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::history::merge::difference;
use crate::history::past::first_id_at;
use crate::history::plan::map;
use crate::revision::{Action, ObjectType};

/// Rows that one download holds at most.
pub const MAX_EXPORTED: u32 = 10_000;
/// What the log calls people.
const USER: &str = "user";
/// Events about an application, by their kind.
const ABOUT_APPLICATIONS: [&str; 4] =
    ["authorization_refused", "token_refused", "introspection_refused", "revocation_refused"];

/// What of the log is asked for, besides a search. Empty texts ask for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Row id of an object or a user.
    pub object: String,
    /// Kind of the object.
    pub kind: String,
    /// What was done.
    pub action: String,
    /// Who did it: an administrator's name, or a user's name or address.
    pub who: String,
    /// Unix seconds, the first that counts.
    pub from: Option<i64>,
    /// Unix seconds, the first that does not count any more.
    pub until: Option<i64>,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Row id, which orders them.
    pub id: String,
    /// Unix seconds.
    pub at: i64,
    /// Who did it: a name, or the id of somebody who is gone.
    pub actor: String,
    /// Row id of the user who did it, where it was one of this subscription.
    pub actor_user: Option<String>,
    /// `application`, `user`, …
    pub object_type: String,
    /// Row id.
    pub object_id: Option<String>,
    /// What it was called, or for a user is called now.
    pub object_name: String,
    /// The object has a page.
    pub is_standing: bool,
    /// Connection of an API scope, for its page.
    pub connection: Option<String>,
    /// `create`, `sign_in`, …
    pub action: String,
    /// The fields that changed.
    pub fields: Vec<String>,
    /// What else there is to say, by name.
    pub data: Vec<(String, String)>,
    /// Of a refused request, which has a page of its own.
    pub reference: Option<String>,
    /// The change that it is part of, which has a page of its own.
    pub change: Option<String>,
}

/// The log, newest first.
pub async fn page(ctx: &Ctx, actor: &Actor, slug: &str, request: &PageRequest) -> Result<Page<AuditRow>> {
    find(ctx, actor, slug, &AuditFilter::default(), request).await
}

/// The part of the log that passes a filter, newest first. A search finds objects and users whose name begins
/// with it, what somebody of exactly that name did, and the reference of a failure page.
pub async fn find(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    filter: &AuditFilter,
    request: &PageRequest,
) -> Result<Page<AuditRow>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    read(&mut conn, &subscription.object.id, filter, request).await
}

/// At most [`MAX_EXPORTED`] rows of the log, the newest, and whether there are more.
pub async fn export(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    filter: &AuditFilter,
    search: &str,
) -> Result<(Vec<AuditRow>, bool)> {
    let mut conn = ctx.store.read_at_once().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let request = PageRequest { search: search.to_owned(), after: None, size: MAX_EXPORTED };
    let page = read(&mut conn, &subscription.object.id, filter, &request).await?;
    Ok((page.items, page.next.is_some()))
}

async fn read(
    conn: &mut Conn,
    subscription_id: &str,
    filter: &AuditFilter,
    request: &PageRequest,
) -> Result<Page<AuditRow>> {
    let search = request.search.trim();
    let searching = !search.is_empty() && filter.object.is_empty();
    let name = if searching { search } else { filter.who.trim() };
    let user = if name.is_empty() { None } else { audit_log::user_called(conn, subscription_id, name).await? };
    let ids = match (searching, filter.object.is_empty()) {
        (true, _) => Some(audit_log::named(conn, subscription_id, search).await?),
        (false, false) => Some(vec![filter.object.clone()]),
        (false, true) => None,
    };
    let from = filter.from.map(first_id_at).unwrap_or_default();
    let until = filter.until.map(first_id_at).unwrap_or_default();
    let below = match request.after.as_ref().map(|cursor| cursor.id.as_str()) {
        Some(after) if until.is_empty() || after < until.as_str() => after,
        _ => until.as_str(),
    };
    let reference = search.to_uppercase();
    let wanted = Wanted {
        below,
        from: &from,
        limit: i64::from(request.size) + 1,
        object_type: &filter.kind,
        action: &filter.action,
        actors: [name, user.as_deref().unwrap_or_default()],
        objects: ids.as_deref(),
        reference: searching.then_some(reference.as_str()),
        kinds: ABOUT_APPLICATIONS,
    };
    let is_change = Action::ALL.iter().any(|action| action.as_str() == filter.action);
    let about_people = filter.kind == USER || filter.kind == ObjectType::Application.as_str();
    let mut rows = Vec::new();
    if filter.kind != USER && (filter.action.is_empty() || is_change) {
        let found = audit_log::revisions(conn, subscription_id, &wanted).await?;
        rows.extend(found.into_iter().map(of_revision));
    }
    if (filter.kind.is_empty() || about_people) && (filter.action.is_empty() || !is_change) {
        let found = audit_log::events(conn, subscription_id, &wanted).await?;
        rows.extend(found.into_iter().map(of_event));
    }
    rows.sort_by(|a, b| b.id.cmp(&a.id));
    Ok(Page::from_surplus(rows, request.size, |row| Cursor { key: String::new(), id: row.id.clone() }))
}

fn of_revision(row: RevisionRow) -> AuditRow {
    let RevisionRow { revision: row, standing, connection } = row;
    let own_page = matches!(row.object_type.as_str(), "subscription" | "signing_key");
    AuditRow {
        reference: None,
        actor_user: None,
        fields: changed_fields(row.before.as_ref(), row.after.as_ref()),
        data: Vec::new(),
        is_standing: standing.is_some() || own_page,
        connection,
        change: Some(row.change_id.unwrap_or_else(|| row.id.clone())),
        id: row.id,
        at: row.at,
        actor: row.actor,
        object_type: row.object_type,
        object_id: Some(row.object_id),
        object_name: row.object_name,
        action: row.action,
    }
}

/// Names of the fields that differ between two specifications; none for a beginning or an end.
fn changed_fields(before: Option<&JsonText>, after: Option<&JsonText>) -> Vec<String> {
    let fields = |text: Option<&JsonText>| text.and_then(|text| text.decode::<Value>().ok()).map(map);
    let (Some(before), Some(after)) = (fields(before), fields(after)) else { return Vec::new() };
    difference(&before, &after).into_iter().map(|field| field.name).collect()
}

/// An event with the names of those in it, as they are called now.
fn of_event(row: EventRow) -> AuditRow {
    let EventRow { event, user_name, actor_name, client_id } = row;
    let (object_type, object_id, name) = match (event.user_id, event.application_id) {
        (Some(id), _) => (USER, Some(id), user_name),
        (None, Some(id)) => (ObjectType::Application.as_str(), Some(id), client_id),
        (None, None) => ("", None, None),
    };
    AuditRow {
        data: data(&event.data),
        fields: Vec::new(),
        actor_user: actor_name.as_ref().map(|_| event.actor.clone()),
        actor: actor_name.unwrap_or(event.actor),
        reference: event.reference,
        is_standing: name.is_some(),
        object_name: name.or_else(|| object_id.clone()).unwrap_or_default(),
        object_id,
        connection: None,
        change: None,
        id: event.id,
        at: event.at,
        object_type: object_type.to_owned(),
        action: event.kind,
    }
}

/// An event's data as texts of one line.
pub(super) fn data(data: &JsonText) -> Vec<(String, String)> {
    let fields: serde_json::Map<String, Value> = data.decode().unwrap_or_default();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let clean = |text: String| text.chars().filter(|c| !c.is_control()).collect();
    fields.iter().map(|(name, value)| (name.clone(), clean(text(value)))).collect()
}
