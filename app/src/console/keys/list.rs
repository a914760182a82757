//! The published keys: the next one, the one that signs, those that still verify.

use leptos::prelude::*;
use service::console::{KeyView, keys};

use crate::components::{Moment, Table};
use crate::console::words::moment_or;
use crate::console::{Place, Sheet, Tab};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let rows = keys::list(&visit.ctx, &place.actor, place.slug()).await?;
    let rotate = place.path("/keys/rotate");
    let waiting = rows.iter().any(|key| key.state == "next");
    let sheet = Sheet::of(&visit, &place, Tab::Keys, say!(visit.locale, "nav-keys"))
        .lead(say!(visit.locale, "keys-lead"))
        .also(place.may_edit() && !waiting, rotate, say!(visit.locale, "keys-rotate"), "refresh-cw");
    Ok(sheet.answer(move || {
        view! {
            <Rows rows />
            <p class="muted">{tr!("keys-note")}</p>
        }
    }))
}

#[component]
fn Rows(rows: Vec<KeyView>) -> AnyView {
    let rows = rows.into_iter().map(|key| {
        let badge = if key.state == "signing" { "badge badge-soft badge-success" } else { "badge badge-soft" };
        let gone = match key.expires_at {
            Some(at) => view! { <Moment at /> }.into_any(),
            None => tr!("key-gone-open").into_any(),
        };
        view! {
            <tr>
                <td>
                    <span class=badge>{tr!(&format!("key-state-{}", key.state))}</span>
                </td>
                <td>
                    <Moment at=key.activates_at />
                </td>
                <td>
                    <Moment at=key.created_at />
                </td>
                <td>{moment_or(key.last_token_ends_at, "key-no-end")}</td>
                <td>{gone}</td>
                <td>{key.alg}</td>
                <th scope="row">
                    <span class="id kid">{key.kid}</span>
                </th>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        tr!("state"),
        tr!("key-signs-from"),
        tr!("key-published"),
        tr!("key-last-token"),
        tr!("key-gone"),
        tr!("key-algorithm"),
        tr!("key-id"),
    ];
    view! { <Table label=tr!("nav-keys") columns>{rows}</Table> }.into_any()
}
