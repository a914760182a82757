//! The authorization endpoint (RFC 6749 section 3.1).

use app::end_user;
use app::error_page::Fault;
use app::language;
use app::visit::PageError;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use oidc::authorize;
use oidc::error::OAuthError;
use oidc::params::Params;
use service::flow::{self, Authorized};

use super::subscription::Visited;
use crate::http::form;
use crate::http::render;
use crate::http::site::Site;
use crate::http::visit::Context;

/// A request in the query.
pub async fn asked(State(site): State<Site>, visited: Visited, request: Request) -> Response {
    let Visited { subscription, context } = visited;
    let params = match Params::from_urlencoded(request.uri().query().unwrap_or_default().as_bytes()) {
        Ok(params) => params,
        Err(error) => return malformed(&site, &context, error),
    };
    let client = &subscription.arrival.client;
    let cookie = context.session(&site);
    let done = flow::authorize(&site.ctx, &subscription.snap, &params, cookie, client).await;
    answer(&site, &context, done)
}

/// A request in a body: another site's form, with which browsers send no cookie of ours. So no session
/// is read before a GET of our own.
pub async fn posted(State(site): State<Site>, visited: Visited, request: Request) -> Response {
    let Visited { subscription, context } = visited;
    let bytes = match form::bytes(request).await {
        Ok(bytes) => bytes,
        Err(unreadable) => return render::error(&site, &context, unreadable.status(), Fault::BadRequest),
    };
    let params = match Params::from_urlencoded(&bytes) {
        Ok(params) => params,
        Err(error) => return malformed(&site, &context, error),
    };
    let client = &subscription.arrival.client;
    let done = flow::authorize_posted(&site.ctx, &subscription.snap, &params, client).await;
    answer(&site, &context, done)
}

fn answer(site: &Site, context: &Context, done: service::Result<Authorized>) -> Response {
    match done {
        Ok(Authorized::Next { next, ui_locales }) => {
            let asked = language::asked(ui_locales.as_deref());
            let answer = end_user::answer(next, context.slug(), context.base(), asked.unwrap_or(context.locale), asked);
            render::page_result(site, context, &Method::GET, Ok(answer))
        }
        Ok(Authorized::Refused { error, reference }) => refused(site, context, &error, reference.as_deref()),
        Err(error) => render::page_error(site, context, &PageError::Service(error)),
    }
}

/// Not even readable, so there is no application to tell.
fn malformed(site: &Site, context: &Context, error: OAuthError) -> Response {
    refused(site, context, &authorize::PageError::Malformed(error), None)
}

/// Never a redirect (docs/security.md 2). The reference leads to what was wrong, character by character.
fn refused(site: &Site, context: &Context, error: &authorize::PageError, reference: Option<&str>) -> Response {
    render::fault(site, context, Fault::Authorization(error.code()), reference)
}
