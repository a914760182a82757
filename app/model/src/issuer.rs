//! Issuer identifiers: made from settings and a slug, never from a request.

use url::Url;

use crate::problem::Problem;

/// `TESSERA_ISSUER`: `{public_url}/s/{subscription}` or `https://{subscription}.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerTemplate {
    issuer: Around,
    /// Of its URL, as browsers write it.
    origin: Around,
    /// Of its URL, without a slash at the end.
    path: Around,
}

/// A text that may have the subscription somewhere in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Around {
    before: String,
    /// `None` where it is the same for all.
    after: Option<String>,
}

impl Around {
    fn of(text: &str, name: &str) -> Self {
        match text.split_once(name) {
            Some((before, after)) => Self { before: before.to_owned(), after: Some(after.to_owned()) },
            None => Self { before: text.to_owned(), after: None },
        }
    }

    fn with(&self, slug: &str) -> String {
        match &self.after {
            Some(after) => format!("{}{slug}{after}", self.before),
            None => self.before.clone(),
        }
    }
}

/// Stands for a subscription while a template is taken apart: a label that is in no address.
const SOMEBODY: &str = "tessera0somebody0tessera";

impl IssuerTemplate {
    /// Reads a template. `public_url` has no slash at its end.
    ///
    /// # Errors
    /// `issuer-template` when it has not exactly one `{subscription}`, is no http(s) URL, or has a
    /// query or a fragment.
    pub fn parse(template: &str, public_url: &str) -> Result<Self, Problem> {
        let bad = || Problem::new("issuer-template");
        let full = template.replace("{public_url}", public_url.trim_end_matches('/'));
        let full = full.trim_end_matches('/');
        let (before, after) = full.split_once("{subscription}").ok_or_else(bad)?;
        let url = Url::parse(&format!("{before}{SOMEBODY}{after}")).map_err(|_| bad())?;
        let plain = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
        if !plain || after.contains('{') || before.contains('{') {
            return Err(bad());
        }
        Ok(Self {
            issuer: Around { before: before.to_owned(), after: Some(after.to_owned()) },
            origin: Around::of(&url.origin().ascii_serialization(), SOMEBODY),
            path: Around::of(url.path().trim_end_matches('/'), SOMEBODY),
        })
    }

    /// The issuer of a subscription.
    pub fn issuer(&self, slug: &str) -> String {
        self.issuer.with(slug)
    }

    /// The origin of a subscription's issuer, as browsers send it (RFC 6454 section 6.2).
    pub fn origin(&self, slug: &str) -> String {
        self.origin.with(slug)
    }

    /// The path of a subscription's issuer, without a slash at its end; empty for a bare host.
    pub fn path(&self, slug: &str) -> String {
        self.path.with(slug)
    }

    /// True when the subscription is told by the host, not by the path.
    pub fn is_by_host(&self) -> bool {
        self.origin.after.is_some()
    }

    /// Which subscription a request is for: host (with port, as the Host header has it) and path in;
    /// the slug and the rest of the path out. The answer only selects; every URL that leaves the
    /// server is made by [`Self::issuer`].
    pub fn resolve<'a>(&self, host: &str, path: &'a str) -> Option<(String, &'a str)> {
        let (_, rest) = self.issuer.before.split_once("://")?;
        let after = self.issuer.after.as_deref().unwrap_or_default();
        if self.is_by_host() {
            let after_host = after.split('/').next().unwrap_or_default();
            let base = &after[after_host.len()..];
            let slug = host.strip_prefix(rest)?.strip_suffix(after_host)?;
            let tail = path.strip_prefix(base)?;
            let whole = tail.is_empty() || tail.starts_with('/');
            (whole && is_label(slug)).then(|| (slug.to_owned(), tail))
        } else {
            let (authority, base) = rest.split_at(rest.find('/')?);
            if !host.eq_ignore_ascii_case(authority) {
                return None;
            }
            let tail = path.strip_prefix(base)?;
            let end = tail.find('/').unwrap_or(tail.len());
            let slug = &tail[..end];
            let tail = tail[end..].strip_prefix(after)?;
            let whole = tail.is_empty() || tail.starts_with('/');
            (whole && is_label(slug)).then(|| (slug.to_owned(), tail))
        }
    }
}

fn is_label(slug: &str) -> bool {
    !slug.is_empty()
        && slug.len() <= 63
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_path() {
        let t = IssuerTemplate::parse("{public_url}/s/{subscription}", "http://localhost:8080").expect("template");
        assert_eq!(t.issuer("mysub"), "http://localhost:8080/s/mysub");
        assert_eq!((t.path("mysub").as_str(), t.origin("mysub").as_str()), ("/s/mysub", "http://localhost:8080"));
        assert_eq!(t.resolve("localhost:8080", "/s/mysub/connect/token"), Some(("mysub".into(), "/connect/token")));
        assert_eq!(t.resolve("localhost:8080", "/s/mysub"), Some(("mysub".into(), "")));
        assert_eq!(t.resolve("evil.example", "/s/mysub/connect/token"), None);
        assert_eq!(t.resolve("localhost:8080", "/console"), None);
        assert_eq!(t.resolve("localhost:8080", "/s/My%20Sub/x"), None);
    }

    #[test]
    fn by_host() {
        let t =
            IssuerTemplate::parse("https://{subscription}.example.com", "https://id.example.com").expect("template");
        assert!(t.is_by_host());
        assert_eq!(t.issuer("mysub"), "https://mysub.example.com");
        assert_eq!((t.path("mysub").as_str(), t.origin("mysub").as_str()), ("", "https://mysub.example.com"));
        assert_eq!(t.resolve("mysub.example.com", "/connect/token"), Some(("mysub".into(), "/connect/token")));
        assert_eq!(t.resolve("a.b.example.com", "/connect/token"), None);
        assert_eq!(t.resolve("mysub.example.com.evil.example", "/"), None);
    }

    #[test]
    fn origin_and_path_are_as_browsers_write_them() {
        let t = IssuerTemplate::parse("HTTPS://ID.example.com:443/t t/{subscription}/", "").expect("template");
        assert_eq!((t.path("a").as_str(), t.origin("a").as_str()), ("/t%20t/a", "https://id.example.com"));
        let t = IssuerTemplate::parse("https://{subscription}.example.com:8443/oidc", "").expect("template");
        assert_eq!((t.path("a").as_str(), t.origin("a").as_str()), ("/oidc", "https://a.example.com:8443"));
    }

    #[test]
    fn refuses_what_is_no_template() {
        for bad in [
            "https://id.example.com",
            "https://{subscription}.{subscription}.x",
            "ftp://{subscription}.x",
            "https://{subscription}.x/?a=b",
        ] {
            assert!(IssuerTemplate::parse(bad, "https://id.example.com").is_err(), "{bad}");
        }
    }
}
