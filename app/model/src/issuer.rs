//! Issuer identifiers: made from settings and a slug, never from a request.

use url::Url;

use crate::problem::Problem;

/// `TESSERA_ISSUER`: `{public_url}/s/{subscription}` or `https://{subscription}.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerTemplate {
    before: String,
    after: String,
}

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
        let url = Url::parse(&format!("{before}x{after}")).map_err(|_| bad())?;
        let plain = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
        if !plain || after.contains('{') || before.contains('{') {
            return Err(bad());
        }
        Ok(Self { before: before.to_owned(), after: after.to_owned() })
    }

    /// The issuer of a subscription.
    pub fn issuer(&self, slug: &str) -> String {
        format!("{}{slug}{}", self.before, self.after)
    }

    /// The path of a subscription's issuer, without a slash at its end; empty for a bare host.
    pub fn path(&self, slug: &str) -> String {
        Url::parse(&self.issuer(slug)).map(|u| u.path().trim_end_matches('/').to_owned()).unwrap_or_default()
    }

    /// True when the subscription is told by the host, not by the path.
    pub fn is_by_host(&self) -> bool {
        !self.before.split_once("://").is_some_and(|(_, rest)| rest.contains('/'))
    }

    /// Which subscription a request is for: host (with port, as the Host header has it) and path in;
    /// the slug and the rest of the path out. The answer only selects; every URL that leaves the
    /// server is made by [`Self::issuer`].
    pub fn resolve<'a>(&self, host: &str, path: &'a str) -> Option<(String, &'a str)> {
        let (_, rest) = self.before.split_once("://")?;
        if self.is_by_host() {
            let after_host = self.after.split('/').next().unwrap_or_default();
            let base = &self.after[after_host.len()..];
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
            let tail = tail[end..].strip_prefix(self.after.as_str())?;
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
        assert_eq!(t.path("mysub"), "/s/mysub");
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
        assert_eq!(t.path("mysub"), "");
        assert_eq!(t.resolve("mysub.example.com", "/connect/token"), Some(("mysub".into(), "/connect/token")));
        assert_eq!(t.resolve("a.b.example.com", "/connect/token"), None);
        assert_eq!(t.resolve("mysub.example.com.evil.example", "/"), None);
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
