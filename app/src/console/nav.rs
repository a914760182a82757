//! The console's frame: brand, ways to everywhere, who is signed in.

use leptos::prelude::*;
use model::Role;
use service::{Actor, Admin};

use super::Place;
use super::shortcuts::of_part;
use crate::components::Icon;
use crate::islands::{Palette, PaletteWords};
use crate::language::LanguageLink;
use crate::tr;

/// A page of the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// All subscriptions; also where one is at hand.
    Subscriptions,
    /// Who may do what.
    Administrators,
    /// How the installation is.
    Health,
    /// What it is.
    About,
}

impl Way {
    /// In the order of the navigation: path, message, icon.
    const ALL: [(Self, &'static str, &'static str, &'static str); 4] = [
        (Self::Subscriptions, "/console", "nav-subscriptions", "building-2"),
        (Self::Administrators, "/console/administrators", "nav-administrators", "shield-check"),
        (Self::Health, "/console/health", "nav-health", "stethoscope"),
        (Self::About, "/console/about", "nav-about", "info"),
    ];

    /// Path, message of the name, and icon of those that an administrator may go.
    pub fn open(admin: &Admin) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        let ways = Self::of(admin);
        Self::ALL
            .into_iter()
            .filter(move |(way, ..)| ways.contains(way))
            .map(|(_, path, name, icon)| (path, name, icon))
    }

    /// Those that an administrator may go. Links are hidden by this; the use cases enforce it.
    pub fn of(admin: &Admin) -> Vec<Self> {
        let owns = admin.roles.iter().any(|(_, role)| *role == Role::Owner);
        let everywhere = Actor::Admin(admin.clone()).installation_role().is_some();
        let open = |way: &Self| match way {
            Self::Administrators => owns,
            Self::Health => everywhere,
            Self::Subscriptions | Self::About => true,
        };
        Self::ALL.into_iter().map(|(way, ..)| way).filter(open).collect()
    }
}

/// A part of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Issuer, endpoints, counts.
    Overview,
    /// OAuth clients.
    Applications,
    /// Custom claims and identity scopes.
    Scopes,
    /// Protected APIs.
    Connections,
    /// People.
    Users,
    /// Who is signed in.
    Sessions,
    /// Signing keys.
    Keys,
    /// What end users see.
    Branding,
    /// Who may do what in it.
    Administrators,
    /// The subscription's own settings.
    Settings,
    /// What happened.
    Audit,
}

impl Tab {
    /// In the order of the navigation: path, message, icon.
    const ALL: [(Self, &'static str, &'static str, &'static str); 11] = [
        (Self::Overview, "", "nav-overview", "house"),
        (Self::Applications, "/applications", "nav-applications", "layout-grid"),
        (Self::Scopes, "/scopes", "nav-scopes", "tags"),
        (Self::Connections, "/connections", "nav-connections", "plug"),
        (Self::Users, "/users", "nav-users", "users"),
        (Self::Sessions, "/sessions", "nav-sessions", "monitor"),
        (Self::Keys, "/keys", "nav-keys", "key-round"),
        (Self::Branding, "/branding", "nav-branding", "palette"),
        (Self::Administrators, "/administrators", "nav-administrators", "shield-check"),
        (Self::Settings, "/settings", "nav-settings", "settings"),
        (Self::Audit, "/audit", "nav-audit", "history"),
    ];

    /// Path below the subscription's, message of the name, and icon of each part.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        Self::ALL.into_iter().map(|(_, path, name, icon)| (path, name, icon))
    }

    /// Like [`Self::all`], those that the reader of a place finds there.
    pub fn open(place: &Place) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        Self::ALL.into_iter().filter(|(tab, ..)| tab.is_open(place)).map(|(_, path, name, icon)| (path, name, icon))
    }

    /// True where somebody with this place's role finds it.
    fn is_open(self, place: &Place) -> bool {
        // Those of the built-in subscription are the ones of the installation.
        self != Self::Administrators || (place.may_own() && !place.view.built_in)
    }

    /// Path below the subscription's, and message of the name.
    pub fn place(self) -> (&'static str, &'static str) {
        Self::ALL.iter().find(|(tab, ..)| *tab == self).map_or(("", "nav-overview"), |(_, path, name, _)| (path, name))
    }
}

/// The bar at the side (on top of narrow screens).
#[component]
pub fn ConsoleNav(
    /// The subscription at hand.
    place: Option<Place>,
    /// The part of it at hand.
    tab: Option<Tab>,
    /// Name of the administrator.
    admin: Option<String>,
    /// Where the language is chosen.
    language: Option<String>,
    /// Pages of the installation that they may open.
    ways: Vec<Way>,
    /// The one at hand, outside a subscription.
    way: Option<Way>,
) -> AnyView {
    let search = place.as_ref().map_or_else(|| "/console/search".to_owned(), |place| place.path("/search"));
    let search = admin.is_some().then(|| view! { <SearchButton page=search /> });
    let ways = Way::ALL.into_iter().filter(|(this, ..)| ways.contains(this)).map(|(this, to, name, icon)| {
        let current = (way == Some(this)).then_some("page");
        let keys = (this == Way::Subscriptions).then_some("g g");
        view! { <li><NavLink to=to.to_owned() icon current keys>{tr!(name)}</NavLink></li> }
    });
    let ways = ways.collect_view();
    let parts = place.map(|place| {
        let open = Tab::ALL.into_iter().filter(|(this, ..)| this.is_open(&place));
        let links = open.map(|(this, path, name, icon)| {
            let current = (tab == Some(this)).then_some("page");
            view! { <li><NavLink to=place.path(path) icon current keys=of_part(path)>{tr!(name)}</NavLink></li> }
        });
        view! {
            <p class="nav-title" id="nav-subscription">{place.name().to_owned()}</p>
            <ul aria-labelledby="nav-subscription">{links.collect_view()}</ul>
        }
    });
    let user = admin.map(|name| {
        view! {
            <span class="console-user-name"><Icon name="user" /> <span title=name.clone()>{name.clone()}</span></span>
            <a href="/console/shortcuts" data-opens="shortcuts"><Icon name="keyboard" />{tr!("shortcuts-title")}</a>
            <a href="/console/sign-out"><Icon name="log-out" />{tr!("nav-sign-out")}</a>
        }
    });
    let language = language.map(|to| view! { <LanguageLink to /> });
    view! {
        <header class="console-nav">
            <a class="brand" href="/console"><Icon name="fingerprint-pattern" />{tr!("product")}</a>
            {search}
            <details class="console-menu">
                <summary><Icon name="menu" />{tr!("nav-menu")}</summary>
                <nav aria-label=tr!("nav-label")>
                    <ul>{ways}</ul>
                    {parts}
                </nav>
            </details>
            <div class="console-user">{language} {user}</div>
        </header>
    }
    .into_any()
}

#[component]
fn NavLink(
    to: String,
    icon: &'static str,
    current: Option<&'static str>,
    keys: Option<&'static str>,
    children: Children,
) -> AnyView {
    view! {
        <a href=to aria-current=current data-keys=keys>
            <Icon name=icon />
            {children()}
        </a>
    }
    .into_any()
}

/// The way to everything with a name.
#[component]
fn SearchButton(page: String) -> AnyView {
    let words = PaletteWords {
        label: tr!("search-label"),
        results: tr!("search-results"),
        hint: tr!("search-hint"),
        nothing: tr!("search-nothing"),
    };
    view! {
        <Palette page words>
            <Icon name="search" />
            {tr!("search-title")}
            <kbd class="kbd kbd-sm needs-script" aria-hidden="true">"Ctrl K"</kbd>
        </Palette>
    }
    .into_any()
}
