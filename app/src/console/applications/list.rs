//! All applications.

use leptos::prelude::*;
use model::Stored;
use model::spec::ApplicationSpec;
use service::console::applications;

use crate::components::{NameCell, Table};
use crate::console::words::{State, access_token_format, application_type};
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = applications::page(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let new = place.path("/applications/new");
    let sheet = Sheet::of(&visit, &place, Tab::Applications, say!(visit.locale, "nav-applications"))
        .lead(say!(visit.locale, "applications-lead"))
        .action(place.may_edit() && !place.view.built_in, new, say!(visit.locale, "applications-new"), "plus")
        .wide();
    Ok(sheet.answer(move || {
        let rows = found.items;
        view! {
            <List state search_label=tr!("applications-search") empty=empty>
                <Rows place rows />
            </List>
        }
    }))
}

fn empty() -> impl IntoView {
    view! {
        <h2>{tr!("applications-empty-title")}</h2>
        <p>{tr!("applications-empty-text")}</p>
    }
}

#[component]
fn Rows(place: Place, rows: Vec<Stored<ApplicationSpec>>) -> AnyView {
    let rows = rows.into_iter().map(|row| {
        view! {
            <tr>
                <NameCell to=place.object("applications", &row.id) title=row.spec.name name=row.spec.client_id />
                <td>{application_type(row.spec.kind)}</td>
                <td>{access_token_format(row.spec.access_token_format)}</td>
                <td>
                    <State disabled_at=row.disabled_at />
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns =
        vec![tr!("field-name"), tr!("application-type"), tr!("application-access-token-format"), tr!("state")];
    view! { <Table label=tr!("nav-applications") columns>{rows}</Table> }.into_any()
}
