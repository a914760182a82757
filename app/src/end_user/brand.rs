//! How a subscription presents itself to end users: name, logo, colour, links.

use leptos::prelude::*;
use model::spec::SubscriptionSpec;
use service::snapshot::Snapshot;

use crate::tr;

/// What every end-user page shows of its subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// What people read.
    pub name: String,
    /// `#rrggbb`.
    pub accent: Option<String>,
    /// Picture above the name.
    pub logo: Option<Logo>,
    /// Keys and addresses of links, in their order.
    pub links: Vec<(&'static str, String)>,
    /// Says whose software this is.
    pub secured_by: bool,
}

/// A picture with its size, so that nothing moves when it arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Address, or the picture itself.
    pub src: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Brand {
    /// A subscription of which no more than the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The subscription's. `base` is the path of its issuer.
    pub fn of(snap: &Snapshot, base: &str) -> Self {
        Self::of_spec(snap.tenant.settings(), |hash| format!("{base}/logo/{hash}"))
    }

    /// From the settings, with the address of a logo of this hash.
    pub fn of_spec(spec: &SubscriptionSpec, src: impl FnOnce(&str) -> String) -> Self {
        let branding = &spec.branding;
        let logo =
            branding.logo.as_ref().map(|logo| Logo { src: src(&logo.hash), width: logo.width, height: logo.height });
        Self {
            name: spec.shown_name().to_owned(),
            accent: branding.accent.clone(),
            logo,
            links: branding.links().map(|(key, to)| (key, to.to_owned())).collect(),
            secured_by: branding.secured_by,
        }
    }

    /// Address of the logo.
    pub fn icon(&self) -> Option<String> {
        self.logo.as_ref().map(|logo| logo.src.clone())
    }
}

/// Logo and name, on top of a card.
#[component]
pub fn BrandHeader(
    /// Whose.
    brand: Brand,
) -> AnyView {
    let Brand { name, logo, .. } = brand;
    let logo = logo.map(|logo| {
        let (width, height) = (logo.width.to_string(), logo.height.to_string());
        view! { <img class="auth-logo" src=logo.src width=width height=height alt=tr!("brand-logo", name = name.as_str()) /> }
    });
    view! {
        {logo}
        <p class="auth-brand">{name}</p>
    }
    .into_any()
}

/// Links below a card; nothing where there are none.
#[component]
pub fn BrandFooter(
    /// Whose.
    brand: Brand,
) -> AnyView {
    let Brand { links, secured_by, .. } = brand;
    if links.is_empty() && !secured_by {
        return ().into_any();
    }
    let links = links.into_iter().map(|(key, to)| {
        view! {
            <a href=to rel="noreferrer">
                {link_name(key)}
            </a>
        }
    });
    let secured_by = secured_by.then(|| view! { <span>{tr!("brand-secured-by")}</span> });
    view! {
        <footer class="auth-footer">
            {links.collect_view()}
            {secured_by}
        </footer>
    }
    .into_any()
}

fn link_name(key: &str) -> String {
    match key {
        "policy_uri" => tr!("brand-policy"),
        "tos_uri" => tr!("brand-terms"),
        _ => tr!("brand-support"),
    }
}
