//! Settings as somebody wrote them. This table is the list that `tessera serve --help` shows.

use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Deserializer};

/// A value as written: text, or in `tessera.toml` also a number, a boolean or a list of texts.
#[derive(Clone, PartialEq, Eq)]
pub struct Written(pub String);

impl From<&str> for Written {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a text, a number or a list of texts")]
        enum Toml {
            Text(String),
            Number(i64),
            List(Vec<String>),
        }
        Ok(Self(match Toml::deserialize(deserializer)? {
            Toml::Text(text) => text,
            Toml::Number(number) => number.to_string(),
            Toml::List(texts) => texts.join(","),
        }))
    }
}

macro_rules! settings {
    ($($key:ident = $variable:literal, $value:literal, $help:literal;)+) => {
        /// Every setting, each perhaps absent. Never printed: an address of a database holds a password.
        #[derive(Args, Clone, Default, Deserialize)]
        #[command(next_help_heading = "Settings (a flag, an environment variable or a key of tessera.toml)")]
        #[serde(deny_unknown_fields, default)]
        pub struct Given {
            $(
                #[doc = concat!("The setting of `", $variable, "`.")]
                #[arg(long, env = $variable, hide_env_values = true, value_name = $value, help = $help, value_parser = written)]
                pub $key: Option<Written>,
            )+
        }

        impl Given {
            /// These values, and where there is none, those of a weaker source. Empty is absent.
            #[must_use]
            pub fn or(self, weaker: Self) -> Self {
                let full = |value: &Written| !value.0.trim().is_empty();
                Self { $($key: self.$key.filter(full).or(weaker.$key.filter(full)),)+ }
            }
        }

        /// Key in the file and environment variable of every setting.
        pub const SETTINGS: &[(&str, &str)] = &[$((stringify!($key), $variable),)+];
    };
}

#[expect(clippy::unnecessary_wraps, reason = "the shape that clap asks for")]
fn written(text: &str) -> Result<Written, std::convert::Infallible> {
    Ok(Written(text.to_owned()))
}

settings! {
    listen = "TESSERA_LISTEN", "ADDRESS",
        "Address and port to listen on [default: 127.0.0.1:8080]";
    public_url = "TESSERA_PUBLIC_URL", "URL",
        "How browsers reach this server: https, or http for a loopback host [default: http://localhost:8080]";
    issuer = "TESSERA_ISSUER", "TEMPLATE",
        "Issuer of a subscription [default: {public_url}/s/{subscription}]";
    database_url = "TESSERA_DATABASE_URL", "URL",
        "Database: sqlite:PATH or postgres://… [default: sqlite:{data_dir}/tessera.db]";
    data_dir = "TESSERA_DATA_DIR", "FOLDER",
        "Folder for what the server keeps in files [default: data]";
    master_key_file = "TESSERA_MASTER_KEY_FILE", "FILE",
        "Key that seals secrets in the database; made on the first start [default: {data_dir}/master.key]";
    trusted_proxies = "TESSERA_TRUSTED_PROXIES", "NETWORKS",
        "Proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas [default: none]";
    tls_cert = "TESSERA_TLS_CERT", "FILE",
        "PEM file with the server's certificate chain; with tls_key, the server speaks HTTPS itself [default: none]";
    tls_key = "TESSERA_TLS_KEY", "FILE",
        "PEM file with the private key of that certificate [default: none]";
    tls_client_ca = "TESSERA_TLS_CLIENT_CA", "FILE",
        "PEM file with the authorities that vouch for applications' certificates (mutual TLS) [default: none]";
    tls_client_cert_header = "TESSERA_TLS_CLIENT_CERT_HEADER", "HEADER",
        "Header in which a trusted proxy tells the certificate of a client, as RFC 9440 has it: client-cert [default: none]";
    outgoing_networks = "TESSERA_OUTGOING_NETWORKS", "NETWORKS",
        "Private addresses or networks that the server's own requests may reach, separated by commas [default: none]";
    log = "TESSERA_LOG", "FILTER",
        "What to log: error, warn, info, debug, trace, or a filter such as info,sqlx=debug [default: info]";
    log_format = "TESSERA_LOG_FORMAT", "FORMAT",
        "text or json [default: text]";
    audit_days = "TESSERA_AUDIT_DAYS", "DAYS",
        "Days for which the audit log keeps sign-ins, refusals and edits of users [default: 365]";
    sign_in_failures_per_user = "TESSERA_SIGN_IN_FAILURES_PER_USER", "NUMBER",
        "Failed sign-ins of one user before a pause [default: 10]";
    sign_in_failures_per_address = "TESSERA_SIGN_IN_FAILURES_PER_ADDRESS", "NUMBER",
        "Failed sign-ins from one address before a pause [default: 50]";
    sign_in_window = "TESSERA_SIGN_IN_WINDOW", "SECONDS",
        "Seconds in which failed sign-ins are counted, and the longest pause [default: 900]";
    registrations_per_address = "TESSERA_REGISTRATIONS_PER_ADDRESS", "NUMBER",
        "Registrations from one address in an hour [default: 30]";
    page_requests_per_second = "TESSERA_PAGE_REQUESTS_PER_SECOND", "NUMBER",
        "Requests a second to the sign-in and account pages from one address, a posted form counting as ten; 0 is no limit [default: 50]";
    token_requests_per_second = "TESSERA_TOKEN_REQUESTS_PER_SECOND", "NUMBER",
        "Requests a second to the token endpoints from one address; 0 is no limit [default: 0]";
    hashing_slots = "TESSERA_HASHING_SLOTS", "NUMBER",
        "Password hashes computed at the same time, 19 MiB each [default: the number of processors]";
    max_body = "TESSERA_MAX_BODY", "BYTES",
        "Largest request body in bytes [default: 262144]";
    header_timeout = "TESSERA_HEADER_TIMEOUT", "SECONDS",
        "Seconds until the headers of a request must have come [default: 10]";
    request_timeout = "TESSERA_REQUEST_TIMEOUT", "SECONDS",
        "Seconds until a request, its body included, must be answered [default: 30]";
    stop_delay = "TESSERA_STOP_DELAY", "SECONDS",
        "Seconds between SIGTERM and the end of listening, in which /readyz says 503 [default: 1]";
    stop_timeout = "TESSERA_STOP_TIMEOUT", "SECONDS",
        "Seconds that requests under way have to finish when the server stops [default: 20]";
}

/// Where settings come from.
#[derive(Args, Clone, Default)]
pub struct Sources {
    /// File with settings [default: tessera.toml, where there is one]
    #[arg(long, env = "TESSERA_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Flags and environment variables.
    #[command(flatten)]
    pub given: Given,
}

/// The environment variable of a setting.
pub fn variable_of(key: &str) -> &'static str {
    SETTINGS.iter().find(|(k, _)| *k == key).map_or("", |(_, variable)| variable)
}

/// How a message calls a setting: by all three of its names.
pub fn names_of(key: &str) -> String {
    format!("{} (--{}, or {key} in tessera.toml)", variable_of(key), key.replace('_', "-"))
}
