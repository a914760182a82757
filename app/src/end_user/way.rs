//! Where an end user stands, and where they go next.

use std::sync::Arc;

use service::flow::{self, BrowserState, Flow, Next};
use service::snapshot::Snapshot;

use super::{Brand, form_post};
use crate::i18n::Locale;
use crate::language;
use crate::list::escape;
use crate::visit::{Answer, CookieChange, Page, PageError, Visit};

/// The subscription of the visit, and the interaction its query names.
pub struct Way {
    /// Its configuration.
    pub snap: Arc<Snapshot>,
    /// Handle of the interaction.
    pub handle: Option<String>,
    /// Value of the session's cookie.
    pub cookie: Option<String>,
    brand: Brand,
    base: String,
    slug: String,
    locale: Locale,
    /// The language that the application asks for.
    asked: Option<Locale>,
}

impl Way {
    /// Reads the visit.
    pub async fn of(visit: &Visit) -> Result<Self, PageError> {
        let snap = visit.ctx.snapshots.get(&visit.ctx, visit.param("slug")).await?;
        Ok(Self {
            brand: Brand::of(&snap, &visit.base),
            snap,
            handle: visit.query.optional("i"),
            cookie: visit.cookies.get("session").cloned(),
            base: visit.base.clone(),
            slug: visit.param("slug").to_owned(),
            locale: visit.locale,
            asked: language::asked_by(&visit.query),
        })
    }

    /// What the page is to show. An interaction that is over leads to a page that says so.
    pub async fn flow(&self, visit: &Visit) -> Result<Flow, PageError> {
        Ok(flow::open(&visit.ctx, &self.snap, self.handle.as_deref(), self.cookie.as_deref()).await?)
    }

    /// How the subscription presents itself.
    pub fn brand(&self) -> &Brand {
        &self.brand
    }

    /// Address of one of the end-user pages.
    pub fn path(&self, page: &str) -> String {
        format!("{}{page}", self.base)
    }

    /// Address of a page of the same interaction.
    pub fn step(&self, page: &str) -> String {
        match &self.handle {
            Some(handle) => language::carry(format!("{}{page}?i={}", self.base, escape(handle)), self.asked),
            None => self.path(page),
        }
    }

    /// On to where the flow says.
    pub fn follow(&self, flow: &Flow) -> Answer {
        Answer::see_other(language::carry(self.path(&flow::path_of(flow)), self.asked))
    }

    /// On to the next page or back to the application.
    pub fn answer(&self, next: Next) -> Answer {
        answer(next, &self.slug, &self.base, self.locale, self.asked)
    }

    /// The cookies of a session that has just begun.
    pub fn begun(&self, cookie: String) -> Vec<CookieChange> {
        let watched = self.snap.tenant.settings().session_management;
        let state = watched.then(|| BrowserState::of_cookie(&cookie).value().map(str::to_owned));
        let state = state.map(|value| CookieChange::BrowserState { slug: self.slug.clone(), value });
        let session = CookieChange::Session { slug: self.slug.clone(), value: Some(cookie) };
        [session].into_iter().chain(state).collect()
    }

    /// The same, with a new session.
    pub fn answer_signed_in(&self, cookie: String, next: Next) -> Answer {
        let begun = self.begun(cookie);
        match self.answer(next) {
            // What the answer to an application says of the browser is the same again.
            Answer::Page(mut page) => {
                page.cookies = begun;
                Answer::Page(page)
            }
            Answer::SeeOther { to, notice, .. } => Answer::SeeOther { to, notice, cookies: begun },
            file @ Answer::File(_) => file,
        }
    }
}

/// Turns what the flow decided into an answer: a redirect to a page of ours or to the application, or
/// the page that posts to it. `slug` is the subscription's, `base` the path of the issuer, `asked` the
/// language that the application asks for.
pub fn answer(next: Next, slug: &str, base: &str, locale: Locale, asked: Option<Locale>) -> Answer {
    match next {
        Next::Page(path) => Answer::see_other(language::carry(format!("{base}{path}"), asked)),
        Next::Client(response) => {
            let kept = response.browser_state.as_ref().map(|state| state.value().map(str::to_owned));
            let kept = kept.map(|value| CookieChange::BrowserState { slug: slug.to_owned(), value });
            let cookies = kept.into_iter().collect();
            if response.response_mode.is_form() {
                return Page { cookies, ..form_post::page(&response, locale) }.into();
            }
            Answer::SeeOther { to: response.location(), notice: None, cookies }
        }
    }
}
