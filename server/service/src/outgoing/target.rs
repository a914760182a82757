//! What is asked: a URL whose transport is allowed.

use std::net::IpAddr;

use url::{Host, Url};

use super::Rules;
use super::error::OutgoingError;

/// A URL that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// A name, or an address without brackets.
    pub host: String,
    /// Of the URL, or of its scheme.
    pub port: u16,
    /// False only for http, which development allows to this machine.
    pub tls: bool,
    /// The `Host` header.
    pub authority: String,
    /// Path and query.
    pub path: String,
}

impl Target {
    /// Reads one. Browsers' rules for URLs: `https://0x7f.1/` is `https://127.0.0.1/`.
    ///
    /// # Errors
    /// `Url` for anything but https, user names and fragments.
    pub fn parse(url: &str, rules: &Rules) -> Result<Self, OutgoingError> {
        let url = Url::parse(url).map_err(|_| OutgoingError::Url("this is not a URL"))?;
        let host = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => return Err(OutgoingError::Url("the URL names no host")),
        };
        match url.scheme() {
            "https" => {}
            "http" if rules.development && is_loopback(&host) => {}
            _ => return Err(OutgoingError::Url("only https is asked")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(OutgoingError::Url("the URL holds a user name or a password"));
        }
        if url.fragment().is_some() {
            return Err(OutgoingError::Url("the URL has a fragment"));
        }
        let (Some(written), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(OutgoingError::Url("the URL names no host"));
        };
        Ok(Self {
            authority: url.port().map_or_else(|| written.to_owned(), |port| format!("{written}:{port}")),
            path: url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())),
            tls: url.scheme() == "https",
            host,
            port,
        })
    }
}

/// RFC 6761 section 6.3: names under localhost are loopback. What they lead to is looked at all the same.
fn is_loopback(host: &str) -> bool {
    let address = host.parse::<IpAddr>();
    address.map_or_else(|_| host == "localhost" || host.ends_with(".localhost"), |address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_asked_with_its_own_host_and_port() {
        let target = Target::parse("https://App.example/keys?a=b", &Rules::default()).expect("a target");
        assert_eq!((target.host.as_str(), target.port, target.tls), ("app.example", 443, true));
        assert_eq!((target.authority.as_str(), target.path.as_str()), ("app.example", "/keys?a=b"));
        let target = Target::parse("https://[2606:4700::1]:8443", &Rules::default()).expect("a target");
        assert_eq!((target.host.as_str(), target.port), ("2606:4700::1", 8443));
        assert_eq!((target.authority.as_str(), target.path.as_str()), ("[2606:4700::1]:8443", "/"));
    }

    #[test]
    fn an_address_in_disguise_is_what_it_is() {
        for disguise in ["https://0x7f.1/", "https://2130706433/", "https://0177.0.0.1/", "https://127.1/"] {
            assert_eq!(Target::parse(disguise, &Rules::default()).expect("a target").host, "127.0.0.1", "{disguise}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let development = Rules { development: true, ..Rules::default() };
        for url in [
            "",
            "/keys",
            "app.example/keys",
            "http://app.example/keys",
            "http://10.0.0.1/",
            "http://localhost.evil.example/",
            "ftp://app.example/keys",
            "file:///etc/passwd",
            "gopher://app.example/",
            "data:,x",
            "https://",
            "https://user@app.example/",
            "https://user:password@app.example/",
            "https://app.example/#x",
            "https://app.example:99999/",
        ] {
            for rules in [&Rules::default(), &development] {
                assert!(matches!(Target::parse(url, rules), Err(OutgoingError::Url(_))), "{url}");
            }
        }
    }

    #[test]
    fn http_is_asked_of_this_machine_in_development_only() {
        let development = Rules { development: true, ..Rules::default() };
        for url in ["http://localhost:3000/x", "http://app.localhost/", "http://127.0.0.1:1/", "http://[::1]:1/"] {
            assert!(Target::parse(url, &development).is_ok_and(|target| !target.tls), "{url}");
            assert!(Target::parse(url, &Rules::default()).is_err(), "{url}");
        }
    }
}
