//! The audit log: changes of configuration and what happened, newest first.

use leptos::prelude::*;
use service::console::AuditRow;
use service::console::audit;

use super::circumstance::circumstances;
use super::filter::{self, FilterForm};
use super::{field, word};
use crate::components::{Moment, Table};
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, List, ListState, escape};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// Actions whose sentence names the kind of what they are about.
const NAMING_THE_KIND: [&str; 9] = [
    "user_created",
    "user_changed",
    "user_disabled",
    "user_enabled",
    "user_deleted",
    "owner_created",
    "administrator_reset",
    "playground_run",
    "rotate",
];

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let asked = filter::read(&visit.query)?;
    let found = audit::find(&visit.ctx, &place.actor, place.slug(), &asked, &request).await?;
    let query = visit.query.clone();
    let kept = filter::write(&query);
    let state = ListState::new(&visit, &request, &found)?.keeping(&kept);
    let mut parameters = vec![kept];
    if !request.search.is_empty() {
        parameters.push(format!("q={}", escape(&request.search)));
    }
    parameters.retain(|parameter| !parameter.is_empty());
    let l = visit.locale;
    let download = |format: &str| {
        let parameters = [&[format!("format={format}")][..], parameters.as_slice()].concat();
        place.path(&format!("/audit/export?{}", parameters.join("&")))
    };
    let sheet = Sheet::of(&visit, &place, Tab::Audit, say!(l, "nav-audit")).lead(say!(l, "audit-lead")).also(
        true,
        place.path("/history"),
        say!(l, "history-title"),
        "history",
    );
    let (csv, json) = (download("csv"), download("json"));
    Ok(sheet.answer(move || {
        view! {
            <FilterForm place=place.clone() query />
            <List state search_label="" empty=empty>
                <Rows rows=found.items place />
                <p class="muted">
                    {tr!("audit-download", max = audit::MAX_EXPORTED)} " " <a href=csv>{tr!("audit-download-csv")}</a> " · " <a href=json>{tr!("audit-download-json")}</a>
                </p>
            </List>
        }
    }))
}

fn empty() -> impl IntoView {
    view! { <p>{tr!("audit-empty")}</p> }
}

#[component]
fn Rows(rows: Vec<AuditRow>, place: Place) -> AnyView {
    let rows = rows.into_iter().map(|row| view! { <Row row place=place.clone() /> });
    let rows = rows.collect_view();
    let columns = vec![tr!("audit-at"), tr!("audit-actor"), tr!("audit-what")];
    view! { <Table label=tr!("nav-audit") columns>{rows}</Table> }.into_any()
}

#[component]
fn Row(row: AuditRow, place: Place) -> AnyView {
    let who = match &row.actor_user {
        Some(id) => place.object("users", id),
        None => place.path(&format!("/audit?who={}", escape(&row.actor))),
    };
    let doctor = row.reference.as_ref().map(|reference| {
        let to = place.path(&format!("/failures/{}", escape(reference)));
        view! { " " <a href=to>{tr!("audit-explain")}</a> }
    });
    let change = row.change.as_ref().map(|change| {
        let to = place.path(&format!("/audit/{}", escape(change)));
        view! { " " <a href=to>{tr!("audit-change")}</a> }
    });
    let detail = detail(&row);
    let detail = (!detail.is_empty()).then(|| view! { <span class="muted">{detail}</span> });
    let action = word("audit-action", &row.action);
    let kind = (!NAMING_THE_KIND.contains(&row.action.as_str()))
        .then(|| format!("{} ", within(&word("object", &row.object_type))));
    let name = match page_of(&place, &row) {
        Some(to) => view! { <a href=to><span class="id">{row.object_name}</span></a> }.into_any(),
        None => view! { <span class="id">{row.object_name}</span> }.into_any(),
    };
    view! {
        <tr>
            <td>
                <Moment at=row.at />
            </td>
            <td><a href=who>{row.actor}</a></td>
            <td>
                <strong>{action}</strong> " " {kind} {name} " " {detail} {doctor} {change}
            </td>
        </tr>
    }
    .into_any()
}

/// A word within a sentence: without its capital, unless that is an abbreviation's.
fn within(word: &str) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// The page of what a row is about, while it stands.
fn page_of(place: &Place, row: &AuditRow) -> Option<String> {
    let id = row.object_id.as_deref().filter(|_| row.is_standing)?;
    Some(match row.object_type.as_str() {
        "user" => place.object("users", id),
        "application" => place.object("applications", id),
        "claim" => place.object("scopes/claims", id),
        "identity_scope" => place.object("scopes/identity", id),
        "api_connection" => place.object("connections", id),
        "api_scope" => format!("{}/scopes/{}", place.object("connections", row.connection.as_deref()?), escape(id)),
        "subscription" => place.path("/settings"),
        "signing_key" => place.path("/keys"),
        _ => return None,
    })
}

/// What else there is to say: the fields of a change by their labels, the circumstances of an event in words.
fn detail(row: &AuditRow) -> String {
    if !row.fields.is_empty() {
        // Disabling says which field it changed.
        let is_switch = matches!(row.action.as_str(), "disable" | "enable");
        let fields = row.fields.iter().filter(|name| !(is_switch && *name == "disabled"));
        return fields.map(|name| field(&row.object_type, name)).collect::<Vec<_>>().join(", ");
    }
    // What the row is about is named already, and a refusal's reason names the address that was refused.
    let because = row.data.iter().find(|(name, _)| name == "description").map_or("", |(_, text)| text);
    let is_told = |name: &str, value: &str| match name {
        "client_id" => value == row.object_name,
        "redirect_uri" => because.contains(value),
        _ => false,
    };
    let data: Vec<_> = row.data.iter().filter(|(name, value)| !is_told(name, value)).cloned().collect();
    circumstances(&data)
}
