//! How browsers reach the server: an origin, on https or on a loopback host.

use std::net::IpAddr;

use url::{Host, Url};

/// An origin as browsers write it: `https://id.example.com`, `http://localhost:8080`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads and checks one.
    ///
    /// # Errors
    /// In words: no http(s) URL, more than an origin, or http on a host that is not loopback.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url =
            Url::parse(text.trim()).map_err(|_| "this is not a URL; write it as https://id.example.com".to_owned())?;
        transport(&url)?;
        let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err("only scheme, host and port are allowed; write it as https://id.example.com".to_owned());
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// Without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Host header that browsers send.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }

    /// True for https: cookies are `Secure`, and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// Passwords and tokens travel over TLS, or do not leave the machine.
///
/// # Errors
/// In words, with how to mend it.
pub fn transport(url: &Url) -> Result<(), String> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(url) => Ok(()),
        "http" => Err("http is refused for a host that is not loopback, since passwords would travel in the clear; \
             use https with a proxy in front that ends TLS, or http://localhost to try things out"
            .to_owned()),
        _ => Err("only https is allowed, and http for a loopback host".to_owned()),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        // RFC 6761 section 6.3: names under localhost are loopback.
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_in_the_form_of_browsers() {
        for (given, expected) in [
            ("https://ID.example.com/", "https://id.example.com"),
            ("https://id.example.com:443", "https://id.example.com"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://app.localhost", "http://app.localhost"),
        ] {
            assert_eq!(PublicUrl::parse(given).map(|url| url.0), Ok(expected.to_owned()), "{given}");
        }
    }

    #[test]
    fn http_needs_a_loopback_host() {
        for refused in
            ["http://id.example.com", "http://10.0.0.1:8080", "http://localhost.evil.example", "http://0.0.0.0"]
        {
            assert!(PublicUrl::parse(refused).is_err_and(|reason| reason.contains("https")), "{refused}");
        }
    }

    #[test]
    fn nothing_but_an_origin() {
        for refused in
            ["id.example.com", "https://id.example.com/auth", "https://a:b@id.example.com", "https://x/?a", "ftp://x"]
        {
            assert!(PublicUrl::parse(refused).is_err(), "{refused}");
        }
    }
}
