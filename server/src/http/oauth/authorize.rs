//! The authorization endpoint (RFC 6749 section 3.1), and the way on from a stored request.

use app::end_user;
use app::visit::PageError;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use oidc::error::OAuthError;
use oidc::params::Params;
use service::flow::{self, Authorized, Next};

use super::subscription::Visited;
use crate::http::form;
use crate::http::render;
use crate::http::site::Site;
use crate::http::visit::{self, Context};

/// Goes on with a request that is stored.
pub const CONTINUE: &str = "/continue";

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
    let params = match form::bytes(request).await {
        Ok(bytes) => Params::from_urlencoded(&bytes),
        Err(unreadable) => return render::error(&site, &context, unreadable.status(), &PageError::BadRequest),
    };
    let params = match params {
        Ok(params) => params,
        Err(error) => return malformed(&site, &context, error),
    };
    let client = &subscription.arrival.client;
    answer(&site, &context, flow::authorize_posted(&site.ctx, &subscription.snap, &params, client).await)
}

/// `?i=` names the stored request.
pub async fn resumed(State(site): State<Site>, visited: Visited, request: Request) -> Response {
    let Visited { subscription, context } = visited;
    let query = visit::query(request.uri()).unwrap_or_default();
    let handle = query.get("i").unwrap_or_default();
    let next = flow::resume(&site.ctx, &subscription.snap, handle, context.session(&site)).await;
    answer(&site, &context, next.map(Authorized::Next))
}

fn answer(site: &Site, context: &Context, done: service::Result<Authorized>) -> Response {
    match done {
        Ok(Authorized::Next(next)) => go_on(site, context, next),
        Ok(Authorized::Refused { error, reference }) => {
            render::page(site, context, end_user::refused(context.locale, &error, &reference))
        }
        Err(error) => render::page_error(site, context, &PageError::Service(error)),
    }
}

fn go_on(site: &Site, context: &Context, next: Next) -> Response {
    render::page_result(site, context, &Method::GET, Ok(end_user::go_on(next, context.base())))
}

/// Not even readable, so there is no application to tell.
fn malformed(site: &Site, context: &Context, error: OAuthError) -> Response {
    let refused = oidc::authorize::PageError::Malformed(error);
    let mut response = render::page(site, context, end_user::refused(context.locale, &refused, &context.arrival.id));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}
