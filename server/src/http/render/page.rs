//! HTML: a page with its policy and cookies, a redirect with its notice, and errors as pages.

use app::Rendered;
use app::error_page::{Fault, Trace, error_page};
use app::visit::{Answer, CookieChange, File, Notice, Page, PageError, PageResult, Visit};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFRESH, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use model::local_path;

use super::csp::Policy;
use super::status;
use crate::http::console_session::sign_in_path;
use crate::http::cookies;
use crate::http::notice;
use crate::http::site::Site;
use crate::http::visit::Context;

/// What a page function answered.
pub fn page_result(site: &Site, context: &Context, method: &Method, result: PageResult) -> Response {
    match result {
        Ok(Answer::Page(answer)) => page(site, context, *answer),
        Ok(Answer::SeeOther { to, notice, cookies }) => see_other(site, context, &to, notice, &cookies),
        Ok(Answer::File(answer)) => file(answer),
        // Not after a POST: what was typed would be lost without a word.
        Err(PageError::SignIn) if method == Method::GET || method == Method::HEAD => {
            super::see_other(&sign_in_path(&context.arrival.here))
        }
        Err(error) => page_error(site, context, &error),
    }
}

/// A page, complete before its status is sent.
pub fn page(site: &Site, context: &Context, page: Page) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (changes, form_action, islands) = (page.cookies.clone(), page.form_action.clone(), page.islands);
    let (retry_after, script_hash) = (page.retry_after, page.self_submitting.then(|| site.form_post_hash.as_str()));
    let (frame_src, goes_on) = (page.frame_src.clone(), page.goes_on.clone());
    let here = local_path::within("", &context.arrival.here).map(str::to_owned);
    let Rendered { html, nonce } = app::render(Page { here, ..page }, context.locale, &site.assets);
    let policy = Policy { nonce: &nonce, islands, script_hash, form_action: &form_action, frame_src: &frame_src };
    let html_type = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = (status, [(CONTENT_TYPE, html_type)], html).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(policy.header()) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if let Some(seconds) = retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    // Not as a meta element: the address would stand in the page, to be escaped once more.
    if let Some((seconds, to)) = goes_on
        && let Ok(refresh) = HeaderValue::try_from(format!("{seconds}; url={to}"))
    {
        headers.insert(REFRESH, refresh);
    }
    cookies::set(headers, site.cookies, &context.jar, &changes);
    if notice::open(&site.ctx, site.cookies, &context.jar, &context.arrival.here).is_some() {
        notice::clear(site.cookies, headers);
    }
    response
}

/// A download: the browser saves it, whatever is in it. Pages already say `nosniff` and `no-store`.
fn file(file: File) -> Response {
    let File { name, kind, text } = file;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    // RFC 6266; the names are ours.
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

fn see_other(site: &Site, context: &Context, to: &str, notice: Option<Notice>, changes: &[CookieChange]) -> Response {
    let mut response = super::see_other(to);
    cookies::set(response.headers_mut(), site.cookies, &context.jar, changes);
    let sent = notice.map(|notice| notice::send(&site.ctx, site.cookies, response.headers_mut(), to, notice));
    match sent {
        // The page may have made a secret that nobody would see.
        Some(Err(error)) => page_error(site, context, &PageError::Service(error)),
        Some(Ok(())) | None => response,
    }
}

/// An error as a page.
pub fn page_error(site: &Site, context: &Context, error: &PageError) -> Response {
    if let PageError::Service(error) = error {
        status::log(error);
    }
    fault(site, context, Fault::of_page(error), None)
}

/// An error on the console, within its frame where the administrator is known and can still be shown
/// around.
pub async fn console_error(site: &Site, context: &Context, visit: &Visit, error: &PageError) -> Response {
    let problem = Fault::of_page(error);
    if visit.admin.is_none() || problem.status() >= 429 {
        return page_error(site, context, error);
    }
    if let PageError::Service(error) = error {
        status::log(error);
    }
    let answer = app::console::failed::page(visit, problem, trace(context)).await;
    page_result(site, context, &Method::GET, Ok(answer))
}

fn trace(context: &Context) -> Trace {
    Trace::Request(context.arrival.id.clone())
}

/// An error that HTTP has a status of its own for.
pub fn error(site: &Site, context: &Context, status: StatusCode, problem: Fault) -> Response {
    let mut response = fault(site, context, problem, None);
    *response.status_mut() = status;
    response
}

/// What went wrong, with the reference that leads to the log: the request's id, unless there is another.
pub fn fault(site: &Site, context: &Context, problem: Fault, reference: Option<&str>) -> Response {
    let home = match problem {
        Fault::SignIn | Fault::ConsoleSignIn => Some(sign_in_path("/console")),
        Fault::OtherHost(ref url) => Some(format!("{url}/console")),
        _ => context.home(),
    };
    let trace = reference.map_or_else(|| trace(context), |reference| Trace::Reference(reference.to_owned()));
    let shown = error_page(problem, context.locale, context.brand.clone(), Some(trace), home);
    page(site, context, shown)
}
