//! Where one is signed in.

use leptos::prelude::*;
use service::account::AccountSession;

use super::open;
use crate::components::{Browser, Moment, Table};
use crate::end_user::{Card, Way};
use crate::list::escape;
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let account = match open(&visit, &way).await? {
        Ok(account) => account,
        Err(to_sign_in) => return Ok(to_sign_in),
    };
    let (above, back) = (way.path("/account/sessions"), way.path("/account"));
    let card = Card::new(&visit, way.brand(), say!(visit.locale, "account-sessions")).wide();
    Ok(card.answer(move || {
        let rows = account.sessions;
        view! {
            <Rows rows above />
            <p>
                <a href=back>{tr!("account-back")}</a>
            </p>
        }
    }))
}

#[component]
fn Rows(rows: Vec<AccountSession>, above: String) -> AnyView {
    let rows = rows.into_iter().map(|session| {
        let end = if session.current {
            view! { <span class="badge badge-soft">{tr!("account-this-session")}</span> }.into_any()
        } else {
            let to = format!("{above}/{}/end", escape(&session.id));
            view! { <a class="btn btn-sm" href=to>{tr!("session-end")}</a> }.into_any()
        };
        view! {
                    <tr>
                        <td>
        <Browser user_agent=session.user_agent />
        </td>
                        <td>
                            <Moment at=session.created_at />
                        </td>
                        <td>
                            <Moment at=session.last_seen_at />
                        </td>
                        <td class="row-actions">{end}</td>
                    </tr>
                }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("session-browser"), tr!("session-since"), tr!("session-last-seen"), String::new()];
    view! { <Table label=tr!("account-sessions") columns>{rows}</Table> }.into_any()
}
