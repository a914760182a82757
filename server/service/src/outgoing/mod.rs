//! Requests that the server makes to addresses which somebody else named: an application's keys, its
//! logout endpoint (docs/security.md 72).
//!
//! A connection is made by hand rather than by a client library, so that what is not here cannot
//! happen: no redirect is followed, no proxy is taken from the environment, no cookie is kept, and no
//! name is looked up a second time between the check of its addresses and the connection.

mod address;
mod connect;
mod error;
mod exchange;
mod target;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use crate::config::Config;
use crate::network::Networks;

pub use error::OutgoingError;
pub use exchange::Fetched;

use connect::Connector;
use target::Target;

/// What an answer may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of its body.
    pub size: usize,
    /// From the look-up of the name to the last byte.
    pub time: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { size: 64 * 1024, time: Duration::from_secs(5) }
    }
}

/// Which addresses may be reached.
#[derive(Clone, Debug, Default)]
struct Rules {
    /// The installation's own public URL is http on a loopback host: others on this machine may be reached, and
    /// without TLS.
    development: bool,
    /// What an operator opened of the networks that are closed.
    opened: Networks,
}

/// Makes requests. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Outgoing {
    rules: Arc<Rules>,
    connector: Connector,
}

impl Outgoing {
    /// By the installation's settings.
    ///
    /// # Errors
    /// When TLS cannot be set up, which the library rules out for what it is given here.
    pub fn new(config: &Config) -> crate::Result<Self> {
        // `secure_cookies` is false on a http loopback public URL only.
        let rules = Rules { development: !config.secure_cookies, opened: config.outgoing_networks.clone() };
        Ok(Self { rules: Arc::new(rules), connector: Connector::new()? })
    }

    /// Fetches a document: status (whatever it is; a redirect too is only a status), body, and for how long it
    /// may be kept.
    ///
    /// # Errors
    /// When the address is refused, nothing answers, or the answer is larger or slower than `bounds`.
    pub async fn get(&self, url: &str, bounds: Bounds) -> Result<Fetched, OutgoingError> {
        let target = Target::parse(url, &self.rules)?;
        within(bounds.time, async {
            let stream = self.connector.connect(&target, &self.rules).await?;
            exchange::get(stream, &target, bounds.size).await
        })
        .await
    }

    /// Posts a form; gives the status. The answer's body is not read.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn post_form(&self, url: &str, fields: &[(&str, &str)], bounds: Bounds) -> Result<u16, OutgoingError> {
        let target = Target::parse(url, &self.rules)?;
        within(bounds.time, async {
            let stream = self.connector.connect(&target, &self.rules).await?;
            exchange::post_form(stream, &target, fields).await
        })
        .await
    }

    /// Posts JSON with a bearer token; gives the status. The answer's body is not read.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn post_json(
        &self,
        url: &str,
        token: &str,
        body: &serde_json::Value,
        bounds: Bounds,
    ) -> Result<u16, OutgoingError> {
        let target = Target::parse(url, &self.rules)?;
        within(bounds.time, async {
            let stream = self.connector.connect(&target, &self.rules).await?;
            exchange::post_json(stream, &target, token, body).await
        })
        .await
    }
}

async fn within<T>(time: Duration, work: impl Future<Output = Result<T, OutgoingError>>) -> Result<T, OutgoingError> {
    tokio::time::timeout(time, work).await.unwrap_or(Err(OutgoingError::TooSlow(time)))
}
