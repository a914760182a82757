//! Settings once they are checked.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use model::issuer::IssuerTemplate;
use service::config::{Config, Limits};
use service::network::Networks;

use super::TrustedProxies;
use super::public_url::PublicUrl;

/// Everything the server was told.
#[derive(Clone)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// How browsers reach the console.
    pub public_url: PublicUrl,
    /// Makes issuers.
    pub issuer: IssuerTemplate,
    /// May hold a password: never logged.
    pub database_url: String,
    /// Made when absent.
    pub data_dir: PathBuf,
    /// Made on the first start.
    pub master_key_file: PathBuf,
    /// Who may say for whom they speak.
    pub trusted_proxies: TrustedProxies,
    /// Closed networks that requests of the server may reach.
    pub outgoing_networks: Networks,
    /// A filter of the crate tracing-subscriber.
    pub log: String,
    /// How a line of the log looks.
    pub log_format: LogFormat,
    /// Days for which the audit log keeps what people did.
    pub audit_days: i64,
    /// How often is too often.
    pub limits: Limits,
    /// Parallel Argon2 computations.
    pub hashing_slots: usize,
    /// How much and how slow is too much and too slow.
    pub http: HttpLimits,
}

/// Limits of the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpLimits {
    /// Bytes of a request body.
    pub max_body: usize,
    /// Until the headers must have come.
    pub header_timeout: Duration,
    /// Until the answer must begin.
    pub request_timeout: Duration,
    /// Between SIGTERM and the end of listening.
    pub stop_delay: Duration,
    /// For requests under way when the server stops.
    pub stop_timeout: Duration,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One object a line.
    Json,
}

impl Settings {
    /// What the use cases need of it.
    pub fn service_config(&self) -> Config {
        Config {
            public_url: self.public_url.as_str().to_owned(),
            issuer: self.issuer.clone(),
            secure_cookies: self.public_url.is_https(),
            hashing_slots: self.hashing_slots,
            data_dir: self.data_dir.clone(),
            audit_days: self.audit_days,
            outgoing_networks: self.outgoing_networks.clone(),
            limits: self.limits,
        }
    }
}
