//! Words and small parts that several console pages share.

use leptos::prelude::*;
use model::spec::{AccessTokenFormat, ApplicationType, GrantType};
use service::console::COUNTED_USERS;
use service::error::Usage;

use crate::form::summary::usage as usage_of;
use crate::i18n::Locale;
use crate::{say, tr};

/// Name of an application type for people.
pub fn application_type(kind: ApplicationType) -> String {
    tr!(&format!("application-type-{}", kind.as_str()))
}

/// Name of a grant for people.
pub fn grant_type(grant: GrantType) -> String {
    tr!(&format!("grant-{}", grant.as_str().replace('_', "-")))
}

/// Name of an access token's kind for people.
pub fn access_token_format(format: AccessTokenFormat) -> String {
    tr!(&format!("access-token-{}", format.as_str()))
}

/// A number of users, which are counted up to a limit only.
pub fn users(locale: Locale, count: i64) -> String {
    if count > COUNTED_USERS { say!(locale, "count-more-than", count = COUNTED_USERS) } else { count.to_string() }
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
