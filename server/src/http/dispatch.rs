//! Sends a request to the router of its place.

use std::convert::Infallible;

use app::error_page::Fault;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use tower::{Service, ServiceExt, service_fn};
use tower_http::limit::RequestBodyLimitLayer;

use super::address::{self, Place};
use super::site::Site;
use super::visit::Context;
use super::{assets, limits, logo, oauth, pages, render, security_headers, server_functions};

/// One router for each kind of place.
#[derive(Clone)]
struct Routers {
    site: Site,
    console: Router,
    tenant: Router,
    issuer_host: Router,
}

/// Behind everything that concerns all requests.
pub fn service(
    site: &Site,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static {
    let limit = RequestBodyLimitLayer::new(site.max_body);
    let console = pages::console(site).merge(server_functions::routes(site)).merge(assets::routes());
    let told = from_fn_with_state((site.clone(), site.max_body), limits::announced);
    let console = console.layer(limit).layer(told.clone()).merge(pages::uploads(site));
    let tenant = pages::end_user(site).merge(oauth::routes(site)).merge(logo::routes(site)).layer(limit).layer(told);
    let routers = Routers {
        console: console.fallback(pages::not_found).with_state(site.clone()),
        tenant: tenant.fallback(pages::not_found).with_state(site.clone()),
        issuer_host: assets::routes().fallback(pages::not_found).with_state(site.clone()),
        site: site.clone(),
    };
    service_fn(move |request| dispatch(routers.clone(), request))
}

async fn dispatch(routers: Routers, mut request: Request) -> Result<Response, Infallible> {
    let Some(host) = address::host(&request) else {
        return Ok(render::plain(StatusCode::BAD_REQUEST, "A request names one host, in one Host header.\n"));
    };
    match routers.site.addresses.locate(host, request.uri().path()) {
        Place::Console => routers.console.oneshot(request).await,
        Place::IssuerHost => routers.issuer_host.oneshot(request).await,
        Place::Tenant(tenancy) => {
            let Some(uri) = address::inside(&tenancy.rest, request.uri()) else {
                return Ok(render::plain(StatusCode::BAD_REQUEST, "The address cannot be read.\n"));
            };
            *request.uri_mut() = uri;
            request.extensions_mut().insert(tenancy);
            routers.tenant.oneshot(request).await.map(open_in_a_window)
        }
        // RFC 9110 section 15.5.20.
        Place::Unknown => {
            let mut response = other_host(&routers.site, &request);
            response.headers_mut().insert("cache-control", HeaderValue::from_static("no-store"));
            Ok(response)
        }
    }
}

/// Names the configured address, to people as a page. Nothing of it comes from the request.
fn other_host(site: &Site, request: &Request) -> Response {
    if request.method() == Method::GET && render::wants_page(request) {
        let url = site.addresses.console_origin().to_owned();
        return render::fault(site, &Context::of(request), Fault::OtherHost(url), None);
    }
    render::plain(StatusCode::MISDIRECTED_REQUEST, "This server does not answer for this host.\n")
}

/// An application may open the sign-in in a window of its own and wait for that window's answer; with
/// a policy of its own the page would lose the way back to its opener.
fn open_in_a_window(mut response: Response) -> Response {
    let policy = HeaderValue::from_static("unsafe-none");
    response.headers_mut().entry(security_headers::OPENER_POLICY).or_insert(policy);
    response
}
