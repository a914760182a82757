//! Addresses that people are shown, to follow or not.

use url::Url;

use crate::name;
use crate::problem::Problem;

/// Most characters of one.
const MAX: usize = 1_000;

/// A complete address that people may be sent to: https, without a user name.
///
/// # Errors
/// `https`; those of [`name::free_text`].
pub fn https(text: &str) -> Result<(), Problem> {
    name::free_text(text, MAX)?;
    let ok = Url::parse(text).is_ok_and(|url| {
        url.scheme() == "https"
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.username().is_empty()
            && url.password().is_none()
    });
    if ok { Ok(()) } else { Err(Problem::new("https")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_led_to_https_only() {
        assert_eq!(https("https://library.example/about?of=us#here"), Ok(()));
        for bad in ["", "library.example", "http://library.example", "https://me@library.example", "javascript:a()"] {
            assert!(https(bad).is_err(), "{bad}");
        }
    }
}
