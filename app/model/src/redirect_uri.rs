//! Which URIs may be registered for a redirect, and when a received one equals a registered one.
//!
//! RFC 9700 section 2.1 and 4.1; RFC 8252 sections 7.1 to 7.3 and 8.4 for native applications.

use url::Url;

use crate::problem::Problem;
use crate::spec::ApplicationType;

/// Longest redirect URI accepted, in bytes.
pub const MAX_URI: usize = 2048;

/// Checks a URI that an administrator registers.
pub fn registrable(value: &str, kind: ApplicationType) -> Result<(), Problem> {
    let url = parse(value)?;
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(&url) => Ok(()),
        "http" => Err(Problem::new("uri-http")),
        // RFC 8252 section 7.1: a private-use scheme is a reversed domain name, so it has a dot.
        scheme if kind == ApplicationType::Native && scheme.contains('.') => Ok(()),
        scheme => Err(Problem::new("uri-scheme").with("scheme", scheme)),
    }
}

/// Checks a bare origin (`https://host[:port]`), for CORS.
pub fn origin(value: &str) -> Result<(), Problem> {
    let url = parse(value)?;
    let secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    if !secure {
        return Err(Problem::new("uri-http"));
    }
    if url.origin().ascii_serialization() == value { Ok(()) } else { Err(Problem::new("origin")) }
}

/// True when two URIs have scheme, host and port in common.
pub fn same_origin(one: &str, other: &str) -> bool {
    let origin = |uri| parse(uri).ok().map(|url| url.origin()).filter(url::Origin::is_tuple);
    matches!((origin(one), origin(other)), (Some(one), Some(other)) if one == other)
}

/// True when a received URI is the registered one: the same string, where only the port of an
/// `http` loopback address may differ (RFC 8252 section 7.3).
pub fn matches(registered: &str, received: &str) -> bool {
    if registered == received {
        return true;
    }
    let (Ok(a), Ok(b)) = (parse(registered), parse(received)) else { return false };
    if a.scheme() != "http" || !is_loopback_ip(&a) {
        return false;
    }
    // Compare the strings themselves with the port cut out, so that no normalisation of the
    // parser can make two different strings equal.
    matches!((without_port(registered), without_port(received)), (Some(x), Some(y)) if x == y)
        && a.host_str() == b.host_str()
}

fn parse(value: &str) -> Result<Url, Problem> {
    if value.is_empty() {
        return Err(Problem::new("required"));
    }
    if value.len() > MAX_URI {
        return Err(Problem::new("too-long").with("max", MAX_URI));
    }
    if !value.bytes().all(|b| (0x21..=0x7e).contains(&b)) {
        return Err(Problem::new("uri-characters"));
    }
    for (needle, code) in
        [("#", "uri-fragment"), ("\\", "uri-backslash"), (";", "uri-semicolon"), ("*", "uri-wildcard")]
    {
        if value.contains(needle) {
            return Err(Problem::new(code));
        }
    }
    let lower = value.to_ascii_lowercase();
    if ["javascript:", "data:", "vbscript:", "file:", "blob:", "about:"].iter().any(|s| lower.starts_with(s)) {
        let scheme = lower.split(':').next().unwrap_or_default();
        return Err(Problem::new("uri-scheme").with("scheme", scheme));
    }
    let path = value.split('?').next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
    if path.split('/').any(|segment| segment == "..") {
        return Err(Problem::new("uri-dots"));
    }
    let url = Url::parse(value).map_err(|_| Problem::new("uri"))?;
    if !url.username().is_empty() || url.password().is_some() || authority(value).contains('@') {
        return Err(Problem::new("uri-userinfo"));
    }
    let needs_host = matches!(url.scheme(), "http" | "https");
    if needs_host && (url.host_str().is_none_or(str::is_empty) || !lower.starts_with(&format!("{}://", url.scheme()))) {
        return Err(Problem::new("uri"));
    }
    Ok(url)
}

fn authority(value: &str) -> &str {
    value.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?']).next().unwrap_or_default())
}

fn without_port(value: &str) -> Option<(String, &str)> {
    let (scheme, rest) = value.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host = match authority.rfind(':') {
        Some(i) if !authority[i..].contains(']') && authority[i + 1..].bytes().all(|b| b.is_ascii_digit()) => {
            &authority[..i]
        }
        _ => authority,
    };
    Some((format!("{scheme}://{host}"), tail))
}

/// `localhost` or a loopback address.
pub fn is_loopback(url: &Url) -> bool {
    url.host_str() == Some("localhost") || is_loopback_ip(url)
}

fn is_loopback_ip(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(value: &str) -> Result<(), Problem> {
        registrable(value, ApplicationType::Web)
    }

    #[test]
    fn refuses_what_redirects_elsewhere() {
        for bad in [
            "https://a.example/cb#frag",
            "https://user@a.example/cb",
            "https://a.example@b.example@c.example/",
            "https://a.example/../cb",
            "https://a.example/%2e%2E/cb",
            "https://a.example/cb;x",
            "https://a.example\\cb",
            "https://a.example/c\u{7}b",
            "https://a.example/c b",
            "JavaScript:alert(1)",
            "DATA:text/html,x",
            "http://a.example/cb",
            "https:a.example",
            "https://*.example/cb",
            "ftp://a.example/",
            "com.example.app:/cb",
            "",
        ] {
            assert!(web(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn accepts_the_ordinary_ones() {
        for good in [
            "https://library.example/callback",
            "https://a.example/cb?x=1&y=2",
            "http://localhost:3000/cb",
            "http://127.0.0.1/cb",
            "http://[::1]:8/cb",
        ] {
            assert_eq!(web(good), Ok(()), "{good}");
        }
        assert_eq!(registrable("com.example.app:/cb", ApplicationType::Native), Ok(()));
        assert!(registrable("myapp:/cb", ApplicationType::Native).is_err());
    }

    #[test]
    fn compares_strings_exactly() {
        assert!(matches("https://a.example/cb", "https://a.example/cb"));
        for other in [
            "https://a.example/cb/",
            "https://A.example/cb",
            "https://a.example:443/cb",
            "https://a.example/cb?x",
            "http://a.example/cb",
        ] {
            assert!(!matches("https://a.example/cb", other), "{other}");
        }
    }

    #[test]
    fn only_a_loopback_port_may_differ() {
        assert!(matches("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb"));
        assert!(matches("http://[::1]:1/cb", "http://[::1]:2/cb"));
        assert!(!matches("http://127.0.0.1/cb", "http://127.0.0.1:51004/other"));
        assert!(!matches("http://127.0.0.1/cb", "http://127.0.0.2:51004/cb"));
        assert!(!matches("http://localhost/cb", "http://localhost:51004/cb"));
        assert!(!matches("https://127.0.0.1/cb", "https://127.0.0.1:51004/cb"));
    }

    #[test]
    fn origins_are_bare() {
        assert_eq!(origin("https://a.example"), Ok(()));
        assert_eq!(origin("http://localhost:5173"), Ok(()));
        assert!(origin("https://a.example/").is_err());
        assert!(origin("http://a.example").is_err());
    }
}
