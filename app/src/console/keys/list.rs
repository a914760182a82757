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
    let rotates = place.may_edit().then(|| place.path("/keys"));
    let sheet =
        Sheet::of(&visit, &place, Tab::Keys, say!(visit.locale, "nav-keys")).lead(say!(visit.locale, "keys-lead"));
    Ok(sheet.answer(move || {
        view! {
            <Rows rows rotates />
            <p class="muted">{tr!("keys-note")}</p>
        }
    }))
}

#[component]
fn Rows(
    rows: Vec<KeyView>,
    /// Address of the keys, for those who may rotate them.
    rotates: Option<String>,
) -> AnyView {
    let waiting: Vec<String> = rows.iter().filter(|key| key.state == "next").map(|key| key.alg.clone()).collect();
    let rows = rows.into_iter().map(|key| {
        let is_present = key.state == "signing" && !waiting.contains(&key.alg);
        let rotate = rotates.as_ref().filter(|_| is_present).map(|keys| {
            let to = format!("{keys}/{}/rotate", key.alg);
            view! { <a class="btn btn-sm" href=to>{tr!("keys-rotate")}</a> }
        });
        let badge = if key.state == "signing" { "badge badge-soft badge-success" } else { "badge badge-soft" };
        let gone = match key.expires_at {
            Some(at) => view! { <Moment at /> }.into_any(),
            None => tr!("key-gone-open").into_any(),
        };
        view! {
            <tr>
                <th scope="row">
                    {key.alg} <span class="id kid">{key.kid}</span>
                </th>
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
                <td class="row-actions">{rotate}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        tr!("key-id"),
        tr!("state"),
        tr!("key-signs-from"),
        tr!("key-published"),
        tr!("key-last-token"),
        tr!("key-gone"),
        String::new(),
    ];
    view! { <Table label=tr!("nav-keys") columns>{rows}</Table> }.into_any()
}
