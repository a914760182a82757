//! The home of a subscription: what needs somebody, what happens, its addresses, and what is in it.

use leptos::prelude::*;
use service::console::{Counts, overview, subscriptions};

use super::activity::Activity;
use super::attention::Attention;
use super::first_steps::{self, FirstSteps};
use crate::components::{Copyable, Moment};
use crate::console::{Place, Sheet, Tab, words};
use crate::i18n::locale;
use crate::tr;
use crate::visit::{PageResult, Visit};

/// What applications are set up with: message of the name, what is added to the issuer.
const ADDRESSES: [(&str, &str); 2] =
    [("endpoint-issuer", ""), ("endpoint-discovery", "/.well-known/openid-configuration")];

/// The other endpoints, as people look for them.
const ENDPOINTS: [(&str, &str); 12] = [
    ("endpoint-jwks", "/.well-known/jwks.json"),
    ("endpoint-authorize", "/connect/authorize"),
    ("endpoint-token", "/connect/token"),
    ("endpoint-device-authorization", "/connect/device_authorization"),
    ("endpoint-backchannel-authentication", "/connect/backchannel_authentication"),
    ("endpoint-userinfo", "/connect/userinfo"),
    ("endpoint-introspect", "/connect/introspect"),
    ("endpoint-revocation", "/connect/revocation"),
    ("endpoint-endsession", "/connect/endsession"),
    ("endpoint-account", "/account"),
    ("endpoint-device", "/device"),
    ("endpoint-requests", "/requests"),
];

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let found = overview::get(&visit.ctx, &place.actor, &place.view.stored.id).await?;
    let counts = subscriptions::counts(&visit.ctx, &place.actor, place.slug()).await?;
    let progress = first_steps::progress(&visit, &place, &found, counts).await?;
    let sheet = Sheet::of(&visit, &place, Tab::Overview, place.name());
    Ok(sheet.answer(move || {
        let disabled = place.view.stored.disabled_at.map(|_| {
            view! { <p class="notice notice-warning">{tr!("subscription-is-disabled")}</p> }
        });
        view! {
            {disabled}
            {progress.map(|progress| view! { <FirstSteps place=place.clone() progress /> })}
            <Sizes place=place.clone() counts />
            <Attention place=place.clone() found=found.attention and_more=found.and_more />
            <Activity hours=found.hours days=found.days />
            <Addresses issuer=place.view.issuer.clone() />
            <Details place />
        }
    }))
}

#[component]
fn Sizes(place: Place, counts: Counts) -> AnyView {
    let cards = [
        (Tab::Applications, "nav-applications", locale().number(counts.applications)),
        (Tab::Users, "nav-users", words::users(locale(), counts.users)),
        (Tab::Scopes, "claims-title", locale().number(counts.custom_claims)),
        (Tab::Scopes, "identity-scopes-title", locale().number(counts.identity_scopes)),
        (Tab::Connections, "nav-connections", locale().number(counts.api_connections)),
        (Tab::Connections, "api-scopes-title", locale().number(counts.api_scopes)),
    ];
    let cards = cards.map(|(tab, name, count)| {
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
    let list = |addresses: &[(&'static str, &'static str)]| {
        let rows = addresses.iter().map(|(name, path)| {
            let name = tr!(name);
            view! {
                <dt>{name.clone()}</dt>
                <dd>
                    <Copyable value=format!("{issuer}{path}") what=name />
                </dd>
            }
        });
        let rows = rows.collect_view();
        view! { <dl class="kv kv-wide">{rows}</dl> }
    };
    view! {
        <section class="card stack" aria-labelledby="addresses">
            <h2 id="addresses">{tr!("overview-addresses")}</h2>
            {list(&ADDRESSES)}
            <details class="more">
                <summary>{tr!("overview-endpoints")}</summary>
                {list(&ENDPOINTS)}
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Details(place: Place) -> AnyView {
    let stored = place.view.stored;
    view! {
        <section class="card stack" aria-labelledby="details">
            <h2 id="details">{tr!("overview-details")}</h2>
            <dl class="kv kv-wide">
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
