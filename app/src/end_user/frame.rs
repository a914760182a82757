//! The one column of end-user pages: the subscription's name, a heading, where people are going.

use leptos::prelude::*;
use service::flow::{Destination, Source};

use super::brand::{Brand, BrandFooter, BrandHeader};
use crate::components::NoticeBar;
use crate::form::FormState;
use crate::i18n::Locale;
use crate::language::{self, LanguageLink};
use crate::say;
use crate::visit::{Answer, Notice, Page, Visit};

/// A page in the making.
#[derive(Clone, Debug)]
pub struct Card {
    brand: Brand,
    base: String,
    title: String,
    destination: Option<Destination>,
    names_destination: bool,
    user: Option<(String, Option<String>)>,
    locale: Locale,
    status: u16,
    retry_after: Option<i64>,
    form_action: Vec<String>,
    notice: Option<Notice>,
    wide: bool,
    language: Option<String>,
}

impl Card {
    /// A page of a subscription with this heading.
    pub fn new(visit: &Visit, brand: &Brand, title: impl Into<String>) -> Self {
        Self {
            brand: brand.clone(),
            base: visit.base.clone(),
            title: title.into(),
            destination: None,
            names_destination: false,
            user: None,
            locale: visit.locale,
            status: 200,
            retry_after: None,
            form_action: Vec::new(),
            notice: visit.notice.clone(),
            wide: false,
            language: language::link(visit, &visit.base),
        }
    }

    /// Where the user is going, of which the heading says nothing.
    #[must_use]
    pub fn to(self, destination: Option<&Destination>) -> Self {
        Self { names_destination: true, ..self.about(destination) }
    }

    /// The same where the heading names it.
    #[must_use]
    pub fn about(mut self, destination: Option<&Destination>) -> Self {
        self.destination = destination.cloned();
        self
    }

    /// Who is signed in, and where somebody else signs in instead.
    #[must_use]
    pub fn user(mut self, name: Option<&str>, other: impl Into<String>) -> Self {
        self.user = name.map(|name| (name.to_owned(), Some(other.into())));
        self
    }

    /// Where a form of the page may lead besides to us.
    #[must_use]
    pub fn leads_to(mut self, origin: Option<&str>) -> Self {
        self.form_action.extend(origin.map(str::to_owned));
        self
    }

    /// Takes the status from the form on the page.
    #[must_use]
    pub fn form(mut self, state: &FormState) -> Self {
        self.status = state.status();
        self.retry_after = state.retry_after();
        self
    }

    /// A page that is not 200 for a reason of its own.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Wide enough for a table.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The page, with this below its header.
    pub fn answer<V: IntoView + 'static>(self, body: impl FnOnce() -> V + Send + 'static) -> Answer {
        self.page(body).into()
    }

    /// The same, for what is not usual.
    pub fn page<V: IntoView + 'static>(self, body: impl FnOnce() -> V + Send + 'static) -> Page {
        let title = format!("{} · {}", self.title, self.brand.name);
        let title = if self.status == 200 { title } else { say!(self.locale, "title-error", title = title) };
        let (status, form_action, retry_after) = (self.status, self.form_action.clone(), self.retry_after);
        let (accent, icon) = (self.brand.accent.clone(), self.brand.icon());
        let page = Page::new(title, move || self.view(body().into_any()));
        Page { status, form_action, accent, icon, retry_after, ..page }
    }

    fn view(self, body: AnyView) -> impl IntoView {
        let card = if self.wide { "auth-card auth-card-wide" } else { "auth-card" };
        let name = self.destination.as_ref().map(|to| to.name.clone()).filter(|_| self.names_destination);
        let application = name.map(|name| view! { <p class="auth-app">{crate::tr!("continue-to", name = name)}</p> });
        let source = self.destination.as_ref().and_then(|to| to.source.as_ref()).map(source);
        let (picture, links) = self.destination.map(|to| (picture(&to, &self.base), links(to))).unzip();
        let user = self.user.map(|(name, other)| {
            let other = other.map(|to| view! { <a href=to>{crate::tr!("not-you")}</a> });
            view! { <p class="auth-user">{crate::tr!("signed-in-as", name = name)} " " {other}</p> }
        });
        view! {
            <main class="auth-shell" id="main">
                <div class=card>
                    <header>
                        <BrandHeader brand=self.brand.clone() />
                        {picture}
                        <h1>{self.title}</h1>
                        {application}
                        {source}
                        {user}
                    </header>
                    <NoticeBar notice=self.notice />
                    {body}
                    {links}
                </div>
                {self.language.map(|to| view! { <footer class="auth-footer"><LanguageLink to /></footer> })}
                <BrandFooter brand=self.brand />
            </main>
        }
    }
}

fn picture(destination: &Destination, base: &str) -> Option<AnyView> {
    let src = format!("{base}/logo/of/{}", destination.logo_of.as_ref()?);
    let alt = crate::tr!("brand-logo", name = destination.name.as_str());
    Some(view! { <img class="auth-app-logo" src=src alt=alt /> }.into_any())
}

/// draft-ietf-oauth-client-id-metadata-document-00 section 6.4: the host of the identifier is to be shown, since the name is
/// whatever somebody wrote; section 6.5 on those that anything on the same computer could be.
fn source(source: &Source) -> AnyView {
    let local = source.is_local.then(|| view! { <p class="notice notice-warning">{crate::tr!("source-local")}</p> });
    view! {
        <p class="auth-source">
            <strong>{source.host.clone()}</strong>
            " "
            {crate::tr!("source-host")}
        </p>
        {local}
    }
    .into_any()
}

/// OpenID Connect Registration section 2: the provider displays them to the End-User.
fn links(destination: Destination) -> Option<AnyView> {
    let Destination { name, links, .. } = destination;
    if links.is_empty() {
        return None;
    }
    let links = links.into_iter().map(|(of, to)| {
        let text = match of {
            "policy_uri" => crate::tr!("brand-policy"),
            "tos_uri" => crate::tr!("brand-terms"),
            _ => crate::tr!("application-website"),
        };
        view! { <a href=to rel="noreferrer">{text}</a> }
    });
    let about = crate::tr!("application-about", name = name);
    Some(view! { <p class="auth-about"><span>{about}</span> {links.collect_view()}</p> }.into_any())
}
