//! One change of the configuration: who, when, what became of each field, and the ways back.

use leptos::prelude::*;
use service::console::{ChangeView, RevisionView, history};

use super::label::word;
use super::{Fields, undo};
use crate::components::Moment;
use crate::console::{Place, Sheet, Tab};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let change = history::get(&visit.ctx, &place.actor, place.slug(), visit.param("change")).await?;
    let own = place.path(&format!("/audit/{}", change.id));
    let may = place.may_edit() && change.can_be_undone();
    let sheet = Sheet::within(&visit, &place, Tab::Audit, say!(visit.locale, "change-title"))
        .lead(say!(visit.locale, "change-lead", who = change.actor.as_str()))
        .action(may, format!("{own}/undo"), say!(visit.locale, "undo"), "undo-2")
        .narrow();
    Ok(sheet.answer(move || {
        let restores = place.may_edit();
        let at = change.at;
        let why = undo::why_not(&place, &change);
        let rows = change.rows.into_iter().map(|row| view! { <Row row own=own.clone() restores /> });
        view! {
            <p><Moment at /></p>
            {why}
            {rows.collect_view()}
        }
    }))
}

#[component]
fn Row(row: RevisionView, own: String, restores: bool) -> AnyView {
    let title = format!("{}: {}", word("object", &row.object_type), word("audit-action", &row.action));
    let restore = |side: &str, label: String| {
        let to = format!("{own}/restore/{}?to={side}", row.id);
        view! { <a class="btn btn-sm" href=to>{label}</a> }
    };
    let restorable = restores && row.object_type != "signing_key";
    let before = (restorable && row.has_before).then(|| restore("before", tr!("restore-before")));
    let after = (restorable && row.has_after).then(|| restore("after", tr!("restore-after")));
    let nothing =
        (row.fields.is_empty() && row.has_before && row.has_after).then(|| view! { <p>{tr!("change-nothing")}</p> });
    view! {
        <section class="card stack">
            <h2>{title} " " <span class="id">{row.object_name}</span></h2>
            {nothing}
            <Fields kind=row.object_type fields=row.fields />
            <div class="form-actions">{before} {after}</div>
        </section>
    }
    .into_any()
}

/// A change whose page is asked for; what stands in the way is on it.
pub fn path(place: &Place, change: &ChangeView) -> String {
    place.path(&format!("/audit/{}", change.id))
}
