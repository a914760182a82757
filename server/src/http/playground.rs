//! Where the answer to a run of the console's playground arrives: the redirect URI that only such a run may
//! use.

use app::error_page::Fault;
use app::visit::PageError;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;
use oidc::params::Params;
use service::console::playground::{self, Landing};
use service::{Actor, Error, console_session};

use super::render;
use super::site::Site;
use super::visit::Context;

/// The one route.
pub fn routes() -> Router<Site> {
    Router::new().route("/console/playground/callback", get(finish))
}

/// The address holds a code, so it leads on to no sign-in that would carry it along: somebody without a
/// console session hears the same as somebody whose run it is not.
async fn finish(State(site): State<Site>, request: Request) -> Response {
    let context = Context::of(&request);
    let params = Params::from_urlencoded(request.uri().query().unwrap_or_default().as_bytes());
    let landed = match params {
        Ok(params) => land(&site, &context, &params).await,
        Err(_) => Err(Error::NotFound),
    };
    match landed {
        Ok(Landing { slug, application_id, run_id }) => {
            render::see_other(&format!("/console/{slug}/applications/{application_id}/playground/{run_id}"))
        }
        Err(Error::NotFound) => render::fault(&site, &context, Fault::Playground, None),
        Err(error) => render::page_error(&site, &context, &PageError::Service(error)),
    }
}

async fn land(site: &Site, context: &Context, params: &Params) -> service::Result<Landing> {
    let cookie = context.jar.get(&site.cookies.console()).ok_or(Error::NotFound)?;
    let admin = console_session::authenticate(&site.ctx, cookie).await?.ok_or(Error::NotFound)?;
    playground::finish(&site.ctx, &Actor::Admin(admin), params).await
}
