//! Initial access tokens: what there are, and how often each was used.

use leptos::prelude::*;
use service::console::{InitialTokenView, initial_access_tokens};

use super::client_registration::TOKENS;
use crate::components::{Moment, Table};
use crate::console::words::{Empty, moment_or};
use crate::console::{Place, Sheet, Tab};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let rows = initial_access_tokens::list(&visit.ctx, &place.actor, place.slug()).await?;
    let own = place.path(TOKENS);
    let may_make = place.may_edit() && !place.view.built_in;
    let (new, label) = (format!("{own}/new"), say!(visit.locale, "initial-token-new"));
    let first = may_make.then(|| (new.clone(), label.clone()));
    let sheet = Sheet::within(&visit, &place, Tab::Settings, say!(visit.locale, "initial-tokens"))
        .lead(say!(visit.locale, "initial-tokens-lead"))
        .action(may_make && !rows.is_empty(), new, label, "plus");
    Ok(sheet.answer(move || {
        if rows.is_empty() {
            let (title, text) = (tr!("initial-tokens-empty-title"), tr!("initial-tokens-empty-text"));
            return view! { <div class="empty-state"><Empty icon="key-round" title text first /></div> }.into_any();
        }
        view! { <Rows rows own may_make /> }.into_any()
    }))
}

#[component]
fn Rows(rows: Vec<InitialTokenView>, own: String, may_make: bool) -> AnyView {
    let rows = rows.into_iter().map(|row| {
        let is_live = row.state == "live";
        let class = if is_live { "badge badge-soft badge-success" } else { "badge badge-soft" };
        let revoke = (may_make && is_live).then(|| {
            let to = format!("{own}/{}/revoke", row.id);
            view! { <a class="btn btn-sm" href=to>{tr!("initial-token-revoke")}</a> }
        });
        view! {
            <tr>
                <th scope="row">{row.name}</th>
                <td>
                    <span class=class>{tr!(&format!("initial-token-state-{}", row.state))}</span>
                </td>
                <td>{tr!("initial-token-uses-of", uses = row.uses, max = row.max_uses)}</td>
                <td>{moment_or(row.last_used_at, "never")}</td>
                <td>
                    <Moment at=row.created_at />
                </td>
                <td>
                    <Moment at=row.expires_at />
                </td>
                <td class="row-actions">{revoke}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        tr!("field-name"),
        tr!("state"),
        tr!("initial-token-uses"),
        tr!("secret-last-used"),
        tr!("created-at"),
        tr!("secret-expires"),
        String::new(),
    ];
    view! { <Table label=tr!("initial-tokens") columns>{rows}</Table> }.into_any()
}
