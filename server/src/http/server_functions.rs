//! The console's server functions. Leptos checks neither session nor origin: this does.

use app::console::call::ConsoleCall;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::REFERER;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::get_server_fn_service;

use super::cookies::Jar;
use super::site::Site;
use super::{csrf, render};

/// All of them below one path.
pub fn routes(site: &Site) -> Router<Site> {
    Router::new().route("/api/console/{*name}", post(call)).route_layer(from_fn_with_state(site.clone(), csrf::check))
}

async fn call(State(site): State<Site>, request: Request) -> Response {
    let jar = Jar::read(request.headers());
    let admin = match jar.get(&site.cookies.console()) {
        Some(cookie) => service::console_session::authenticate(&site.ctx, cookie).await,
        None => Ok(None),
    };
    match admin {
        Ok(Some(admin)) => run(ConsoleCall { ctx: site.ctx.clone(), admin: Some(admin) }, request).await,
        Ok(None) => render::plain(StatusCode::UNAUTHORIZED, "Sign in to the console first.\n"),
        Err(error) => render::plain(render::service_status(&error), "The console cannot answer now.\n"),
    }
}

async fn run(call: ConsoleCall, mut request: Request) -> Response {
    // Asked here, since Leptos explains itself at length to whoever guesses names.
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return render::plain(StatusCode::NOT_FOUND, "There is no such function.\n");
    }
    // To a plain form Leptos answers with a redirect to where it says it came from.
    request.headers_mut().remove(REFERER);
    let provide = move || provide_context(call.clone());
    leptos_axum::handle_server_fns_with_context(provide, request).await.into_response()
}
