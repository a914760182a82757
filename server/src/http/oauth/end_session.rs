//! The end session endpoint (OpenID Connect RP-Initiated Logout section 2).

use app::error_page::Fault;
use app::language;
use app::visit::PageError;
use axum::extract::{Request, State};
use axum::response::Response;
use oidc::error::OAuthError;
use oidc::params::Params;
use service::sign_out;

use super::subscription::Visited;
use crate::http::form;
use crate::http::render;
use crate::http::site::Site;

/// A request in the query.
pub async fn asked(State(site): State<Site>, visited: Visited, request: Request) -> Response {
    let params = Params::from_urlencoded(request.uri().query().unwrap_or_default().as_bytes());
    store(&site, &visited, params).await
}

/// A request in a body.
pub async fn posted(State(site): State<Site>, visited: Visited, request: Request) -> Response {
    match form::bytes(request).await {
        Ok(bytes) => store(&site, &visited, Params::from_urlencoded(&bytes)).await,
        Err(unreadable) => render::error(&site, &visited.context, unreadable.status(), Fault::BadRequest),
    }
}

/// Stored first: the session is read by the page that follows, which is same-site.
async fn store(site: &Site, visited: &Visited, params: Result<Params, OAuthError>) -> Response {
    let Visited { subscription, context } = visited;
    let Ok(params) = params else {
        return render::page_error(site, context, &PageError::BadRequest);
    };
    let asked = language::asked(params.get("ui_locales"));
    match sign_out::request(&site.ctx, &subscription.snap, &params).await {
        Ok(path) => render::see_other(&language::carry(format!("{}{path}", context.base()), asked)),
        Err(error) => render::page_error(site, context, &PageError::Service(error)),
    }
}
