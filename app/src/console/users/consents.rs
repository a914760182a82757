//! What a user let applications have.

use leptos::prelude::*;
use service::console::users::{self, ConsentView};

use super::{UserPart, UserTabs, called};
use crate::components::{Moment, NameCell, Table};
use crate::console::words::Empty;
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = users::consents(&visit.ctx, &place.actor, place.slug(), &user.id, &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let own = place.object("users", &user.id);
    let name = called(&user);
    let title = say!(visit.locale, "user-consents-title", name = name.as_str());
    let sheet = Sheet::within(&visit, &place, Tab::Users, title).below(&own, name);
    Ok(sheet.answer(move || {
        view! {
            <UserTabs own=own.clone() current=UserPart::Consents />
            <List state search_label="" empty=empty>
                <Rows rows=found.items own place />
            </List>
        }
    }))
}

fn empty() -> impl IntoView {
    let (title, text) = (tr!("user-consents-empty-title"), tr!("user-consents-empty-text"));
    view! { <Empty icon="list-checks" title text first=None /> }
}

#[component]
fn Rows(rows: Vec<ConsentView>, own: String, place: Place) -> AnyView {
    let may_edit = place.may_edit();
    let rows = rows.into_iter().map(|consent| {
        let withdraw = format!("{own}/consents/{}/withdraw", consent.application_id);
        let to = place.object("applications", &consent.application_id);
        view! {
            <tr>
                <NameCell to title=consent.application_name />
                <td>
                    <span class="id">{consent.scopes.join(" ")}</span>
                </td>
                <td>
                    <Moment at=consent.granted_at />
                </td>
                <td class="row-actions">
                    {may_edit.then(|| view! { <a class="btn btn-sm" href=withdraw>{tr!("consent-withdraw")}</a> })}
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("consent-application"), tr!("consent-scopes"), tr!("consent-granted-at"), String::new()];
    view! { <Table label=tr!("user-consents") columns>{rows}</Table> }.into_any()
}
