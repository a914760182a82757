//! Why a request to somebody else's address did not succeed.

use std::net::IpAddr;
use std::time::Duration;

/// In words for the log, and by a code for people.
#[derive(Debug, thiserror::Error)]
pub enum OutgoingError {
    /// No address that is ever asked.
    #[error("{0}")]
    Url(&'static str),
    /// The name leads to nothing but addresses that are not to be reached.
    #[error("{address} is closed to requests of this server ({kind}); TESSERA_OUTGOING_NETWORKS opens networks")]
    Closed {
        /// The first of them.
        address: IpAddr,
        /// What it is: `private`, `loopback`, …
        kind: &'static str,
    },
    /// The name has no address.
    #[error("the name has no address: {0}")]
    Name(std::io::Error),
    /// None of its addresses lets itself be connected to.
    #[error("no connection: {0}")]
    Connection(std::io::Error),
    /// The certificate is not good for this name, or there is no TLS at all.
    #[error("TLS: {0}")]
    Tls(std::io::Error),
    /// What came is not HTTP, or broke off.
    #[error("no answer in HTTP: {0}")]
    Http(String),
    /// More than this many bytes.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// Not answered in this time.
    #[error("no answer within {} s", .0.as_secs())]
    TooSlow(Duration),
}

impl OutgoingError {
    /// A word for it that stays the same, for messages in any language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Url(_) => "url",
            Self::Closed { .. } => "closed",
            Self::Name(_) => "name",
            Self::Connection(_) => "connection",
            Self::Tls(_) => "tls",
            Self::Http(_) => "http",
            Self::TooLarge(_) => "too-large",
            Self::TooSlow(_) => "too-slow",
        }
    }
}
