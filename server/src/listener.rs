//! The listener: HTTP/1.1, over TLS where there is a certificate, with limits on slow handshakes and on slow and large
//! headers, and a graceful stop.
//!
//! HTTP/1.1 alone: without TLS no browser speaks anything else, and telling HTTP/2 apart would mean
//! waiting, without a limit, for the first bytes of a connection.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::config::HttpLimits;
use crate::http::arrival::Peer;
use crate::tls::{PeerCertificate, Tls};

/// Bytes that are read before a request must be whole; `http::limits` is stricter.
const MAX_HEADERS: usize = 64 * 1024;
/// After an error that concerns the process, such as too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` returns, and then: nothing new is taken, what is under way gets its time.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<Arc<Tls>>,
    stop: impl Future<Output = ()>,
    limits: HttpLimits,
) {
    let connections = GracefulShutdown::new();
    let mut stop = Box::pin(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Small answers go out at once.
                    let _ = stream.set_nodelay(true);
                    let (answering, watcher) = (Answering { router: router.clone(), limits }, connections.watcher());
                    match tls.clone() {
                        Some(tls) => drop(tokio::spawn(secured(stream, Peer(peer), tls, answering, watcher))),
                        None => drop(tokio::spawn(answering.answer(stream, Peer(peer), None, watcher))),
                    }
                }
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

/// The handshake, then as without it. Whoever does not come to its end in time is gone.
async fn secured(stream: TcpStream, peer: Peer, tls: Arc<Tls>, answering: Answering, watcher: Watcher) {
    let time = answering.limits.header_timeout;
    let stream = match tokio::time::timeout(time, tls.acceptor().accept(stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return tracing::debug!(%error, "a handshake failed"),
        Err(_) => return tracing::debug!("a handshake took too long"),
    };
    let certificate = tls.certificate(stream.get_ref().1.peer_certificates());
    answering.answer(stream, peer, certificate, watcher).await;
}

/// What answers a connection.
struct Answering {
    router: Router,
    limits: HttpLimits,
}

impl Answering {
    async fn answer<S>(self, stream: S, peer: Peer, certificate: Option<PeerCertificate>, watcher: Watcher)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = self.router.map_request(move |mut request: Request<_>| {
            request.extensions_mut().insert(peer);
            if let Some(certificate) = &certificate {
                request.extensions_mut().insert(certificate.clone());
            }
            request
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.header_timeout)
            .max_buf_size(MAX_HEADERS)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "a connection broke");
        }
    }
}
