//! The secrets of an application or a connection: when they were used, never what they are. And the forms
//! by which one more comes, alone or in the place of the others.

use leptos::prelude::*;
use model::secret_plan::{LIFETIME_DAYS, OVERLAP_HOURS};
use service::console::SecretView;

use super::Sheet;
use super::words::moment_or;
use crate::components::{Icon, Moment, Table};
use crate::form::{Form, FormState, Opt, RadioGroup, SelectField, SubmitBar};
use crate::i18n::Locale;
use crate::visit::Answer;
use crate::{say, tr};

/// Fields of one more secret, and of a rotation.
pub const NEW_FIELDS: [&str; 1] = ["expires_in_days"];
/// See [`NEW_FIELDS`].
pub const ROTATION_FIELDS: [&str; 2] = ["expires_in_days", "overlap_hours"];
/// Seconds before its end in which a secret is marked.
const SOON: i64 = 14 * 86_400;

/// The list, and the ways to one more.
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
    /// Unix seconds.
    now: i64,
    /// The reader may make and remove them.
    may_edit: bool,
) -> AnyView {
    let none = (!secrets.iter().any(|secret| secret.is_live))
        .then(|| view! { <p class="notice notice-warning">{tr!("secrets-none")}</p> });
    let any = !secrets.is_empty();
    let rows = secrets.into_iter().map(|secret| {
        let remove = format!("{own}/secrets/{}/remove", secret.id);
        view! {
            <tr>
                <td>{state(&secret, now)}</td>
                <td>
                    <Moment at=secret.created_at />
                </td>
                <td>{moment_or(secret.last_used_at, "secret-never-used")}</td>
                <td>{moment_or(secret.expires_at, "never")}</td>
                <td class="row-actions">
                    {may_edit.then(|| view! { <a class="btn btn-sm" href=remove>{tr!("secret-remove")}</a> })}
                </td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    let columns = vec![tr!("state"), tr!("created-at"), tr!("secret-last-used"), tr!("secret-expires"), String::new()];
    let table = any.then(|| view! { <Table label=title.clone() columns>{rows}</Table> });
    let ways = may_edit.then(|| {
        view! {
            <div class="cluster">
                <a class="btn" href=format!("{own}/secrets/new")>
                    <Icon name="plus" />
                    {tr!("secret-new")}
                </a>
                {any
                    .then(|| {
                        view! {
                            <a class="btn" href=format!("{own}/secrets/rotate")>
                                <Icon name="refresh-cw" />
                                {tr!("secret-rotate")}
                            </a>
                        }
                    })}
            </div>
        }
    });
    view! {
        <section class="card stack" id="secrets" aria-labelledby="secrets-heading">
            <h2 id="secrets-heading">{title}</h2>
            <p class="muted">{help}</p>
            {none}
            {table}
            {ways}
        </section>
    }
    .into_any()
}

fn state(secret: &SecretView, now: i64) -> AnyView {
    let (class, text) = match secret.expires_at {
        _ if !secret.is_live => ("badge badge-soft", tr!("secret-expired")),
        Some(at) if at <= now + SOON => ("badge badge-soft badge-warning", tr!("secret-ends-soon")),
        _ => ("badge badge-soft badge-success", tr!("secret-live")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// What tells a secret from the others of its owner.
pub fn moments(l: Locale, secret: &SecretView) -> Vec<(String, Option<i64>)> {
    vec![
        (say!(l, "created-at"), Some(secret.created_at)),
        (say!(l, "secret-last-used"), secret.last_used_at),
        (say!(l, "secret-expires"), secret.expires_at),
    ]
}

/// What removing one of an owner's secrets comes to: worse where it is the last that is accepted.
pub fn removal_text(l: Locale, secret: &SecretView, all: &[SecretView]) -> String {
    let others = all.iter().any(|other| other.is_live && other.id != secret.id);
    match (secret.is_live, others) {
        (false, _) => say!(l, "secret-remove-expired-text"),
        (true, true) => say!(l, "secret-remove-text"),
        (true, false) => say!(l, "secret-remove-last-text"),
    }
}

/// The page that asks how long one more secret lives.
pub fn new_page(sheet: Sheet, state: FormState, cancel: String) -> Answer {
    sheet.form(&state).narrow().answer(move || {
        view! {
            <Form state>
                <p class="lead-text">{tr!("secret-new-text")}</p>
                {lifetime()}
                <SubmitBar label=tr!("secret-create") cancel />
            </Form>
        }
    })
}

/// The page that asks that of a rotation, and what becomes of the others.
pub fn rotation_page(sheet: Sheet, state: FormState, cancel: String) -> Answer {
    sheet.form(&state).narrow().answer(move || {
        let overlaps = OVERLAP_HOURS.map(|hours| {
            let label = match hours {
                0 => tr!("secret-overlap-none"),
                1..24 => tr!("duration-hours", count = hours),
                _ => tr!("duration-days", count = hours / 24),
            };
            Opt::new(hours.to_string(), label)
        });
        view! {
            <Form state>
                <p class="lead-text">{tr!("secret-rotate-text")}</p>
                <RadioGroup
                    name="overlap_hours"
                    label=tr!("secret-overlap")
                    help=tr!("secret-overlap-help")
                    options=overlaps.to_vec()
                />
                {lifetime()}
                <SubmitBar label=tr!("secret-rotate") cancel />
            </Form>
        }
    })
}

fn lifetime() -> impl IntoView {
    let days = LIFETIME_DAYS.map(|days| Opt::new(days.to_string(), tr!("duration-days", count = days)));
    view! {
        <SelectField
            name="expires_in_days"
            label=tr!("secret-expires-in")
            help=tr!("secret-expires-in-help")
            options=days.to_vec()
            none=tr!("secret-no-end")
        />
    }
}
