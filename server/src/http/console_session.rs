//! The console as an application of the built-in subscription: off to sign in, and back.

use app::error_page::Fault;
use app::visit::PageError;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;
use service::console_session;

use super::cookies::Seconds;
use super::render;
use super::site::Site;
use super::visit::{self, Context};

/// Where a sign-in to the console begins.
pub const SIGN_IN: &str = "/console/sign-in";

/// An administrator may take this long to sign in.
const SIGN_IN_COOKIE: Seconds = Seconds(3_600);

/// Both halves.
pub fn routes() -> Router<Site> {
    Router::new().route(SIGN_IN, get(begin)).route("/console/callback", get(finish))
}

/// The address of [`SIGN_IN`] that leads back to `here`.
pub fn sign_in_path(here: &str) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("to", here).finish();
    format!("{SIGN_IN}?{query}")
}

async fn begin(State(site): State<Site>, request: Request) -> Response {
    let query = visit::query(request.uri()).unwrap_or_default();
    let context = Context::of(&request);
    let stale = context.jar.get(&site.cookies.console()).is_some();
    match console_session::begin(&site.ctx, query.get("to").unwrap_or_default(), stale) {
        Ok(begun) => {
            let mut response = render::see_other(&begun.url);
            let name = site.cookies.console_sign_in();
            site.cookies.write(response.headers_mut(), &name, Some(&begun.cookie), Some(SIGN_IN_COOKIE));
            response
        }
        Err(error) => render::page_error(&site, &context, &PageError::Service(error)),
    }
}

async fn finish(State(site): State<Site>, request: Request) -> Response {
    let context = Context::of(&request);
    let names = site.cookies;
    let query = visit::query(request.uri()).unwrap_or_default();
    let begun = context.jar.get(&names.console_sign_in());
    match console_session::finish(&site.ctx, &query, begun).await {
        Ok(finished) => {
            let mut response = render::see_other(&finished.return_to);
            names.write(response.headers_mut(), &names.console(), Some(&finished.cookie), None);
            names.write(response.headers_mut(), &names.console_sign_in(), None, None);
            response
        }
        // Begun elsewhere, too long ago, or refused: begin again.
        Err(service::Error::Invalid(_)) => render::fault(&site, &context, Fault::ConsoleSignIn, None),
        Err(error) => render::page_error(&site, &context, &PageError::Service(error)),
    }
}
