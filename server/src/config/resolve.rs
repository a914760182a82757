//! From what was written to what it means: defaults, and a refusal with words for each wrong value.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use axum::http::HeaderName;
use model::issuer::IssuerTemplate;
use service::config::Limits;
use service::network::Networks;
use url::Url;

use super::given::{Given, Sources, Written};
use super::public_url::{PublicUrl, transport};
use super::{ConfigError, HttpLimits, LogFormat, Settings, TlsFiles, TrustedProxies, file};

/// Longest duration a setting may ask for, in seconds.
const DAY: i64 = 86_400;

impl Settings {
    /// Flags over environment variables (which clap has merged already) over the file.
    ///
    /// # Errors
    /// Names the setting, what is wrong with it and how to mend it.
    pub fn load(sources: Sources) -> Result<Self, ConfigError> {
        let file = file::read(sources.config.as_deref())?;
        Self::from_given(sources.given.or(file))
    }

    /// Checks what was given and fills in the defaults.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn from_given(given: Given) -> Result<Self, ConfigError> {
        let limits = limits(&given)?;
        let http = http_limits(&given)?;
        let public_url = text(given.public_url, "http://localhost:8080");
        let public_url = PublicUrl::parse(&public_url).map_err(|reason| refuse("public_url", reason))?;
        let issuer = issuer(&text(given.issuer, "{public_url}/s/{subscription}"), &public_url)?;
        let data_dir = PathBuf::from(text(given.data_dir, "data"));
        let database_url = text(given.database_url, &format!("sqlite:{}", data_dir.join("tessera.db").display()));
        database(&database_url)?;
        let given_proxies = text(given.trusted_proxies.clone(), "");
        let slots = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            listen: listen(&text(given.listen, "127.0.0.1:8080"))?,
            public_url,
            issuer,
            database_url,
            master_key_file: given.master_key_file.map_or_else(|| data_dir.join("master.key"), |w| PathBuf::from(w.0)),
            data_dir,
            trusted_proxies: TrustedProxies::parse(&text(given.trusted_proxies, ""))
                .map_err(|reason| refuse("trusted_proxies", reason))?,
            tls: tls(given.tls_cert, given.tls_key)?,
            tls_client_ca: given.tls_client_ca.map(|written| PathBuf::from(written.0)),
            tls_client_cert_header: header(given.tls_client_cert_header, &given_proxies)?,
            outgoing_networks: Networks::parse(&text(given.outgoing_networks, ""))
                .map_err(|reason| refuse("outgoing_networks", reason))?,
            log: log(&text(given.log, "info"))?,
            log_format: log_format(&text(given.log_format, "text"))?,
            audit_days: number("audit_days", given.audit_days.as_ref(), 365, 1..=36_500)?,
            limits,
            hashing_slots: number("hashing_slots", given.hashing_slots.as_ref(), slots, 1..=1024)?,
            http,
        })
    }
}

fn tls(cert: Option<Written>, key: Option<Written>) -> Result<Option<TlsFiles>, ConfigError> {
    match (cert, key) {
        (Some(cert), Some(key)) => Ok(Some(TlsFiles { cert: PathBuf::from(cert.0), key: PathBuf::from(key.0) })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(refuse("tls_key", "name the file with the private key of TESSERA_TLS_CERT")),
        (None, Some(_)) => Err(refuse("tls_cert", "name the file with the certificate of TESSERA_TLS_KEY")),
    }
}

/// Nobody but a proxy of ours may say which certificate a client has: where there is none, there is no such header.
fn header(written: Option<Written>, proxies: &str) -> Result<Option<HeaderName>, ConfigError> {
    let Some(Written(name)) = written else { return Ok(None) };
    if proxies.is_empty() {
        return Err(refuse("tls_client_cert_header", "name the proxy that sets it in TESSERA_TRUSTED_PROXIES"));
    }
    let name = name.trim().to_ascii_lowercase();
    HeaderName::try_from(name).map(Some).map_err(|_| refuse("tls_client_cert_header", "write client-cert"))
}

fn limits(given: &Given) -> Result<Limits, ConfigError> {
    let default = Limits::default();
    let many = 1..=1_000_000_000;
    let per_user = default.sign_in_failures_per_user;
    let per_address = default.sign_in_failures_per_address;
    let registrations = default.registrations_per_address;
    let tokens = default.token_requests_per_second;
    Ok(Limits {
        sign_in_failures_per_user: number(
            "sign_in_failures_per_user",
            given.sign_in_failures_per_user.as_ref(),
            per_user,
            many.clone(),
        )?,
        sign_in_failures_per_address: number(
            "sign_in_failures_per_address",
            given.sign_in_failures_per_address.as_ref(),
            per_address,
            many.clone(),
        )?,
        sign_in_window: number("sign_in_window", given.sign_in_window.as_ref(), default.sign_in_window, 1..=DAY)?,
        registrations_per_address: number(
            "registrations_per_address",
            given.registrations_per_address.as_ref(),
            registrations,
            many,
        )?,
        page_requests_per_second: number(
            "page_requests_per_second",
            given.page_requests_per_second.as_ref(),
            default.page_requests_per_second,
            0..=1_000_000,
        )?,
        token_requests_per_second: number(
            "token_requests_per_second",
            given.token_requests_per_second.as_ref(),
            tokens,
            0..=1_000_000,
        )?,
    })
}

fn http_limits(given: &Given) -> Result<HttpLimits, ConfigError> {
    let seconds = |key, value: &Option<Written>, default| {
        number::<u64>(key, value.as_ref(), default, 1..=86_400).map(Duration::from_secs)
    };
    Ok(HttpLimits {
        max_body: number("max_body", given.max_body.as_ref(), 256 * 1024, 1024..=64 * 1024 * 1024)?,
        header_timeout: seconds("header_timeout", &given.header_timeout, 10)?,
        request_timeout: seconds("request_timeout", &given.request_timeout, 30)?,
        stop_delay: number("stop_delay", given.stop_delay.as_ref(), 1, 0..=3600).map(Duration::from_secs)?,
        stop_timeout: seconds("stop_timeout", &given.stop_timeout, 20)?,
    })
}

fn refuse(key: &'static str, reason: impl Into<String>) -> ConfigError {
    ConfigError::setting(key, reason)
}

fn text(value: Option<Written>, default: &str) -> String {
    value.map_or_else(|| default.to_owned(), |w| w.0.trim().to_owned())
}

fn number<T>(key: &'static str, value: Option<&Written>, default: T, range: RangeInclusive<T>) -> Result<T, ConfigError>
where
    T: FromStr + PartialOrd + std::fmt::Display,
{
    let Some(written) = value else { return Ok(default) };
    let parsed = written.0.trim().parse::<T>().ok().filter(|n| range.contains(n));
    parsed.ok_or_else(|| refuse(key, format!("write a whole number from {} to {}", range.start(), range.end())))
}

fn listen(text: &str) -> Result<std::net::SocketAddr, ConfigError> {
    let reason = "write an address and a port, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080";
    text.parse().map_err(|_| refuse("listen", reason))
}

fn issuer(template: &str, public_url: &PublicUrl) -> Result<IssuerTemplate, ConfigError> {
    let shape = "write it as {public_url}/s/{subscription} or https://{subscription}.example.com";
    let parsed = IssuerTemplate::parse(template, public_url.as_str()).map_err(|_| refuse("issuer", shape))?;
    let example = Url::parse(&parsed.issuer("x")).map_err(|_| refuse("issuer", shape))?;
    transport(&example).map_err(|reason| refuse("issuer", reason))?;
    if (example.scheme() == "https") != public_url.is_https() {
        return Err(refuse(
            "issuer",
            "issuers and TESSERA_PUBLIC_URL must both be https, or both http on a loopback host",
        ));
    }
    Ok(parsed)
}

fn database(url: &str) -> Result<(), ConfigError> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
    // The value is not repeated: it may hold a password.
    if known {
        Ok(())
    } else {
        Err(refuse("database_url", "write it as sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME"))
    }
}

fn log(filter: &str) -> Result<String, ConfigError> {
    let parsed = filter.parse::<tracing_subscriber::filter::Targets>();
    parsed.map(|_| filter.to_owned()).map_err(|error| refuse("log", format!("{error}; write info, or info,sqlx=debug")))
}

fn log_format(text: &str) -> Result<LogFormat, ConfigError> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(refuse("log_format", "write text or json")),
    }
}
