//! When to stop: SIGTERM from whoever runs the server, SIGINT from whoever sits before it.

use std::io;
use std::time::Duration;

use crate::http::Readiness;

/// Signals are caught from the moment this exists.
pub struct Stop {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Stop {
    /// Starts to catch them.
    ///
    /// # Errors
    /// The system's.
    pub fn catch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Returns when it is time to stop listening: `delay` after SIGTERM, so that load balancers see
    /// `/readyz` first, or at once after SIGINT.
    pub async fn wait(mut self, readiness: &Readiness, delay: Duration) {
        let delay = tokio::select! {
            _ = self.terminate.recv() => delay,
            _ = self.interrupt.recv() => Duration::ZERO,
        };
        tracing::info!("stopping");
        readiness.stop();
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Stop {
    /// Nothing to be done beforehand.
    ///
    /// # Errors
    /// None.
    pub fn catch() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Returns when somebody presses Ctrl C.
    pub async fn wait(self, readiness: &Readiness, _: Duration) {
        let _ = tokio::signal::ctrl_c().await;
        readiness.stop();
    }
}
