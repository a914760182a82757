//! `/healthz`: the process runs. `/readyz`: it can do its work, and is not about to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::render;
use super::site::Site;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the server wants new requests.
#[derive(Clone, Debug, Default)]
pub struct Readiness {
    stopping: Arc<AtomicBool>,
}

impl Readiness {
    /// From now on `/readyz` answers 503.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}

const HEALTHZ: &str = "/healthz";
const READYZ: &str = "/readyz";

/// True for a request to one of the two.
pub fn is_asked(request: &Request) -> bool {
    matches!(request.uri().path(), HEALTHZ | READYZ)
}

/// Both.
pub fn routes() -> Router<Site> {
    Router::new().route(HEALTHZ, get(healthz)).route(READYZ, get(readyz))
}

/// 200 as long as the process answers.
async fn healthz() -> Response {
    render::plain(StatusCode::OK, "ok\n")
}

/// 200 when the database answers and the server is not stopping.
async fn readyz(State(site): State<Site>) -> Response {
    if site.readiness.is_stopping() {
        return render::plain(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(PATIENCE, site.ctx.store.ping()).await {
        Ok(Ok(())) => render::plain(StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            render::plain(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
        Err(_) => render::plain(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer in time\n"),
    }
}
