//! `client_secret_basic`: strict, since two readings of one header are two identities.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::OAuthError;
use crate::params::decode;

/// `client_id` and secret of an `Authorization` header.
///
/// RFC 6749 section 2.3.1: "The client identifier is encoded using the
/// application/x-www-form-urlencoded encoding algorithm [...], and the encoded value is used as
/// the username; the client password is encoded using the same algorithm and used as the password."
///
/// # Errors
/// `invalid_client` for everything that is not exactly that.
pub fn decode(header: &[u8]) -> Result<(String, String), OAuthError> {
    let bad = |text: &'static str| OAuthError::invalid_client(text);
    let text = std::str::from_utf8(header).map_err(|_| bad("the Authorization header is not ASCII"))?;
    if text.trim().is_empty() {
        return Err(bad("the Authorization header is empty"));
    }
    let (scheme, encoded) = text.split_once(' ').unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(bad("clients authenticate with the Basic scheme here"));
    }
    let bytes = STANDARD
        .decode(encoded.trim_matches(' '))
        .map_err(|_| bad("the credentials of the Authorization header are not base64"))?;
    let colon = bytes
        .iter()
        .position(|b| *b == b':')
        .ok_or_else(|| bad("the credentials of the Authorization header have no colon"))?;
    let half = |part: &[u8]| {
        decode::strict(part)
            .filter(|t| !t.chars().any(char::is_control))
            .ok_or_else(|| bad("client_id and secret must be form-urlencoded before base64"))
    };
    let client_id = half(&bytes[..colon])?;
    let secret = half(&bytes[colon + 1..])?;
    if client_id.is_empty() {
        return Err(bad("the Authorization header names no client"));
    }
    Ok((client_id, secret))
}
