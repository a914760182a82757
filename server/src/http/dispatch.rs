//! Sends a request to the router of its place.

use std::convert::Infallible;

use app::error_page::Fault;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use tower::ServiceExt;

use super::address::{self, Place, Tenancy};
use super::site::Site;
use super::visit::Context;
use super::{assets, health, limits, logo, oauth, pages, render, security_headers, server_functions};

/// One router for each kind of place.
pub struct Dispatch {
    site: Site,
    operations: Router,
    console: Router,
    tenant: Router,
    issuer_host: Router,
}

impl Dispatch {
    /// With everything that there is.
    pub fn new(site: &Site) -> Self {
        let told = from_fn_with_state((site.clone(), site.max_body), limits::bodies);
        let console = pages::console(site).merge(server_functions::routes(site)).merge(assets::routes());
        let console = console.layer(told).merge(pages::uploads(site));
        let tenant = pages::end_user(site).merge(oauth::routes(site)).merge(logo::routes(site));
        Self {
            operations: health::routes().with_state(site.clone()),
            console: console.fallback(pages::not_found).with_state(site.clone()),
            tenant: tenant.fallback(pages::not_found).with_state(site.clone()),
            issuer_host: assets::routes().fallback(pages::not_found).with_state(site.clone()),
            site: site.clone(),
        }
    }

    /// Answers a request.
    pub async fn answer(&self, request: Request) -> Response {
        // Operations answer on any host.
        if health::is_asked(&request) {
            return within(&self.operations, request).await;
        }
        let Some(host) = address::host(&request) else {
            return render::plain(StatusCode::BAD_REQUEST, "A request names one host, in one Host header.\n");
        };
        match self.site.addresses.locate(host, request.uri().path()) {
            Place::Console => within(&self.console, request).await,
            Place::IssuerHost => within(&self.issuer_host, request).await,
            Place::Tenant(tenancy) => self.tenant(tenancy, request).await,
            // RFC 9110 section 15.5.20.
            Place::Unknown => {
                let mut response = other_host(&self.site, &request);
                response.headers_mut().insert("cache-control", HeaderValue::from_static("no-store"));
                response
            }
        }
    }

    /// Bodies are limited here and not by a layer of the router, which would be made anew for each request to the endpoints
    /// that are asked most.
    async fn tenant(&self, tenancy: Tenancy, mut request: Request) -> Response {
        let Some(uri) = address::inside(&tenancy.rest, request.uri()) else {
            return render::plain(StatusCode::BAD_REQUEST, "The address cannot be read.\n");
        };
        *request.uri_mut() = uri;
        request.extensions_mut().insert(tenancy);
        let most = self.site.max_body;
        open_in_a_window(match limits::refuse_body(&self.site, most, &request) {
            Some(refused) => refused,
            None => within(&self.tenant, limits::count_body(most, request)).await,
        })
    }
}

async fn within(router: &Router, request: Request) -> Response {
    let answered: Result<Response, Infallible> = router.clone().oneshot(request).await;
    match answered {
        Ok(response) => response,
        Err(never) => match never {},
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
