//! JWS compact serialization, strictly (RFC 7515 section 7.1, RFC 8725).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::VerifyError;

/// What is read of a header. A member that comes twice is refused.
#[derive(Deserialize)]
pub struct RawHeader {
    pub alg: String,
    pub kid: Option<String>,
    /// In lower case and without `application/`.
    pub typ: Option<String>,
    /// For a DPoP proof only: keys for anything else come from our own store (RFC 8725 section 3.10), which is why
    /// `jku`, `x5u` and `x5c` are not even looked at.
    pub jwk: Option<Value>,
    crit: Option<Value>,
}

/// The three parts, decoded.
pub struct Parts<'a> {
    pub header: RawHeader,
    pub signing_input: &'a str,
    pub signature: Vec<u8>,
    pub payload: Map<String, Value>,
}

/// Takes a message of at most `max` bytes apart.
pub fn parts(text: &str, max: usize) -> Result<Parts<'_>, VerifyError> {
    if text.len() > max {
        return Err(VerifyError::Malformed);
    }
    let (signing_input, signature) = text.rsplit_once('.').ok_or(VerifyError::Malformed)?;
    let (header, payload) = signing_input.split_once('.').ok_or(VerifyError::Malformed)?;
    let mut header: RawHeader = json(header)?;
    if header.crit.is_some() {
        return Err(VerifyError::Critical);
    }
    let signature = decode(signature)?;
    if signature.is_empty() {
        return Err(VerifyError::Malformed);
    }
    header.typ = header.typ.map(|typ| {
        let lower = typ.to_ascii_lowercase();
        lower.strip_prefix("application/").map_or(lower.clone(), str::to_owned)
    });
    Ok(Parts { header, signing_input, signature, payload: json(payload)? })
}

/// base64url without padding; a second spelling of the same bytes (loose bits at the end) is
/// refused, and so is a dot, so that a token has three parts exactly.
fn decode(part: &str) -> Result<Vec<u8>, VerifyError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| VerifyError::Malformed)
}

fn json<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, VerifyError> {
    serde_json::from_slice(&decode(part)?).map_err(|_| VerifyError::Malformed)
}
