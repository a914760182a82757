//! All API connections.

use leptos::prelude::*;
use service::console::api_connections::{self, ConnectionCard};

use crate::components::{NameCell, Table};
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = api_connections::page(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let new = place.path("/connections/new");
    let sheet = Sheet::of(&visit, &place, Tab::Connections, say!(visit.locale, "nav-connections"))
        .lead(say!(visit.locale, "connections-lead"))
        .action(place.may_edit(), new, say!(visit.locale, "connections-new"), "plus")
        .wide();
    Ok(sheet.answer(move || {
        let rows = found.items;
        view! {
            <List state search_label=tr!("connections-search") empty=empty>
                <Rows place rows />
            </List>
        }
    }))
}

fn empty() -> impl IntoView {
    view! {
        <h2>{tr!("connections-empty-title")}</h2>
        <p>{tr!("connections-empty-text")}</p>
    }
}

#[component]
fn Rows(place: Place, rows: Vec<ConnectionCard>) -> AnyView {
    let rows = rows.into_iter().map(|card| {
        view! {
            <tr>
                <NameCell
                    to=place.object("connections", &card.stored.id)
                    title=card.stored.spec.display_name
                    name=card.stored.spec.name
                />
                <td class="num">{card.scopes}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("field-name"), tr!("api-scopes-title")];
    view! { <Table label=tr!("nav-connections") columns>{rows}</Table> }.into_any()
}
