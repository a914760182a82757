//! Which of our places a request is for, by its host and path.
//!
//! The answer only selects. Every URL that leaves the server is made from settings (docs/security.md 73).

use axum::extract::Request;
use axum::http::Uri;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use model::issuer::IssuerTemplate;

use super::assets;
use crate::config::public_url::PublicUrl;

/// The host's root forms of metadata (RFC 8414 section 3.1).
const WELL_KNOWN: [&str; 2] = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

/// Hosts and paths that are ours.
pub struct Addresses {
    public: PublicUrl,
    issuer: IssuerTemplate,
    default_port: &'static str,
}

/// Where a request belongs.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// The host of the public URL: console, its server functions, assets.
    Console,
    /// Inside an issuer.
    Tenant(Tenancy),
    /// A host of issuers, outside of any: assets.
    IssuerHost,
    /// No host of ours.
    Unknown,
}

/// The issuer a request is for; a request inside an issuer carries it as an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenancy {
    /// Of the subscription, which may or may not exist.
    pub slug: String,
    /// Path of the issuer, empty for a bare host.
    pub base: String,
    /// Origin of its pages, as browsers send it.
    pub origin: String,
    /// Path inside the issuer.
    pub rest: String,
}

impl Addresses {
    /// From settings.
    pub fn new(public: &PublicUrl, issuer: IssuerTemplate) -> Self {
        let default_port = if public.is_https() { ":443" } else { ":80" };
        Self { public: public.clone(), issuer, default_port }
    }

    /// The console's origin.
    pub fn console_origin(&self) -> &str {
        self.public.as_str()
    }

    /// True where HTTP is TLS.
    pub fn is_https(&self) -> bool {
        self.public.is_https()
    }

    /// Finds the place. `host` as the request has it.
    pub fn locate(&self, host: &str, path: &str) -> Place {
        let host = host.to_ascii_lowercase();
        let host = host.strip_suffix(self.default_port).unwrap_or(&host);
        let is_public = host == self.public.authority();
        if is_public && self.issuer.is_by_host() {
            return Place::Console;
        }
        match self.tenant(host, path) {
            Some(_) if self.issuer.is_by_host() && assets::is_asset(path) => Place::IssuerHost,
            Some(tenancy) => Place::Tenant(tenancy),
            None if is_public => Place::Console,
            None if self.is_issuer_host(host) => Place::IssuerHost,
            None => Place::Unknown,
        }
    }

    fn tenant(&self, host: &str, path: &str) -> Option<Tenancy> {
        let root_form = WELL_KNOWN.iter().find_map(|name| {
            let (slug, rest) = self.issuer.resolve(host, path.strip_prefix(name)?)?;
            rest.is_empty().then_some((slug, *name))
        });
        let (slug, rest) = match root_form {
            // A bare host's own address has nothing after the name: it is found below.
            Some((slug, name)) if path.len() > name.len() => (slug, name),
            _ => self.issuer.resolve(host, path)?,
        };
        let rest = if rest.is_empty() { "/" } else { rest };
        let (base, origin) = (self.issuer.path(&slug), self.issuer.origin(&slug));
        Some(Tenancy { base, origin, rest: rest.to_owned(), slug })
    }

    fn is_issuer_host(&self, host: &str) -> bool {
        let path = self.issuer.path("x");
        self.issuer.resolve(host, &path).is_some()
    }
}

/// The host a request names, or `None` when it names none, or two.
///
/// RFC 9112 section 3.2.2: a server "MUST ignore the received Host header field" for a target in
/// absolute form; section 3.2: "more than one Host header field line" is a bad request.
pub fn host(request: &Request) -> Option<&str> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.as_str());
    }
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    let plain = hosts.next().is_none() && !host.contains('@') && host.parse::<Authority>().is_ok();
    plain.then_some(host)
}

/// The address of a page inside its issuer: `path`, with the query as it came.
pub fn inside(path: &str, uri: &Uri) -> Option<Uri> {
    match uri.query() {
        Some(query) => format!("{path}?{query}").parse().ok(),
        None => path.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(public: &str, template: &str) -> Addresses {
        let public = PublicUrl::parse(public).expect("public URL");
        let issuer = IssuerTemplate::parse(template, public.as_str()).expect("template");
        Addresses::new(&public, issuer)
    }

    fn tenant(place: Place) -> (String, String, String) {
        match place {
            Place::Tenant(t) => (t.slug, t.base, t.rest),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn issuers_by_path() {
        let ours = addresses("http://localhost:8080", "{public_url}/s/{subscription}");
        let of = |path: &str| ours.locate("localhost:8080", path);
        assert_eq!(tenant(of("/s/a/connect/token")), ("a".into(), "/s/a".into(), "/connect/token".into()));
        assert_eq!(tenant(of("/s/a")), ("a".into(), "/s/a".into(), "/".into()));
        let metadata = ("a".into(), "/s/a".into(), "/.well-known/openid-configuration".into());
        assert_eq!(tenant(of("/.well-known/openid-configuration/s/a")), metadata);
        assert_eq!(tenant(of("/s/a/.well-known/openid-configuration")), metadata);
        assert_eq!(of("/.well-known/openid-configuration"), Place::Console);
        assert_eq!(of("/console"), Place::Console);
        assert_eq!(ours.locate("LOCALHOST:8080", "/console"), Place::Console);
        assert_eq!(ours.locate("localhost", "/console"), Place::Unknown);
        assert_eq!(ours.locate("evil.example", "/s/a/connect/token"), Place::Unknown);
    }

    #[test]
    fn issuers_by_host() {
        let ours = addresses("https://id.example.com", "https://{subscription}.example.com");
        let of = |path: &str| ours.locate("a.example.com", path);
        assert_eq!(tenant(of("/connect/token")), ("a".into(), String::new(), "/connect/token".into()));
        let metadata = ("a".into(), String::new(), "/.well-known/openid-configuration".into());
        assert_eq!(tenant(of("/.well-known/openid-configuration")), metadata);
        assert_eq!(of("/pkg/tessera.css"), Place::IssuerHost);
        assert_eq!(ours.locate("id.example.com", "/console"), Place::Console);
        assert_eq!(ours.locate("id.example.com:443", "/pkg/tessera.css"), Place::Console);
        assert_eq!(ours.locate("a.b.example.com", "/"), Place::Unknown);
        assert_eq!(ours.locate("example.com", "/"), Place::Unknown);
    }

    #[test]
    fn issuers_by_path_on_another_host() {
        let ours = addresses("https://admin.example.com", "https://login.example.com/t/{subscription}");
        assert_eq!(tenant(ours.locate("login.example.com", "/t/a/login")).2, "/login");
        assert_eq!(ours.locate("login.example.com", "/pkg/tessera.css"), Place::IssuerHost);
        assert_eq!(ours.locate("login.example.com", "/console"), Place::IssuerHost);
        assert_eq!(ours.locate("admin.example.com", "/t/a/login"), Place::Console);
    }

    #[test]
    fn a_request_names_one_host() {
        let ask = |uri: &str, hosts: &[&str]| {
            let mut request = axum::http::Request::builder().uri(uri);
            for host in hosts {
                request = request.header(HOST, *host);
            }
            host(&request.body(axum::body::Body::empty()).expect("request")).map(str::to_owned)
        };
        assert_eq!(ask("/", &["a.example:1"]).as_deref(), Some("a.example:1"));
        assert_eq!(ask("http://b.example/", &["a.example"]).as_deref(), Some("b.example"));
        assert_eq!(ask("/", &[]), None);
        assert_eq!(ask("/", &["a.example", "a.example"]), None);
        assert_eq!(ask("/", &["user@a.example"]), None);
    }
}
