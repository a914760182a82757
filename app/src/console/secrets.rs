//! The secrets of an application or a connection: when they were used, never what they are.

use leptos::prelude::*;
use service::console::SecretView;

use crate::components::{Icon, Moment, Table};
use crate::tr;

/// The list, and the way to one more.
#[component]
pub fn Secrets(
    /// "Application secret", "Connection secret".
    #[prop(into)]
    title: String,
    /// What they are for.
    #[prop(into)]
    help: String,
    /// The secrets.
    secrets: Vec<SecretView>,
    /// Address of the object they belong to.
    own: String,
    /// The reader may make and remove them.
    may_edit: bool,
) -> AnyView {
    let none = secrets.is_empty().then(|| view! { <p class="muted">{tr!("secrets-none")}</p> });
    let removable = may_edit && secrets.len() > 1;
    let rows = secrets.into_iter().map(|secret| {
        let remove = format!("{own}/secrets/{}/remove", secret.id);
        view! {
            <tr>
                <td><Moment at=secret.created_at /></td>
                <td>{moment_or(secret.last_used_at, "never")}</td>
                <td>{moment_or(secret.expires_at, "never")}</td>
                <td class="row-actions">
                    {removable.then(|| view! { <a class="btn btn-sm" href=remove>{tr!("secret-remove")}</a> })}
                </td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let columns = vec![tr!("created-at"), tr!("secret-last-used"), tr!("secret-expires"), String::new()];
    let table = (!rows.is_empty()).then(|| view! { <Table label=title.clone() columns>{rows}</Table> });
    let rotate = may_edit.then(|| {
        view! {
            <div>
                <a class="btn" href=format!("{own}/secrets/new")>
                    <Icon name="refresh-cw" />
                    {tr!("secret-new")}
                </a>
            </div>
        }
    });
    view! {
        <section class="card stack" id="secrets" aria-labelledby="secrets-heading">
            <h2 id="secrets-heading">{title}</h2>
            <p class="muted">{help}</p>
            {none}
            {table}
            {rotate}
        </section>
    }
    .into_any()
}

/// A moment, or a word for there being none.
fn moment_or(at: Option<i64>, otherwise: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => tr!(otherwise).into_any(),
    }
}
