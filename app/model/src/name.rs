//! Immutable names: slugs, client identifiers, scopes, claims, connections, user names.
//!
//! Compared exactly, so that an application moves in with its old `client_id` and scope names.

use url::Url;

use crate::canonical;
use crate::problem::Problem;

/// Longest name of any kind, in bytes.
pub const MAX_NAME: usize = 255;
/// Longest display name or title, in characters.
pub const MAX_DISPLAY_NAME: usize = 200;
/// Longest help text or description, in characters.
pub const MAX_HELP: usize = 1000;

/// Words that cannot be a slug: the built-in subscription and parts of our own routes.
const RESERVED_SLUGS: &[&str] = &[
    "system",
    "console",
    "api",
    "s",
    "connect",
    "login",
    "register",
    "account",
    "consent",
    "claims",
    "device",
    "healthz",
    "readyz",
    "metrics",
    "pkg",
    "assets",
    "static",
    "well-known",
    "setup",
    "admin",
    "notice",
    "language",
    "sign-in",
    "sign-out",
    "callback",
    "www",
    "new",
    "search",
    "shortcuts",
    "administrators",
    "invitation",
    "health",
    "about",
];

/// Claims that the protocol sets (RFC 7519 section 4.1, OpenID Connect Core, RFC 8693, 9068, 7800)
/// and names of our own form fields: never custom claims.
const RESERVED_CLAIMS: &[&str] = &[
    "iss",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "at_hash",
    "c_hash",
    "s_hash",
    "sid",
    "act",
    "may_act",
    "cnf",
    "scope",
    "client_id",
    "typ",
    "events",
    "active",
    "token_type",
    "username",
    "password",
    "password_confirmation",
    "version",
    "interaction",
    "_claim_names",
    // Private claims of our own access tokens.
    "gid",
    "uic",
    "_claim_sources",
    "authorization_details",
];

fn length(value: &str) -> Result<(), Problem> {
    if value.is_empty() {
        return Err(Problem::new("required"));
    }
    if value.len() > MAX_NAME {
        return Err(Problem::new("too-long").with("max", MAX_NAME));
    }
    Ok(())
}

/// A resource indicator (RFC 8707 section 2): "Its value MUST be an absolute URI [...]. The URI MUST NOT include a
/// fragment component." It is compared, and never called.
pub fn resource(value: &str) -> Result<(), Problem> {
    length(value)?;
    let check = || {
        if !value.bytes().all(|b| (0x21..=0x7e).contains(&b)) {
            return Err(Problem::new("uri-characters"));
        }
        if value.contains('#') {
            return Err(Problem::new("uri-fragment"));
        }
        let url = Url::parse(value).map_err(|_| Problem::new("uri"))?;
        // The parser forgives `https:api.example`.
        let is_whole = !matches!(url.scheme(), "http" | "https") || value.contains("://");
        if is_whole { Ok(()) } else { Err(Problem::new("uri")) }
    };
    check().map_err(|problem: Problem| problem.with("value", value))
}

/// A DNS label (RFC 1035 section 2.3.1), not one of our own words.
pub fn slug(value: &str) -> Result<(), Problem> {
    length(value)?;
    let ok = value.len() <= 63
        && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !value.starts_with('-')
        && !value.ends_with('-');
    if !ok {
        return Err(Problem::new("slug"));
    }
    if RESERVED_SLUGS.contains(&value) {
        return Err(Problem::new("reserved").with("name", value));
    }
    Ok(())
}

/// RFC 6749 appendix A.1: VSCHAR, without the space.
pub fn client_id(value: &str) -> Result<(), Problem> {
    length(value)?;
    if value.bytes().all(|b| (0x21..=0x7e).contains(&b)) { Ok(()) } else { Err(Problem::new("client-id")) }
}

/// RFC 6749 section 3.3: a scope-token.
pub fn scope(value: &str) -> Result<(), Problem> {
    length(value)?;
    if !value.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e)) {
        return Err(Problem::new("scope-name"));
    }
    if value == "offline_access" {
        return Err(Problem::new("reserved").with("name", value));
    }
    Ok(())
}

/// Printable ASCII, neither a protocol claim nor a form field of ours.
pub fn claim(value: &str) -> Result<(), Problem> {
    length(value)?;
    if !value.bytes().all(|b| (0x21..=0x7e).contains(&b)) {
        return Err(Problem::new("claim-name"));
    }
    if RESERVED_CLAIMS.contains(&value) || crate::standard_claims::is_standard(value) {
        return Err(Problem::new("reserved").with("name", value));
    }
    Ok(())
}

/// `[a-z0-9_.:-]`.
pub fn connection(value: &str) -> Result<(), Problem> {
    length(value)?;
    let ok = value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.:-".contains(&b));
    if !ok {
        return Err(Problem::new("connection-name"));
    }
    if value == "offline_access" {
        return Err(Problem::new("reserved").with("name", value));
    }
    Ok(())
}

/// A user name: no `@` (it would look like an e-mail address), no control or white space.
pub fn username(value: &str) -> Result<(), Problem> {
    if value.is_empty() {
        return Err(Problem::new("required"));
    }
    if value.chars().count() > 128 {
        return Err(Problem::new("too-long").with("max", 128));
    }
    // Compared by its canonical form, in which look-alikes of the sign have become it.
    if canonical::text(value).contains('@') || value.chars().any(|c| c.is_whitespace() || is_unsafe(c)) {
        return Err(Problem::new("username"));
    }
    Ok(())
}

/// A title that people read: not blank, bounded, no control or bidirectional-override characters.
pub fn display_name(value: &str) -> Result<(), Problem> {
    if value.trim().is_empty() {
        return Err(Problem::new("required"));
    }
    free_text(value, MAX_DISPLAY_NAME)
}

/// One line of text, possibly empty.
pub fn free_text(value: &str, max: usize) -> Result<(), Problem> {
    if value.chars().count() > max {
        return Err(Problem::new("too-long").with("max", max));
    }
    if value.chars().any(is_unsafe) {
        return Err(Problem::new("control-characters"));
    }
    Ok(())
}

/// Control characters and bidirectional overrides, which can forge what a reader or a log sees.
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_dns_labels() {
        for good in ["mysub", "a", "a-1"] {
            assert_eq!(slug(good), Ok(()), "{good}");
        }
        for bad in ["", "-a", "a-", "A", "a.b", "ä", "system", "console", "health", &"a".repeat(64)] {
            assert!(slug(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn old_names_move_in_unchanged() {
        assert_eq!(client_id("https://app.example/~me"), Ok(()));
        assert_eq!(scope("https://www.example.com/auth/scope"), Ok(()));
        assert_eq!(claim("libraryCard"), Ok(()));
        assert!(scope("two words").is_err());
        assert!(scope("quo\"te").is_err());
        assert!(scope("offline_access").is_err());
    }

    #[test]
    fn a_resource_indicator_is_an_absolute_uri() {
        for good in ["https://api.example", "https://api.example/mcp?x=1", "http://10.0.0.1:8080/", "urn:example:api"] {
            assert_eq!(resource(good), Ok(()), "{good}");
        }
        for (bad, code) in [
            ("", "required"),
            ("library-api", "uri"),
            ("/api", "uri"),
            ("https:api.example", "uri"),
            ("https://", "uri"),
            ("https://api.example/#a", "uri-fragment"),
            ("https://api.example/#", "uri-fragment"),
            ("https://api.example/a b", "uri-characters"),
            ("https://äpi.example/", "uri-characters"),
            (&format!("https://api.example/{}", "a".repeat(255)), "too-long"),
        ] {
            assert_eq!(resource(bad).map_err(|problem| problem.code), Err(code.to_owned()), "{bad}");
        }
    }

    #[test]
    fn protocol_claims_cannot_be_defined() {
        for name in ["iss", "sub", "aud", "exp", "nonce", "email", "address", "password", "username"] {
            assert!(claim(name).is_err(), "{name}");
        }
    }

    #[test]
    fn user_names_are_not_addresses() {
        assert!(username("a@b").is_err());
        assert!(username("admin\u{FF20}corp.example").is_err(), "compared as admin@corp.example");
        assert!(username("a\u{202E}b").is_err());
        assert_eq!(username("Åsa_1"), Ok(()));
    }
}
