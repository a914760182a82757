//! The listener: HTTP/1.1 with limits on slow and large headers, and a graceful stop.
//!
//! HTTP/1.1 alone: without TLS no browser speaks anything else, and telling HTTP/2 apart would mean
//! waiting, without a limit, for the first bytes of a connection.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::config::HttpLimits;
use crate::http::arrival::Peer;

/// Bytes that are read before a request must be whole; `http::limits` is stricter.
const MAX_HEADERS: usize = 64 * 1024;
/// After an error that concerns the process, such as too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` returns, and then: nothing new is taken, what is under way gets its time.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>, limits: HttpLimits) {
    let connections = GracefulShutdown::new();
    let mut stop = Box::pin(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => spawn(stream, Peer(peer), &router, &connections, limits),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(limits.stop_timeout) => tracing::warn!("stopped with requests under way"),
    }
}

fn spawn(stream: TcpStream, peer: Peer, router: &Router, connections: &GracefulShutdown, limits: HttpLimits) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let service = router.clone().map_request(move |mut request: Request<_>| {
        request.extensions_mut().insert(peer);
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_buf_size(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection broke");
        }
    });
}
