//! The sheet that every console page is written on: title, breadcrumbs, actions, notice, status.

use leptos::prelude::*;

use super::header::{Action, Breadcrumbs, PageHeader};
use super::language::ROOT;
use super::nav::{ConsoleNav, Way};
use super::shortcuts::ShortcutDialog;
use super::{Place, Tab};
use crate::components::NoticeBar;
use crate::form::FormState;
use crate::i18n::Locale;
use crate::islands::LocalTimes;
use crate::language;
use crate::visit::{Answer, Notice, Page, Visit};
use crate::{say, tr};

/// A console page in the making.
#[derive(Clone, Debug)]
pub struct Sheet {
    locale: Locale,
    admin: Option<String>,
    language: Option<String>,
    ways: Vec<Way>,
    way: Option<Way>,
    notice: Option<Notice>,
    title: String,
    name: Option<String>,
    lead: Option<String>,
    place: Option<Place>,
    tab: Option<Tab>,
    /// The page is below the part's own page.
    is_within: bool,
    crumbs: Vec<(String, String)>,
    actions: Vec<Action>,
    status: u16,
    retry_after: Option<i64>,
    width: &'static str,
}

impl Sheet {
    /// A page with this heading, outside any subscription.
    pub fn new(visit: &Visit, title: impl Into<String>) -> Self {
        Self {
            locale: visit.locale,
            admin: visit.admin.as_ref().map(|admin| admin.name.clone()),
            language: language::link(visit, ROOT),
            ways: visit.admin.as_ref().map(Way::of).unwrap_or_default(),
            way: None,
            notice: visit.notice.clone(),
            title: title.into(),
            name: None,
            lead: None,
            place: None,
            tab: None,
            is_within: false,
            crumbs: Vec::new(),
            actions: Vec::new(),
            status: 200,
            retry_after: None,
            width: "page",
        }
    }

    /// The page of another part of the installation, or one below it.
    #[must_use]
    pub fn at(self, way: Way) -> Self {
        Self { way: Some(way), ..self }
    }

    /// The page of one part of a subscription.
    pub fn of(visit: &Visit, place: &Place, tab: Tab, title: impl Into<String>) -> Self {
        Self { place: Some(place.clone()), tab: Some(tab), ..Self::new(visit, title) }
    }

    /// A page of a subscription that belongs to none of its parts.
    pub fn beside(visit: &Visit, place: &Place, title: impl Into<String>) -> Self {
        Self { place: Some(place.clone()), ..Self::new(visit, title) }
    }

    /// A page below the one of a part: an object's, or one of its tasks.
    pub fn within(visit: &Visit, place: &Place, tab: Tab, title: impl Into<String>) -> Self {
        Self { is_within: true, ..Self::of(visit, place, tab, title) }
    }

    /// The object's name for programs, below the one for people; left out where it says the same.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into()).filter(|name| *name != self.title);
        self
    }

    /// A sentence below the heading.
    #[must_use]
    pub fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = Some(text.into());
        self
    }

    /// A page above this one, besides the part's own.
    #[must_use]
    pub fn below(mut self, to: impl Into<String>, name: impl Into<String>) -> Self {
        self.crumbs.push((to.into(), name.into()));
        self
    }

    /// The main thing to do from here; hidden from those who may not.
    #[must_use]
    pub fn action(self, allowed: bool, to: impl Into<String>, label: impl Into<String>, icon: &'static str) -> Self {
        self.button(allowed, to, label, icon, "btn btn-primary")
    }

    /// Another thing to do from here.
    #[must_use]
    pub fn also(self, allowed: bool, to: impl Into<String>, label: impl Into<String>, icon: &'static str) -> Self {
        self.button(allowed, to, label, icon, "btn")
    }

    fn button(
        mut self,
        allowed: bool,
        to: impl Into<String>,
        label: impl Into<String>,
        icon: &'static str,
        class: &'static str,
    ) -> Self {
        if allowed {
            self.actions.push(Action { to: to.into(), label: label.into(), icon, class });
        }
        self
    }

    /// Takes the status from the form on the page.
    #[must_use]
    pub fn form(mut self, state: &FormState) -> Self {
        self.status = state.status();
        self.retry_after = state.retry_after();
        self
    }

    /// A page about what went wrong.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The width of a form alone.
    #[must_use]
    pub fn narrow(mut self) -> Self {
        self.width = "page page-narrow";
        self
    }

    /// The subscription that the page is in, by its name in addresses.
    pub fn slug(&self) -> Option<&str> {
        self.place.as_ref().map(Place::slug)
    }

    /// The page, with this below its header.
    pub fn answer<V: IntoView + 'static>(self, body: impl FnOnce() -> V + Send + 'static) -> Answer {
        let page = Page::new(self.document_title(), {
            let sheet = self.clone();
            move || sheet.view(body().into_any())
        });
        Page { status: self.status, retry_after: self.retry_after, islands: true, ..page }.into()
    }

    fn document_title(&self) -> String {
        let mut parts = vec![self.title.clone()];
        parts.extend(self.place.as_ref().map(|place| place.name().to_owned()).filter(|name| *name != self.title));
        parts.push(say!(self.locale, "product"));
        let title = parts.join(" · ");
        if self.status == 200 { title } else { say!(self.locale, "title-error", title = title) }
    }

    fn view(self, body: AnyView) -> impl IntoView {
        let crumbs = self.trail();
        let shortcuts = self.admin.is_some().then(|| view! { <ShortcutDialog /> });
        view! {
            <a class="skip-link" href="#main">
                {tr!("skip")}
            </a>
            <div class="console-shell">
                <ConsoleNav
                    place=self.place
                    tab=self.tab
                    admin=self.admin
                    language=self.language
                    ways=self.ways
                    way=self.way
                />
                <main class="console-main" id="main">
                    <div class=self.width>
                        <Breadcrumbs crumbs />
                        <PageHeader title=self.title name=self.name lead=self.lead actions=self.actions />
                        <NoticeBar notice=self.notice />
                        {body}
                    </div>
                </main>
            </div>
            <LocalTimes />
            {shortcuts}
        }
    }

    /// From the subscriptions down to the page above this one.
    fn trail(&self) -> Vec<(String, String)> {
        let Some(place) = &self.place else { return self.crumbs.clone() };
        let mut trail = vec![("/console".to_owned(), tr!("nav-subscriptions"))];
        if self.tab != Some(Tab::Overview) || self.is_within {
            trail.push((place.path(""), place.name().to_owned()));
        }
        if let Some((path, name)) = self.tab.map(Tab::place).filter(|_| self.is_within) {
            trail.push((place.path(path), tr!(name)));
        }
        trail.extend(self.crumbs.iter().cloned());
        trail
    }
}
