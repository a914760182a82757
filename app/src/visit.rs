//! What a page is given and what it answers: the whole contract between pages and `server`.
//!
//! A page is a pair of functions: `show` (GET) and, where it has a form, `submit` (POST to the same
//! URL). Both load what they need from `service` first and then build their view from plain data, so
//! status codes are known before a byte is sent.

use std::collections::BTreeMap;

use leptos::prelude::{AnyView, IntoAny, IntoView};
use model::{FormData, local_path};
use service::client::ClientInfo;
use service::console::Done;
use service::{Admin, Ctx};

use crate::i18n::Locale;

/// A request for a page.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Use cases need it.
    pub ctx: Ctx,
    /// Variables of the route: `slug`, `id`, … On end-user pages `slug` is there too, wherever the
    /// issuer has it.
    pub params: BTreeMap<String, String>,
    /// The URL's query.
    pub query: FormData,
    /// Path and query of this page, for forms that post to where they stand.
    pub here: String,
    /// Where this subscription's end-user pages start (the issuer's path); empty in the console.
    pub base: String,
    /// Values of our own cookies by their bare name (`session`, `console`), already unprefixed.
    pub cookies: BTreeMap<String, String>,
    /// Chosen from `ui_locales`, the reader's own choice (a cookie) or the browser.
    pub locale: Locale,
    /// For limits and the audit log.
    pub client: ClientInfo,
    /// Set by the console's guard before any console page runs.
    pub admin: Option<Admin>,
    /// What the page before wanted said here, once.
    pub notice: Option<Notice>,
    /// What the form brought besides text.
    pub files: Files,
}

/// What a form may hold besides short fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uploads {
    /// Names of its file fields, each with the most bytes of a file.
    pub files: &'static [(&'static str, usize)],
    /// Most bytes of any other field.
    pub text: usize,
}

/// Files of a form, and what of the form was too large.
#[derive(Clone, Default)]
pub struct Files {
    /// Field and content; one file for a field.
    pub contents: Vec<(String, Vec<u8>)>,
    /// Fields whose content was thrown away.
    pub too_large: Vec<String>,
}

impl Files {
    /// The file of a field, where one was chosen.
    pub fn get(&self, field: &str) -> Option<&[u8]> {
        self.contents.iter().find(|(name, _)| name == field).map(|(_, content)| content.as_slice())
    }

    /// True when the field brought more than it may hold.
    pub fn is_too_large(&self, field: &str) -> bool {
        self.too_large.iter().any(|name| name == field)
    }

    /// True when the field was there with a file, however large.
    pub fn has(&self, field: &str) -> bool {
        self.get(field).is_some() || self.is_too_large(field)
    }
}

impl std::fmt::Debug for Files {
    /// Contents stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes = self.contents.iter().map(|(name, content)| (name, content.len()));
        f.debug_map().entries(sizes).finish()
    }
}

/// A sentence for the next page, and perhaps a secret to show once. Travels sealed in a cookie.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Notice {
    /// Fluent message.
    pub message: String,
    /// Its variables.
    pub args: Vec<(String, String)>,
    /// Label (Fluent message) and value of a secret that is shown now and never again.
    pub secret: Option<(String, String)>,
    /// Page that takes back what was done, where it can be.
    #[serde(default)]
    pub undo: Option<String>,
    /// Label (Fluent message) and page of the console of what one may want to do next.
    #[serde(default)]
    pub next: Option<(String, String)>,
}

/// What a page answers.
pub enum Answer {
    /// A page.
    Page(Box<Page>),
    /// 303, to a path of ours or a verified URI of an application.
    SeeOther {
        /// Where to.
        to: String,
        /// What the next page shall say.
        notice: Option<Notice>,
        /// Cookies to change.
        cookies: Vec<CookieChange>,
    },
    /// A file to keep.
    File(File),
}

/// A file that the browser saves and never shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// ASCII, without quotes.
    pub name: String,
    /// Media type.
    pub kind: &'static str,
    /// What is in it.
    pub text: String,
}

/// A page to render.
pub struct Page {
    /// 200, or what fits the problem.
    pub status: u16,
    /// Text of `<title>`.
    pub title: String,
    /// Content of `<body>`; made within the reactive owner of the response.
    pub body: Box<dyn FnOnce() -> AnyView + Send>,
    /// True for pages with islands: only these load a script.
    pub islands: bool,
    /// Origins besides our own to which a form of the page may lead (`form-action`).
    pub form_action: Vec<String>,
    /// Origins that the page's frames load from (`frame-src`); none but on the signed-out page.
    pub frame_src: Vec<String>,
    /// Where the browser goes by itself after so many seconds (`Refresh`): a verified URI of an application.
    pub goes_on: Option<(u32, String)>,
    /// Cookies to change.
    pub cookies: Vec<CookieChange>,
    /// The one page whose form submits itself (`form_post`): allows its hashed script.
    pub self_submitting: bool,
    /// Accent colour of the subscription (`#rrggbb`), if it has one.
    pub accent: Option<String>,
    /// Address of the picture that stands for the page in a browser's tabs; ours where there is none.
    pub icon: Option<String>,
    /// Seconds for a `Retry-After` header, with status 429 or 503.
    pub retry_after: Option<i64>,
    /// Path and query of the page, where its forms post to. Set by the renderer.
    pub here: Option<String>,
}

/// A change of one of our cookies. Names, prefixes and attributes are `server`'s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CookieChange {
    /// The sign-in session of a subscription.
    Session {
        /// Its slug.
        slug: String,
        /// The new value; `None` ends it.
        value: Option<String>,
    },
    /// What scripts can read of the sign-in session (OpenID Connect Session Management 1.0).
    BrowserState {
        /// Slug of the subscription.
        slug: String,
        /// The new value; `None` where nobody is signed in.
        value: Option<String>,
    },
    /// The console's session.
    Console {
        /// The new value; `None` ends it.
        value: Option<String>,
    },
    /// The language that the reader chose; `None` leaves it to the browser again.
    Language(Option<Locale>),
}

/// Why there is no page.
#[derive(Debug)]
pub enum PageError {
    /// From a use case.
    Service(service::Error),
    /// Not signed in to the console: off to sign in, and back to `here`.
    SignIn,
    /// The URL makes no sense: a forged cursor, a page size out of bounds. 400.
    BadRequest,
}

impl From<service::Error> for PageError {
    fn from(error: service::Error) -> Self {
        Self::Service(error)
    }
}

impl From<model::FieldErrors> for PageError {
    fn from(errors: model::FieldErrors) -> Self {
        Self::Service(errors.into())
    }
}

/// Result of a page function.
pub type PageResult = Result<Answer, PageError>;

impl Visit {
    /// A variable of the route; empty where the route has none of this name.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// The administrator, on a console page.
    pub fn actor(&self) -> Result<service::Actor, PageError> {
        self.admin.clone().map(service::Actor::Admin).ok_or(PageError::SignIn)
    }
}

impl Answer {
    /// 303 without more.
    pub fn see_other(to: impl Into<String>) -> Self {
        Self::SeeOther { to: to.into(), notice: None, cookies: Vec::new() }
    }

    /// 303 with a sentence for the next page.
    pub fn done(to: impl Into<String>, message: &str, args: &[(&str, &str)]) -> Self {
        Self::SeeOther { to: to.into(), notice: Some(Notice::new(message, args)), cookies: Vec::new() }
    }

    /// 303 with a sentence and a secret for the next page: the Fluent message of the secret's name,
    /// and its value.
    pub fn done_with_secret(
        to: impl Into<String>,
        message: &str,
        args: &[(&str, &str)],
        label: &str,
        secret: &str,
    ) -> Self {
        let secret = Some((label.to_owned(), secret.to_owned()));
        let notice = Notice { secret, ..Notice::new(message, args) };
        Self::SeeOther { to: to.into(), notice: Some(notice), cookies: Vec::new() }
    }

    /// With the way to take back a change in the subscription of this slug, where it can be.
    #[must_use]
    pub fn undo(mut self, slug: &str, done: &Done) -> Self {
        if let Self::SeeOther { notice: Some(notice), .. } = &mut self {
            notice.undo = done.change.as_ref().map(|change| format!("/console/{slug}/audit/{change}/undo"));
        }
        self
    }

    /// With what one may want to do next: the Fluent message of a link, and the page of the console that it
    /// leads to. Nowhere else: the link is left out.
    #[must_use]
    pub fn next(mut self, label: &str, to: &str) -> Self {
        if let Self::SeeOther { notice: Some(notice), .. } = &mut self {
            notice.next = local_path::within("/console", to).map(|to| (label.to_owned(), to.to_owned()));
        }
        self
    }
}

impl Notice {
    /// A sentence without a secret.
    pub fn new(message: &str, args: &[(&str, &str)]) -> Self {
        let args = args.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Self { message: message.to_owned(), args, secret: None, undo: None, next: None }
    }
}

impl Page {
    /// A page with status 200, without script, whose view is made by `body`.
    pub fn new<V: IntoView + 'static>(title: impl Into<String>, body: impl FnOnce() -> V + Send + 'static) -> Self {
        Self {
            status: 200,
            title: title.into(),
            body: Box::new(move || body().into_any()),
            islands: false,
            form_action: Vec::new(),
            frame_src: Vec::new(),
            goes_on: None,
            cookies: Vec::new(),
            self_submitting: false,
            accent: None,
            icon: None,
            retry_after: None,
            here: None,
        }
    }
}

impl From<Page> for Answer {
    fn from(page: Page) -> Self {
        Self::Page(Box::new(page))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_next_is_within_the_console() {
        let next = |to: &str| match Answer::done("/console/a", "saved", &[]).next("playground-open", to) {
            Answer::SeeOther { notice, .. } => notice.and_then(|notice| notice.next).map(|(_, to)| to),
            Answer::Page(_) | Answer::File(_) => None,
        };
        assert_eq!(next("/console/a/users?q=b").as_deref(), Some("/console/a/users?q=b"));
        for elsewhere in ["https://evil.example", "//evil.example", "/s/a/login", "/console/../s/a", "javascript:x"] {
            assert_eq!(next(elsewhere), None, "{elsewhere}");
        }
    }
}
