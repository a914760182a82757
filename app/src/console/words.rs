//! Words and small parts that several console pages share.

use leptos::prelude::*;
use model::spec::{AccessTokenFormat, ApplicationType, GrantType};
use service::console::COUNTED_USERS;
use service::error::Usage;

use crate::components::{Icon, Moment};
use crate::form::summary::usage as usage_of;
use crate::i18n::Locale;
use crate::{say, tr};

/// Name of an application type for people.
pub fn application_type(kind: ApplicationType) -> String {
    tr!(&format!("application-type-{}", kind.as_str()))
}

/// Name of a grant for people.
pub fn grant_type(grant: GrantType) -> String {
    tr!(&format!("grant-{}", grant.word().replace('_', "-")))
}

/// Name of an access token's kind for people.
pub fn access_token_format(format: AccessTokenFormat) -> String {
    tr!(&format!("access-token-{}", format.as_str()))
}

/// The help of a name that may be left empty on the form of a new object.
pub fn or_made(help: &str) -> String {
    format!("{help} {}", tr!("field-made-from-name"))
}

/// A number of users, which are counted up to a limit only.
pub fn users(locale: Locale, count: i64) -> String {
    if count > COUNTED_USERS { say!(locale, "count-more-than", count = COUNTED_USERS) } else { locale.number(count) }
}

/// A moment, or a word (its message) for there being none.
pub fn moment_or(at: Option<i64>, otherwise: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => tr!(otherwise).into_any(),
    }
}

/// What an `.empty-state` holds: what the things are for, and the first step.
#[component]
pub fn Empty(
    /// In the sprite.
    icon: &'static str,
    /// Heading; left out below one that says what is listed.
    #[prop(optional, into)]
    title: Option<String>,
    /// What the things are for.
    text: String,
    /// Address and name of the page that makes the first one, for those who may.
    first: Option<(String, String)>,
) -> AnyView {
    let first = first.map(|(to, label)| {
        view! {
            <a class="btn btn-primary" href=to>
                <Icon name="plus" />
                {label}
            </a>
        }
    });
    view! {
        <Icon name=icon />
        {title.map(|title| view! { <h2>{title}</h2> })}
        <p>{text}</p>
        {first}
    }
    .into_any()
}

/// Something that takes an object out of use or away: what it does, and the way to it.
#[derive(Clone, Debug)]
pub struct Danger {
    text: String,
    to: String,
    label: String,
    class: &'static str,
}

impl Danger {
    /// It can be taken back.
    pub fn mild(text: String, to: String, label: String) -> Self {
        Self { text, to, label, class: "btn" }
    }

    /// It cannot be undone.
    pub fn grave(text: String, to: String, label: String) -> Self {
        Self { text, to, label, class: "btn btn-error" }
    }
}

/// Dangerous things, apart from everyday ones: a row for each.
#[component]
pub fn DangerZone(
    /// What there is; nothing is shown for none.
    actions: Vec<Danger>,
) -> AnyView {
    if actions.is_empty() {
        return ().into_any();
    }
    let rows = actions.into_iter().map(|one| {
        view! {
            <li>
                <p>{one.text}</p>
                <a class=one.class href=one.to>
                    {one.label}
                </a>
            </li>
        }
    });
    view! {
        <section class="danger-zone stack" id="danger" aria-labelledby="danger-heading">
            <h2 id="danger-heading">{tr!("danger-title")}</h2>
            <ul class="danger-list">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What refers to an object.
#[component]
pub fn UsedBy(
    /// The objects that do.
    usage: Vec<Usage>,
) -> AnyView {
    (!usage.is_empty()).then(|| {
        view! {
            <section class="card stack" aria-labelledby="used-by">
                <h2 id="used-by">{tr!("used-by-title")}</h2>
                <ul class="plain-list">{usage.iter().map(|one| view! { <li>{usage_of(one)}</li> }).collect_view()}</ul>
            </section>
        }
    }).into_any()
}

/// Whether an object takes part in anything.
#[component]
pub fn State(
    /// Unix seconds since when it does not.
    disabled_at: Option<i64>,
) -> AnyView {
    match disabled_at {
        None => view! { <span class="badge badge-soft badge-success">{tr!("state-enabled")}</span> },
        Some(_) => view! { <span class="badge badge-soft badge-warning">{tr!("state-disabled")}</span> },
    }
    .into_any()
}
