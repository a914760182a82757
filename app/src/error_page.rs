//! Pages for what went wrong. Nothing internal is on them; a short reference leads to the log.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use model::FieldErrors;
use service::error::{Error, Usage};

use crate::end_user::Brand;
use crate::end_user::brand::{BrandFooter, BrandHeader};
use crate::form::summary::usage;
use crate::i18n::{Locale, locale};
use crate::visit::{Page, PageError};
use crate::{say, tr};

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 404.
    NotFound,
    /// 403.
    Forbidden,
    /// 403: the subscription, of this name, is disabled.
    OutOfUse(String),
    /// 400.
    BadRequest,
    /// 409: somebody else was faster.
    Changed,
    /// 409: these refer to it.
    InUse(Vec<Usage>),
    /// 422, on a page without the form.
    Invalid(FieldErrors),
    /// 429: seconds to wait.
    TooMany(i64),
    /// 503.
    Unavailable,
    /// 500.
    Internal,
    /// 400: an authorization request that must not be answered by a redirect. The code is that of
    /// `oidc::authorize::PageError`.
    Authorization(&'static str),
    /// The console's own sign-in did not come to an end.
    ConsoleSignIn,
    /// 403: the browser did not vouch that a form came from a page of ours.
    CrossSite,
    /// 413.
    TooLarge,
    /// 421: asked for under another name than the public URL, which this is.
    OtherHost(String),
    /// 401: a form was submitted after the console session had ended.
    SignIn,
    /// 400: the answer to a run of the playground that is not its reader's.
    Playground,
}

impl Fault {
    /// What an error of a use case is to its reader.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Forbidden => Self::Forbidden,
            Error::OutOfUse { name } => Self::OutOfUse(name.clone()),
            Error::Invalid(errors) => Self::Invalid(errors.clone()),
            Error::Changed => Self::Changed,
            Error::InUse(users) => Self::InUse(users.clone()),
            Error::TooManyRequests { retry_after } => Self::TooMany(*retry_after),
            Error::Unavailable(_) => Self::Unavailable,
            Error::Internal(_) => Self::Internal,
        }
    }

    /// The same for a page.
    pub fn of_page(error: &PageError) -> Self {
        match error {
            PageError::Service(error) => Self::of(error),
            PageError::BadRequest => Self::BadRequest,
            PageError::SignIn => Self::SignIn,
        }
    }

    /// Status of the page.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignIn => 401,
            Self::NotFound => 404,
            Self::Forbidden | Self::OutOfUse(_) | Self::CrossSite => 403,
            Self::BadRequest | Self::Authorization(_) | Self::ConsoleSignIn | Self::Playground => 400,
            Self::Changed | Self::InUse(_) => 409,
            Self::Invalid(_) => 422,
            Self::TooLarge => 413,
            Self::OtherHost(_) => 421,
            Self::TooMany(_) => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }

    /// What to say about it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::NotFound => tr!("error-not-found-text"),
            Self::Forbidden => tr!("error-forbidden-text"),
            Self::OutOfUse(_) => tr!("authorization-disabled-subscription"),
            Self::BadRequest => tr!("error-bad-request-text"),
            Self::Changed => tr!("error-changed-text"),
            Self::InUse(_) => tr!("form-in-use-text"),
            Self::Invalid(_) => tr!("error-invalid-text"),
            Self::TooMany(seconds) => tr!("form-too-many-text", seconds = *seconds),
            Self::Unavailable => tr!("error-unavailable-text"),
            Self::Internal => tr!("error-internal-text"),
            Self::Authorization(code) => tr!(&format!("authorization-{code}")),
            Self::ConsoleSignIn => tr!("problem-console-sign-in"),
            Self::CrossSite => tr!("error-cross-site-text"),
            Self::SignIn => tr!("error-sign-in-text"),
            Self::TooLarge => tr!("error-too-large-text"),
            Self::OtherHost(url) => tr!("error-other-host-text", url = url.as_str()),
            Self::Playground => tr!("error-playground-text"),
        }
    }

    /// Where the way on leads, as its button says it.
    fn way_on(&self, brand: Option<&Brand>) -> String {
        match (self, brand) {
            (Self::SignIn | Self::ConsoleSignIn, _) => tr!("sign-in"),
            (Self::OtherHost(url), _) => tr!("error-other-host-go", url = url.as_str()),
            (_, Some(_)) => tr!("account-title"),
            (_, None) => tr!("error-back-to-console"),
        }
    }

    pub(crate) fn title(&self, locale: Locale) -> String {
        let title = match self {
            Self::NotFound => "error-not-found",
            Self::Forbidden => "error-forbidden",
            Self::OutOfUse(_) => "error-out-of-use",
            Self::BadRequest | Self::Invalid(_) => "error-bad-request",
            Self::Changed => "form-changed-title",
            Self::InUse(_) => "form-in-use-title",
            Self::TooMany(_) => "form-too-many-title",
            Self::Unavailable => "error-unavailable",
            Self::Internal => "error-internal",
            Self::Authorization(_) => "error-authorization",
            Self::ConsoleSignIn => "error-console-sign-in",
            Self::CrossSite => "error-cross-site",
            Self::SignIn => "error-sign-in",
            Self::TooLarge => "error-too-large",
            Self::OtherHost(_) => "error-other-host",
            Self::Playground => "error-playground",
        };
        say!(locale, title)
    }
}

/// By what the incident is found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trace {
    /// The reference of a refused request, which the console explains.
    Reference(String),
    /// The request's id, which stands in the server's log.
    Request(String),
}

/// The line that shows it.
pub(crate) fn trace_line(trace: Trace) -> AnyView {
    let (label, value) = match trace {
        Trace::Reference(value) => (tr!("error-reference"), value),
        Trace::Request(value) => (tr!("error-request"), value),
    };
    view! { <p class="muted">{label} " " <span class="id">{value}</span></p> }.into_any()
}

/// What there is to say besides the sentence.
pub(crate) fn details(fault: Fault) -> AnyView {
    let details = match fault {
        Fault::InUse(users) => users.iter().map(usage).collect(),
        Fault::Invalid(errors) => errors.0.iter().map(|e| locale().problem(&e.problem)).collect(),
        _ => Vec::new(),
    };
    let details = (!details.is_empty()).then(|| {
        let items = details.into_iter().map(|text: String| view! { <li>{text}</li> });
        view! { <ul class="plain-list">{items.collect_view()}</ul> }
    });
    details.into_any()
}

/// For a host whose style sheet does not load: it is another host's.
const BARE_STYLE: &str =
    "body{max-width:36rem;margin:10vh auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}";

/// The page. `brand` is the subscription's where there is one, `home` where the way on leads.
pub fn error_page(
    fault: Fault,
    locale: Locale,
    brand: Option<Brand>,
    trace: Option<Trace>,
    home: Option<String>,
) -> Page {
    let status = fault.status();
    let retry_after = match fault {
        Fault::TooMany(seconds) => Some(seconds),
        Fault::Unavailable => Some(5),
        _ => None,
    };
    // It cannot be asked for its name any more, and every way on leads back here.
    let (brand, home) = match &fault {
        Fault::OutOfUse(name) => (Some(Brand::named(name)), None),
        _ => (brand, home),
    };
    let mut title = fault.title(locale);
    if let Some(brand) = &brand {
        title = format!("{title} · {}", brand.name);
    }
    let accent = brand.as_ref().and_then(|brand| brand.accent.clone());
    let icon = brand.as_ref().and_then(Brand::icon);
    let page = Page::new(title, move || view(fault, brand, trace, home));
    Page { status, accent, icon, retry_after, ..page }
}

fn view(fault: Fault, brand: Option<Brand>, trace: Option<Trace>, home: Option<String>) -> impl IntoView {
    let text = fault.text();
    let title = fault.title(locale());
    let way_on = fault.way_on(brand.as_ref());
    let style = matches!(fault, Fault::OtherHost(_)).then(|| view! { <style nonce=use_nonce()>{BARE_STYLE}</style> });
    let details = details(fault);
    let reference = trace.map(trace_line);
    let home = home.map(|to| {
        view! {
            <p>
                <a class="btn btn-block" href=to>
                    {way_on}
                </a>
            </p>
        }
    });
    view! {
        {style}
        <main class="auth-shell" id="main">
            <div class="auth-card">
                <header>
                    {brand.clone().map(|brand| view! { <BrandHeader brand /> })}
                    <h1>{title}</h1>
                </header>
                <p>{text}</p>
                {details}
                {reference}
                {home}
            </div>
            {brand.map(|brand| view! { <BrandFooter brand /> })}
        </main>
    }
}
