//! The audit log: changes of configuration and what happened, newest first.

use leptos::prelude::*;
use service::console::AuditRow;
use service::console::audit;

use super::{Place, Sheet, Tab};
use crate::components::{Moment, Table};
use crate::i18n::locale;
use crate::list::{self, List, ListState, escape};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = audit::page(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let sheet = Sheet::of(&visit, &place, Tab::Audit, say!(visit.locale, "nav-audit"))
        .lead(say!(visit.locale, "audit-lead"))
        .wide();
    Ok(sheet.answer(move || {
        view! {
            <List state search_label=tr!("audit-search") empty=empty>
                <Rows rows=found.items place />
            </List>
        }
    }))
}

fn empty() -> impl IntoView {
    view! { <p>{tr!("audit-empty")}</p> }
}

#[component]
fn Rows(rows: Vec<AuditRow>, place: Place) -> AnyView {
    let rows = rows.into_iter().map(|row| {
        let doctor = row.reference.map(|reference| {
            let to = place.path(&format!("/failures/{}", escape(&reference)));
            view! {
                " "
                <a href=to>{tr!("audit-explain")}</a>
            }
        });
        view! {
            <tr>
                <td>
                    <Moment at=row.at />
                </td>
                <td>{row.actor}</td>
                <td>{word("audit-action", &row.action)}</td>
                <td>{word("object", &row.object_type)} " " <span class="id">{row.object_name}</span></td>
                <td class="audit-detail">{row.detail} {doctor}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns =
        vec![tr!("audit-at"), tr!("audit-actor"), tr!("audit-what"), tr!("audit-object"), tr!("audit-detail")];
    view! { <Table label=tr!("nav-audit") columns>{rows}</Table> }.into_any()
}

/// The word for a stored name; the name itself where there is none, so that no row is lost.
fn word(family: &str, name: &str) -> String {
    let message = format!("{family}-{}", name.replace('_', "-"));
    let said = locale().say(&message, &[]);
    if said == message { name.to_owned() } else { said }
}
