//! All administrators over whom the reader has a say.

use leptos::prelude::*;
use service::console::AdministratorCard;
use service::console::administrators;

use super::words::{Roles, Standing};
use super::{LIST, own};
use crate::components::{NameCell, Table};
use crate::console::words::{Empty, moment_or};
use crate::console::{Sheet, Way};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = administrators::page(&visit.ctx, &visit.actor()?, &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let sheet = Sheet::new(&visit, say!(visit.locale, "nav-administrators"))
        .at(Way::Administrators)
        .lead(say!(visit.locale, "administrators-lead"))
        .action(true, format!("{LIST}/invite"), say!(visit.locale, "administrators-invite"), "user-plus");
    Ok(sheet.answer(move || view! { <Administrators state cards=found.items invite=None /> }))
}

/// The table, or what it is for.
#[component]
pub(super) fn Administrators(
    /// Where the list stands.
    state: ListState,
    /// Its lines.
    cards: Vec<AdministratorCard>,
    /// Address of the form that makes the first one, where the page has no button for it.
    invite: Option<String>,
) -> AnyView {
    let empty = move || {
        let (title, text) = (tr!("administrators-empty-title"), tr!("administrators-empty-text"));
        let first = invite.clone().map(|to| (to, tr!("administrators-invite")));
        view! { <Empty icon="shield-check" title text first /> }
    };
    let rows = cards.into_iter().map(|card| {
        let called = card.called().to_owned();
        let login = card.login().to_owned();
        view! {
            <tr>
                <NameCell to=own(&card.id) title=called />
                <td>{login}</td>
                <td>
                    <Roles roles=card.roles.clone() />
                </td>
                <td>{moment_or(card.last_sign_in, "never")}</td>
                <td>
                    <Standing card />
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        tr!("field-name"),
        tr!("user-email"),
        tr!("administrator-roles"),
        tr!("subscription-last-sign-in"),
        tr!("state"),
    ];
    view! {
        <List state search_label=tr!("administrators-search") empty>
            <Table label=tr!("nav-administrators") columns>
                {rows}
            </Table>
        </List>
    }
    .into_any()
}
