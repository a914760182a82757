//! What happened to a user: sign-ins, refusals, edits.

use leptos::prelude::*;
use service::console::users::{self, HistoryRow};

use super::{UserPart, UserTabs, called};
use crate::components::{Moment, Table};
use crate::console::audit::circumstances;
use crate::console::{Place, Sheet, Tab};
use crate::i18n::locale;
use crate::list::{self, List, ListState, escape};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = users::history(&visit.ctx, &place.actor, place.slug(), &user.id, &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let own = place.object("users", &user.id);
    let name = called(&user);
    let title = say!(visit.locale, "user-history-title", name = name.as_str());
    let sheet = Sheet::within(&visit, &place, Tab::Users, title)
        .below(&own, name.clone())
        .lead(say!(visit.locale, "user-history-lead"));
    Ok(sheet.answer(move || {
        view! {
            <UserTabs own current=UserPart::History />
            <List state search_label="" empty=|| view! { <p>{tr!("user-history-empty")}</p> }>
                <Rows rows=found.items place name />
            </List>
        }
    }))
}

#[component]
fn Rows(rows: Vec<HistoryRow>, place: Place, name: String) -> AnyView {
    let rows = rows.into_iter().map(|row| {
        let application = row.application.map(|(id, client_id)| {
            let to = place.object("applications", &id);
            view! {
                <a href=to>
                    <span class="id">{client_id}</span>
                </a>
            }
        });
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
                <td>{action(&row.action)}</td>
                <td>{application}</td>
                <td>{row.actor.unwrap_or_else(|| name.clone())}</td>
                <td class="audit-detail">{circumstances(&row.data)} {doctor}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns =
        vec![tr!("audit-at"), tr!("audit-what"), tr!("consent-application"), tr!("audit-actor"), tr!("audit-detail")];
    view! { <Table label=tr!("user-history") columns>{rows}</Table> }.into_any()
}

/// The word for what happened; the stored name where there is none, so that no row is lost.
fn action(kind: &str) -> String {
    let message = format!("audit-action-{}", kind.replace('_', "-"));
    let said = locale().say(&message, &[]);
    if said == message { kind.to_owned() } else { said }
}
