//! Lists of scopes (RFC 6749 section 3.3): `scope-token *( SP scope-token )`.

use crate::error::OAuthError;

/// Scope with which a request is an OpenID Connect one.
pub const OPENID: &str = "openid";
/// OpenID Connect Core section 11. Accepted and not needed: the grant type decides.
pub const OFFLINE_ACCESS: &str = "offline_access";

/// Most scopes of one request.
pub const MAX_SCOPES: usize = 100;

/// Reads a `scope` parameter: each scope once, in the order they came.
///
/// # Errors
/// `invalid_scope` for characters outside of a scope-token and for too many of them.
pub fn parse(text: &str) -> Result<Vec<String>, OAuthError> {
    let mut scopes: Vec<String> = Vec::new();
    for token in text.split(' ').filter(|t| !t.is_empty()) {
        // RFC 6749 section 3.3: "scope-token = 1*( %x21 / %x23-5B / %x5D-7E )".
        if token.len() > model::name::MAX_NAME || !token.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
        {
            return Err(OAuthError::invalid_scope("scope holds a character that is not allowed in a scope"));
        }
        if scopes.iter().any(|s| s == token) {
            continue;
        }
        if scopes.len() == MAX_SCOPES {
            return Err(OAuthError::invalid_scope("too many scopes"));
        }
        scopes.push(token.to_owned());
    }
    Ok(scopes)
}

/// The list as it is sent.
pub fn join(scopes: &[String]) -> String {
    scopes.join(" ")
}

/// True when a list has a scope.
pub fn contains(scopes: &[String], scope: &str) -> bool {
    scopes.iter().any(|s| s == scope)
}
