//! Settings the use cases need. Reading them from flags, environment and file is `server`'s work.

use std::path::PathBuf;

use model::issuer::IssuerTemplate;
use oidc::certificate::Support;
use url::Url;

use crate::network::Networks;

/// Validated settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// Without a slash at its end.
    pub public_url: String,
    /// Makes issuers.
    pub issuer: IssuerTemplate,
    /// Cookies carry `Secure` and the `__Host-` prefix; false on a http loopback public URL only.
    pub secure_cookies: bool,
    /// Parallel Argon2 computations.
    pub hashing_slots: usize,
    /// Folder for what the server keeps in files.
    pub data_dir: PathBuf,
    /// Days for which the audit log keeps what people did. Changes of configuration stay.
    pub audit_days: i64,
    /// Closed networks that the server's own requests may reach all the same.
    pub outgoing_networks: Networks,
    /// What it learns of clients' certificates.
    pub client_certificates: Support,
    /// Rate limits.
    pub limits: Limits,
}

impl Config {
    /// True for a slug whose issuer would stand at the console's own host, where nobody would find it.
    pub fn is_console_host(&self, slug: &str) -> bool {
        let host = |url: &str| Url::parse(url).ok().map(|url| (url.host_str().map(str::to_owned), url.port()));
        self.issuer.is_by_host() && host(&self.issuer.issuer(slug)) == host(&self.public_url)
    }
}

/// How often is too often.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Failed sign-ins of one user (all names together) before a pause.
    pub sign_in_failures_per_user: i64,
    /// Failed sign-ins from one address before a pause.
    pub sign_in_failures_per_address: i64,
    /// Seconds in which they are counted, and the longest pause.
    pub sign_in_window: i64,
    /// Registrations from one address in an hour.
    pub registrations_per_address: i64,
    /// Requests a second to the pages of end users from one network; 0 is no limit.
    pub page_requests_per_second: u32,
    /// Requests a second to the token endpoints from one address; 0 is no limit.
    pub token_requests_per_second: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in_failures_per_user: 10,
            sign_in_failures_per_address: 50,
            sign_in_window: 900,
            registrations_per_address: 30,
            page_requests_per_second: 50,
            token_requests_per_second: 0,
        }
    }
}
