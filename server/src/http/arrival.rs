//! What comes first: every request gets an id, which its log lines and its response carry.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::Request;
use axum::http::header::USER_AGENT;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use oidc::certificate::Certificate;
use service::client::ClientInfo;
use service::random::Random;
use tracing::Instrument;

use super::cookies::CookieNames;
use super::site::Site;
use crate::tls::{Forwarded, PeerCertificate};

/// Header of the response.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest user agent that is kept, in characters.
const USER_AGENT_LENGTH: usize = 200;

/// The other end of the connection; put there by the listener.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// What is known of a request before anything is decided; in an `Arc`, an extension of every request.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Unique, no secret.
    pub id: String,
    /// Who is calling.
    pub client: ClientInfo,
    /// The same address, for limits.
    pub address: IpAddr,
    /// Path and query as they came.
    pub here: String,
    /// How our cookies are called.
    pub names: CookieNames,
    /// Of the client, if it has one.
    pub certificate: Option<Arc<Certificate>>,
}

/// Names the request, answers it, and writes one line about it. The line has the path, never the query.
pub async fn arrive<F>(site: &Site, mut request: Request, answer: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let began = monotonic();
    let arrival = Arc::new(Arrival::of(site, &request));
    let span = tracing::info_span!("request", id = %arrival.id);
    let method = request.method().clone();
    request.extensions_mut().insert(Arc::clone(&arrival));
    let run = async {
        let response = answer(request).await;
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (path, status) = (arrival.path(), response.status().as_u16());
        tracing::info!(%method, %path, status, ms, client = %arrival.address, "answered");
        response
    };
    let mut response = run.instrument(span).await;
    if let Ok(id) = HeaderValue::from_str(&arrival.id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

impl Arrival {
    /// That of a request.
    pub fn of_request(extensions: &Extensions) -> Arc<Self> {
        extensions.get().cloned().unwrap_or_else(|| Arc::new(Self::unknown()))
    }

    /// For a request that did not come through [`arrive`], as in a unit test.
    fn unknown() -> Self {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let client = ClientInfo { address: address.to_string(), user_agent: String::new() };
        Self { id: new_id(), client, address, here: "/".to_owned(), names: CookieNames::new(false), certificate: None }
    }

    fn of(site: &Site, request: &Request) -> Self {
        let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        let headers = request.headers();
        let forwarded: Vec<&str> = values(headers, "x-forwarded-for").collect();
        let address = site.proxies.client(peer, &forwarded);
        let user_agent = headers.get(USER_AGENT).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let user_agent = user_agent.unwrap_or_default();
        let user_agent = user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_LENGTH).collect();
        Self {
            id: new_id(),
            client: ClientInfo { address: address.to_string(), user_agent },
            address,
            names: site.cookies,
            certificate: certificate(site, request, peer),
            here: request.uri().path_and_query().map_or("/", |target| target.as_str()).to_owned(),
        }
    }

    /// Without the query.
    fn path(&self) -> &str {
        self.here.split_once('?').map_or(&self.here, |(path, _)| path)
    }
}

/// RFC 8705 section 6.5 leaves how a proxy tells of it to the two; a client that writes the header itself is told by
/// nobody.
fn certificate(site: &Site, request: &Request, peer: IpAddr) -> Option<Arc<Certificate>> {
    match &site.certificates {
        Some(told) if Forwarded::is_told_by(&site.proxies, peer) => told.certificate(request.headers()).map(Arc::new),
        _ => request.extensions().get::<PeerCertificate>().map(|peer| Arc::clone(&peer.0)),
    }
}

fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok())
}

/// Sixteen characters of this process and a count: unique over restarts and nodes, and cheap.
fn new_id() -> String {
    static PROCESS: OnceLock<String> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let process = PROCESS.get_or_init(|| service::crypto::hex(&Random::default().bytes::<8>().unwrap_or_default()));
    format!("{process}{:08x}", COUNT.fetch_add(1, Ordering::Relaxed))
}

fn monotonic() -> Instant {
    Instant::now()
}
