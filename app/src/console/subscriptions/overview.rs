//! The home of a subscription: its addresses, and what is in it.

use leptos::prelude::*;

use crate::components::{Copyable, Moment};
use crate::console::{Place, Sheet, Tab, words};
use crate::i18n::locale;
use crate::tr;
use crate::visit::{PageResult, Visit};

/// Endpoints below the issuer, as people look for them: message of the name, path.
const ENDPOINTS: [(&str, &str); 9] = [
    ("endpoint-discovery", "/.well-known/openid-configuration"),
    ("endpoint-jwks", "/.well-known/jwks.json"),
    ("endpoint-authorize", "/connect/authorize"),
    ("endpoint-token", "/connect/token"),
    ("endpoint-userinfo", "/connect/userinfo"),
    ("endpoint-introspect", "/connect/introspect"),
    ("endpoint-revocation", "/connect/revocation"),
    ("endpoint-endsession", "/connect/endsession"),
    ("endpoint-account", "/account"),
];

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let sheet = Sheet::of(&visit, &place, Tab::Overview, place.name());
    Ok(sheet.answer(move || {
        let disabled = place.view.stored.disabled_at.map(|_| {
            view! { <p class="notice notice-warning">{tr!("subscription-is-disabled")}</p> }
        });
        view! {
            {disabled}
            <Counts place=place.clone() />
            <Addresses issuer=place.view.issuer.clone() />
            <Facts place />
        }
    }))
}

#[component]
fn Counts(place: Place) -> AnyView {
    let view = &place.view;
    let counts = [
        (Tab::Applications, "nav-applications", view.applications.to_string()),
        (Tab::Users, "nav-users", words::users(locale(), view.users)),
        (Tab::Scopes, "claims-title", view.custom_claims.to_string()),
        (Tab::Scopes, "identity-scopes-title", view.identity_scopes.to_string()),
        (Tab::Connections, "nav-connections", view.api_connections.to_string()),
        (Tab::Connections, "api-scopes-title", view.api_scopes.to_string()),
    ];
    let cards = counts.map(|(tab, name, count)| {
        let (path, _) = tab.place();
        view! {
            <li class="card">
                <a class="count-card" href=place.path(path)>
                    <span class="count tabular">{count}</span>
                    <span>{tr!(name)}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="grid-counts">{cards.into_iter().collect_view()}</ul> }.into_any()
}

#[component]
fn Addresses(issuer: String) -> AnyView {
    let rows = ENDPOINTS.map(|(name, path)| {
        let name = tr!(name);
        view! {
            <dt>{name.clone()}</dt>
            <dd>
                <Copyable value=format!("{issuer}{path}") what=name />
            </dd>
        }
    });
    view! {
        <section class="card stack" aria-labelledby="addresses">
            <h2 id="addresses">{tr!("overview-addresses")}</h2>
            <dl class="kv">
                <dt>{tr!("endpoint-issuer")}</dt>
                <dd>
                    <Copyable value=issuer.clone() what=tr!("endpoint-issuer") />
                </dd>
                {rows.into_iter().collect_view()}
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Facts(place: Place) -> AnyView {
    let stored = place.view.stored;
    view! {
        <section class="card stack" aria-labelledby="facts">
            <h2 id="facts">{tr!("overview-facts")}</h2>
            <dl class="kv">
                <dt>{tr!("subscription-slug")}</dt>
                <dd class="id">{stored.spec.slug}</dd>
                <dt>{tr!("subscription-preset")}</dt>
                <dd>{tr!(&format!("preset-{}", stored.spec.scope_preset.as_str()))}</dd>
                <dt>{tr!("created-at")}</dt>
                <dd>
                    <Moment at=stored.created_at />
                </dd>
            </dl>
        </section>
    }
    .into_any()
}
