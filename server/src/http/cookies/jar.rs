//! The cookies that a request carries.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use super::CookieNames;

/// Longest Cookie header that is looked at, in bytes.
const MAX_LENGTH: usize = 16 * 1024;

/// Names and values in the order they came: browsers send the oldest first (RFC 6265 section 5.4).
#[derive(Clone, Debug, Default)]
pub struct Jar(Vec<(String, String)>);

impl Jar {
    /// Reads all Cookie headers.
    pub fn read(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = lines.filter(|line| line.len() <= MAX_LENGTH).flat_map(|line| line.split(';'));
        let read = |pair: &str| pair.trim().split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self(pairs.filter_map(read).collect())
    }

    /// The value of a cookie; none when it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Slugs of the subscriptions that this browser has a session cookie of.
    pub fn sessions(&self, names: CookieNames) -> Vec<&str> {
        self.0.iter().filter_map(|(name, _)| names.slug_of(name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jar(text: &'static str) -> Jar {
        Jar::read(&HeaderMap::from_iter([(COOKIE, axum::http::HeaderValue::from_static(text))]))
    }

    #[test]
    fn the_first_of_a_name_counts() {
        let jar = jar("a=1; __Host-tessera-x=one;__Host-tessera-x=two; empty=; odd");
        assert_eq!(jar.get("__Host-tessera-x"), Some("one"));
        assert_eq!(jar.get("empty"), None);
        assert_eq!(jar.get("odd"), None);
    }

    #[test]
    fn session_cookies_are_told_by_their_names() {
        let secure = jar("tessera-a=1; __Host-tessera-b=1; __Host-tessera-console=1; __Host-tessera-notice=1; other=1");
        assert_eq!(secure.sessions(CookieNames::new(true)), ["b"]);
        let plain = jar(
            "tessera-a=1; tessera-console.sign-in=1; tessera-reader.language=en; tessera-state.a=1; __Host-tessera-b=1",
        );
        assert_eq!(plain.sessions(CookieNames::new(false)), ["a"]);
    }
}
