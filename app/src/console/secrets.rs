//! The secrets of an application or a connection: when they were used, never what they are.

use leptos::prelude::*;
use service::console::SecretView;

use super::words::moment_or;
use crate::components::{Icon, Moment, Table};
use crate::i18n::Locale;
use crate::{say, tr};

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
    let some_expire = secrets.iter().any(|secret| secret.expires_at.is_some());
    let rows = secrets.into_iter().map(|secret| {
        let remove = format!("{own}/secrets/{}/remove", secret.id);
        view! {
            <tr>
                <td><Moment at=secret.created_at /></td>
                <td>{moment_or(secret.last_used_at, "never")}</td>
                {some_expire.then(|| view! { <td>{moment_or(secret.expires_at, "never")}</td> })}
                <td class="row-actions">
                    {removable.then(|| view! { <a class="btn btn-sm" href=remove>{tr!("secret-remove")}</a> })}
                </td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let mut columns = vec![tr!("created-at"), tr!("secret-last-used")];
    columns.extend(some_expire.then(|| tr!("secret-expires")));
    columns.push(String::new());
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

/// What tells a secret from the others of its owner.
pub fn moments(l: Locale, secret: &SecretView) -> Vec<(String, Option<i64>)> {
    vec![(say!(l, "created-at"), Some(secret.created_at)), (say!(l, "secret-last-used"), secret.last_used_at)]
}
