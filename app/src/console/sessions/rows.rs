//! Sessions as a table.

use leptos::prelude::*;
use service::console::SessionView;

use crate::components::{Browser, Moment, NameCell, Table};
use crate::tr;

/// One row per session.
#[component]
pub fn Rows(
    /// The sessions.
    rows: Vec<SessionView>,
    /// Address below which each has a page to end it.
    above: String,
    /// Address below which each user has a page; `None` when all are one user's.
    users: Option<String>,
    /// The reader may end them.
    may_edit: bool,
) -> AnyView {
    let named = users.is_some();
    let rows = rows.into_iter().map(|session| {
        let end = format!("{above}/{}/end", session.id);
        let user = users.as_ref().map(|users| format!("{users}/{}", session.user_id));
        let user = user.map(|to| view! { <NameCell to title=session.user_name /> });
        view! {
            <tr>
                {user}
                <td>
                    <Moment at=session.created_at />
                </td>
                <td>
                    <Moment at=session.last_seen_at />
                </td>
                <td>
                    <Moment at=session.expires_at />
                </td>
                <td>
                    <Browser user_agent=session.user_agent />
                </td>
                <td class="row-actions">
                    {may_edit.then(|| view! { <a class="btn btn-sm" href=end>{tr!("session-end")}</a> })}
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let mut columns: Vec<String> = named.then(|| tr!("session-user")).into_iter().collect();
    columns.extend([
        tr!("session-since"),
        tr!("session-last-seen"),
        tr!("session-until"),
        tr!("session-browser"),
        String::new(),
    ]);
    view! { <Table label=tr!("nav-sessions") columns>{rows}</Table> }.into_any()
}
