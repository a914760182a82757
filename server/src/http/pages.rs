//! Mounts the tables of `app::routes`: one way from a request to a page, for all of them.

use std::collections::BTreeMap;

use app::Guard;
use app::error_page::Fault;
use app::routes::{self, Route};
use app::visit::{Answer, PageError, Visit};
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router};

use super::address::Tenancy;
use super::form::{self, Unreadable};
use super::site::Site;
use super::visit::{self, Context};
use super::{console_session, csrf, limits, playground, rate_limit, render};

/// Bytes of a form with files. What is beyond the limits of its fields is read and thrown away, up to
/// here.
const MAX_UPLOAD: usize = 8 * 1024 * 1024;

type Variables = Result<Path<BTreeMap<String, String>>, axum::extract::rejection::PathRejection>;

/// The console's pages.
pub fn console(site: &Site) -> Router<Site> {
    let start = get(|| async { render::see_other("/console") });
    let plain: Vec<Route> = routes::console().into_iter().filter(|route| route.uploads.is_none()).collect();
    mount(site, &plain).merge(console_session::routes()).merge(playground::routes()).route("/", start)
}

/// The console's pages whose forms hold files. Who is not signed in is turned away before the body is
/// read.
pub fn uploads(site: &Site) -> Router<Site> {
    let table: Vec<Route> = routes::console().into_iter().filter(|route| route.uploads.is_some()).collect();
    let most = MAX_UPLOAD.max(site.max_body);
    mount(site, &table).layer(from_fn_with_state((site.clone(), most), limits::bodies))
}

/// The pages inside an issuer.
pub fn end_user(site: &Site) -> Router<Site> {
    let start = get(|Extension(tenancy): Extension<Tenancy>| async move {
        render::see_other(&format!("{}/account", tenancy.base))
    });
    let pages = mount(site, &routes::end_user());
    pages.route_layer(from_fn_with_state(site.clone(), rate_limit::pages)).route("/", start)
}

fn mount(site: &Site, table: &[Route]) -> Router<Site> {
    let mounted = table.iter().fold(Router::new(), |router, route| router.route(route.path, method_router(route)));
    mounted.route_layer(from_fn_with_state(site.clone(), csrf::check))
}

fn method_router(route: &Route) -> MethodRouter<Site> {
    let page = route.clone();
    let handler = move |State(site): State<Site>, variables: Variables, request: Request| async move {
        answer(&site, &page, variables, request).await
    };
    let methods = get(handler.clone());
    let methods = if route.submit.is_some() { methods.post(handler) } else { methods };
    methods.fallback(wrong_method)
}

/// What a page answered; an error on a console page with the visit, to be shown in the console's frame.
type Ran = Result<Answer, (Option<Visit>, PageError)>;

/// One page, from request to response.
async fn answer(site: &Site, route: &Route, variables: Variables, request: Request) -> Response {
    let mut context = Context::of(&request);
    let method = request.method().clone();
    let result = run(site, route, &context, variables, request).await;
    if !matches!(result, Ok(Ok(_))) {
        context.find_brand(site).await;
    }
    match result {
        // Somebody who has to sign in again is sent there.
        Ok(Err((Some(visit), error))) => render::console_error(site, &context, &visit, &error).await,
        Ok(Err((None, error))) => render::page_result(site, &context, &method, Err(error)),
        Ok(Ok(answer)) => render::page_result(site, &context, &method, Ok(answer)),
        Err(Unreadable::TooLarge) => render::fault(site, &context, Fault::TooLarge, None),
        Err(unreadable) => render::error(site, &context, unreadable.status(), Fault::BadRequest),
    }
}

async fn run(
    site: &Site,
    route: &Route,
    context: &Context,
    variables: Variables,
    request: Request,
) -> Result<Ran, Unreadable> {
    let Ok(Path(variables)) = variables else { return Err(Unreadable::Malformed) };
    if variables.values().any(|value| value.contains('\0')) {
        return Err(Unreadable::Malformed);
    }
    let mut visit = visit::read(site, context, &request, variables)?;
    if route.guard == Guard::Administrator {
        match signed_in(site, &visit).await {
            Ok(admin) => visit.admin = Some(admin),
            Err(error) => return Ok(Err((None, error))),
        }
    }
    let known = visit.admin.is_some().then(|| visit.clone());
    let result = match &route.submit {
        Some(submit) if request.method() == Method::POST => {
            let form = match &route.uploads {
                None => form::read(request).await?,
                Some(uploads) => {
                    let (form, files) = form::read_with_files(request, uploads, site.max_body).await?;
                    visit.files = files;
                    form
                }
            };
            submit(visit, form).await
        }
        _ => (route.show)(visit).await,
    };
    Ok(result.map_err(|error| (known.filter(|_| !matches!(error, PageError::SignIn)), error)))
}

async fn signed_in(site: &Site, visit: &Visit) -> Result<service::Admin, PageError> {
    let Some(cookie) = visit.cookies.get("console") else { return Err(PageError::SignIn) };
    let found = service::console_session::authenticate(&site.ctx, cookie).await?;
    found.ok_or(PageError::SignIn)
}

/// There is no such page.
pub async fn not_found(State(site): State<Site>, request: Request) -> Response {
    let mut context = Context::of(&request);
    if let Some(mut visit) = in_console(&site, &context, &request)
        && let Ok(admin) = signed_in(&site, &visit).await
    {
        visit.admin = Some(admin);
        return render::console_error(&site, &context, &visit, &service::Error::NotFound.into()).await;
    }
    context.find_brand(&site).await;
    render::fault(&site, &context, Fault::NotFound, None)
}

/// A visit to no page below the console.
fn in_console(site: &Site, context: &Context, request: &Request) -> Option<Visit> {
    let below = request.uri().path().strip_prefix("/console/").filter(|_| context.tenancy.is_none())?;
    let slug = below.split('/').next().unwrap_or_default().to_owned();
    visit::read(site, context, request, BTreeMap::from([("slug".to_owned(), slug)])).ok()
}

/// axum adds `Allow` (RFC 9110 section 15.5.6).
async fn wrong_method(State(site): State<Site>, request: Request) -> Response {
    render::error(&site, &Context::of(&request), StatusCode::METHOD_NOT_ALLOWED, Fault::BadRequest)
}

/// A form that another site submitted.
pub fn cross_site(site: &Site, request: &Request) -> Response {
    render::fault(site, &Context::of(request), Fault::CrossSite, None)
}
