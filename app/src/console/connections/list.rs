//! All API connections.

use leptos::prelude::*;
use service::console::api_connections::{self, ConnectionCard};

use crate::components::{NameCell, Table};
use crate::console::words::Empty;
use crate::console::{Place, Sheet, Tab};
use crate::i18n::locale;
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = api_connections::page(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let may_make = place.may_edit();
    let (new, label) = (place.path("/connections/new"), say!(visit.locale, "connections-new"));
    // An empty list has the button in its middle.
    let first = may_make.then(|| (new.clone(), label.clone()));
    let sheet = Sheet::of(&visit, &place, Tab::Connections, say!(visit.locale, "nav-connections"))
        .lead(say!(visit.locale, "connections-lead"))
        .action(may_make && !state.is_bare(), new, label, "plus");
    Ok(sheet.answer(move || {
        let rows = found.items;
        let empty = move || {
            let (title, text) = (tr!("connections-empty-title"), tr!("connections-empty-text"));
            view! { <Empty icon="plug" title text first=first.clone() /> }
        };
        view! {
            <List state search_label=tr!("connections-search") empty>
                <Rows place rows />
            </List>
        }
    }))
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
                <td>{locale().number(card.scopes)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("field-name"), tr!("api-scopes-title")];
    view! { <Table label=tr!("nav-connections") columns>{rows}</Table> }.into_any()
}
