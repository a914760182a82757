//! What the application was told of ended sessions.

use leptos::prelude::*;
use service::console::{LogoutState, LogoutView};

use crate::components::{Moment, Table};
use crate::tr;

/// Anchor of the section.
pub const ANCHOR: &str = "logouts";

/// The latest messages, the newest first.
#[component]
pub fn Logouts(
    /// The messages.
    rows: Vec<LogoutView>,
) -> AnyView {
    let any = !rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let (class, state) = match row.state {
            LogoutState::Pending(_) => ("badge badge-soft", tr!("logout-pending")),
            LogoutState::Delivered => ("badge badge-soft badge-success", tr!("logout-delivered")),
            LogoutState::Failed => ("badge badge-soft badge-error", tr!("logout-failed")),
        };
        let next = match row.state {
            LogoutState::Pending(due_at) => Some(view! { <Moment at=due_at /> }),
            LogoutState::Delivered | LogoutState::Failed => None,
        };
        view! {
            <tr>
                <td>
                    <Moment at=row.created_at />
                </td>
                <td>
                    <span class=class>{state}</span>
                </td>
                <td>{row.attempts}</td>
                <td>{row.reason.as_deref().map(reason)}</td>
                <td>{next}</td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let columns =
        [tr!("logout-ended-at"), tr!("state"), tr!("logout-attempts"), tr!("logout-reason"), tr!("logout-next")];
    let table = if any {
        view! { <Table label=tr!("logouts-title") columns=columns.to_vec()>{rows}</Table> }.into_any()
    } else {
        view! { <p class="muted">{tr!("logouts-empty")}</p> }.into_any()
    };
    view! {
        <section class="card stack" id=ANCHOR aria-labelledby="logouts-heading">
            <h2 id="logouts-heading">{tr!("logouts-title")}</h2>
            <p class="muted">{tr!("logouts-help")}</p>
            {table}
        </section>
    }
    .into_any()
}

/// Why an attempt failed, in words.
pub fn reason(code: &str) -> String {
    match code {
        "url" => tr!("logout-reason-url"),
        "closed" => tr!("logout-reason-closed"),
        "name" => tr!("logout-reason-name"),
        "connection" => tr!("logout-reason-connection"),
        "tls" => tr!("logout-reason-tls"),
        "too-slow" => tr!("logout-reason-too-slow"),
        "out-of-use" => tr!("logout-reason-out-of-use"),
        "no-address" => tr!("logout-reason-no-address"),
        "status-400" => tr!("logout-reason-refused"),
        other => match other.strip_prefix("status-") {
            Some(status) => tr!("logout-reason-status", status = status),
            None => tr!("logout-reason-http"),
        },
    }
}
