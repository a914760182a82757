//! Mounts the tables of `app::routes`: one way from a request to a page, for all of them.

use std::collections::BTreeMap;

use app::routes::{self, Route};
use app::visit::{Answer, PageError, PageResult, Visit};
use app::Guard;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get};

use super::form::{self, Unreadable};
use super::site::Site;
use super::visit::{self, Context};
use super::{console_session, csrf, render};

type Variables = Result<Path<BTreeMap<String, String>>, axum::extract::rejection::PathRejection>;

/// The console's pages.
pub fn console(site: &Site) -> Router<Site> {
    mount(site, routes::console()).merge(console_session::routes())
}

/// The pages inside an issuer.
pub fn end_user(site: &Site) -> Router<Site> {
    mount(site, routes::end_user())
}

fn mount(site: &Site, routes: Vec<Route>) -> Router<Site> {
    let router = routes.into_iter().fold(Router::new(), |router, route| router.route(route.path, method_router(&route)));
    router.route_layer(from_fn_with_state(site.clone(), csrf::check))
}

fn method_router(route: &Route) -> MethodRouter<Site> {
    let (shown, posted) = (route.clone(), route.clone());
    let shows = get(move |State(site): State<Site>, variables: Variables, request: Request| async move {
        answer(&site, &shown, variables, request).await
    });
    let router = match posted.submit {
        None => shows,
        Some(_) => shows.post(move |State(site): State<Site>, variables: Variables, request: Request| async move {
            answer(&site, &posted, variables, request).await
        }),
    };
    router.fallback(wrong_method)
}

/// One page, from request to response.
async fn answer(site: &Site, route: &Route, variables: Variables, request: Request) -> Response {
    let context = Context::of(&request);
    let method = request.method().clone();
    let result = run(site, route, &context, variables, request).await;
    match result {
        Ok(result) => render::page_result(site, &context, &method, result),
        Err(unreadable) => unreadable_page(site, &context, unreadable),
    }
}

async fn run(
    site: &Site,
    route: &Route,
    context: &Context,
    variables: Variables,
    request: Request,
) -> Result<PageResult, Unreadable> {
    let Ok(Path(variables)) = variables else { return Err(Unreadable::Malformed) };
    if variables.values().any(|value| value.contains('\0')) {
        return Err(Unreadable::Malformed);
    }
    let mut visit = visit::read(site, context, &request, variables)?;
    if route.guard == Guard::Administrator {
        match signed_in(site, &visit).await {
            Ok(admin) => visit.admin = Some(admin),
            Err(error) => return Ok(Err(error)),
        }
    }
    match &route.submit {
        Some(submit) if request.method() == Method::POST => {
            let form = form::read(request).await?;
            Ok(submit(visit, form).await)
        }
        _ => Ok((route.show)(visit).await),
    }
}

async fn signed_in(site: &Site, visit: &Visit) -> Result<service::Admin, PageError> {
    let Some(cookie) = visit.cookies.get("console") else { return Err(PageError::SignIn) };
    let found = service::console_session::authenticate(&site.ctx, cookie).await?;
    found.ok_or(PageError::SignIn)
}

fn unreadable_page(site: &Site, context: &Context, unreadable: Unreadable) -> Response {
    render::error(site, context, unreadable.status(), &PageError::BadRequest)
}

/// There is no such page.
pub async fn not_found(State(site): State<Site>, request: Request) -> Response {
    let error = PageError::Service(service::Error::NotFound);
    render::page_result(&site, &Context::of(&request), request.method(), Err(error))
}

/// axum adds `Allow` (RFC 9110 section 15.5.6).
async fn wrong_method(State(site): State<Site>, request: Request) -> Response {
    render::error(&site, &Context::of(&request), StatusCode::METHOD_NOT_ALLOWED, &PageError::BadRequest)
}

/// A form that another site submitted.
pub fn cross_site(site: &Site, request: &Request) -> Response {
    let error = PageError::Service(service::Error::Forbidden);
    render::error(site, &Context::of(request), StatusCode::FORBIDDEN, &error)
}

/// An answer that is not a page function's.
pub fn render_answer(site: &Site, context: &Context, answer: Answer) -> Response {
    render::page_result(site, context, &Method::GET, Ok(answer))
}
