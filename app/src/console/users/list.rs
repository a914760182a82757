//! All users.

use leptos::prelude::*;
use service::console::UserCard;
use service::console::users;

use crate::components::{Moment, NameCell, Table};
use crate::console::words::{Empty, State};
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = users::page(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let may_make = place.may_edit();
    let (new, label) = (place.path("/users/new"), say!(visit.locale, "users-new"));
    // An empty list has the button in its middle.
    let first = may_make.then(|| (new.clone(), label.clone()));
    let sheet = Sheet::of(&visit, &place, Tab::Users, say!(visit.locale, "nav-users"))
        .lead(say!(visit.locale, "users-lead"))
        .also(may_make, place.path("/users/import"), say!(visit.locale, "users-import"), "upload")
        .action(may_make && !state.is_bare(), new, label, "user-plus");
    Ok(sheet.answer(move || {
        let rows = found.items;
        let empty = move || {
            let (title, text) = (tr!("users-empty-title"), tr!("users-empty-text"));
            view! { <Empty icon="users" title text first=first.clone() /> }
        };
        view! {
            <List state search_label=tr!("users-search") empty>
                <Rows place rows />
            </List>
        }
    }))
}

#[component]
fn Rows(place: Place, rows: Vec<UserCard>) -> AnyView {
    let rows = rows.into_iter().map(|user| {
        let names = [user.name, user.username.clone(), user.email.clone()];
        let called = names.into_iter().flatten().next().unwrap_or_else(|| user.id.clone());
        view! {
            <tr>
                <NameCell to=place.object("users", &user.id) title=called />
                <td>{user.username}</td>
                <td>{user.email}</td>
                <td>
                    <State disabled_at=user.disabled_at />
                </td>
                <td>
                    <Moment at=user.created_at />
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("field-name"), tr!("user-username"), tr!("user-email"), tr!("state"), tr!("created-at")];
    view! { <Table label=tr!("nav-users") columns>{rows}</Table> }.into_any()
}
