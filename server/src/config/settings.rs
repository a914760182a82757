//! Settings once they are checked.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::HeaderName;
use model::issuer::IssuerTemplate;
use oidc::certificate::Support;
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
    /// Certificate chain and key of the server, in PEM files; without them it speaks HTTP.
    pub tls: Option<TlsFiles>,
    /// PEM file with the authorities that vouch for clients; with it, clients are asked for certificates.
    pub tls_client_ca: Option<PathBuf>,
    /// Header in which a trusted proxy tells the certificate of a client (RFC 9440).
    pub tls_client_cert_header: Option<HeaderName>,
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

/// What the server proves itself with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// Its certificate, then those between it and an authority.
    pub cert: PathBuf,
    /// Its private key.
    pub key: PathBuf,
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
    /// What it learns of clients' certificates: by the handshake, or from a proxy.
    fn client_certificates(&self) -> Support {
        let (authorities, header) = (self.tls_client_ca.is_some(), self.tls_client_cert_header.is_some());
        match (authorities, header || self.tls.is_some()) {
            (true, true) => Support::Authorities,
            _ if header => Support::SelfSigned,
            _ => Support::None,
        }
    }

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
            client_certificates: self.client_certificates(),
            limits: self.limits,
        }
    }
}
