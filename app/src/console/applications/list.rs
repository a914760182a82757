//! All applications.

use leptos::prelude::*;
use model::Stored;
use model::spec::ApplicationSpec;
use service::console::applications;

use crate::components::{NameCell, Table};
use crate::console::words::{Empty, State, access_token_format, application_type};
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = applications::page(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let themselves = applications::came_by_themselves(&visit.ctx, &place.actor, place.slug()).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let may_make = place.may_edit() && !place.view.built_in;
    let exchanges = place.path(super::exchanges::PATH);
    let (new, label) = (place.path("/applications/new"), say!(visit.locale, "applications-new"));
    // An empty list has the button in its middle.
    let first = may_make.then(|| (new.clone(), label.clone()));
    let sheet = Sheet::of(&visit, &place, Tab::Applications, say!(visit.locale, "nav-applications"))
        .lead(say!(visit.locale, "applications-lead"))
        .also(!state.is_bare() && !place.view.built_in, exchanges, say!(visit.locale, "exchanges"), "plug")
        .action(may_make && !state.is_bare(), new, label, "plus");
    Ok(sheet.answer(move || {
        let mark = |row: Stored<ApplicationSpec>| (themselves.contains(&row.id), row);
        let rows = found.items.into_iter().map(mark).collect();
        let empty = move || {
            let (title, text) = (tr!("applications-empty-title"), tr!("applications-empty-text"));
            view! { <Empty icon="layout-grid" title text first=first.clone() /> }
        };
        view! {
            <List state search_label=tr!("applications-search") empty>
                <Rows place rows />
            </List>
        }
    }))
}

#[component]
fn Rows(place: Place, rows: Vec<(bool, Stored<ApplicationSpec>)>) -> AnyView {
    let rows = rows.into_iter().map(|(by_itself, row)| {
        let format = row.spec.format();
        let mark = by_itself.then(|| {
            view! { <span class="badge badge-soft">{tr!("application-registered-itself")}</span> }
        });
        view! {
            <tr>
                <NameCell to=place.object("applications", &row.id) title=row.spec.name name=row.spec.client_id />
                <td>{application_type(row.spec.kind)}</td>
                <td>{access_token_format(format)}</td>
                <td>
                    <div class="badges">
                        <State disabled_at=row.disabled_at />
                        {mark}
                    </div>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns =
        vec![tr!("field-name"), tr!("application-type"), tr!("application-access-token-format"), tr!("state")];
    view! { <Table label=tr!("nav-applications") columns>{rows}</Table> }.into_any()
}
