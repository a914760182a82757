//! JWS compact serialization, strictly (RFC 7515 section 7.1, RFC 8725).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::SigningAlg;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::VerifyError;

/// Longest token looked at, in bytes.
pub const MAX_TOKEN: usize = 64 * 1024;

/// What we read of a header. `jku`, `x5u`, `x5c` and `jwk` are not even looked at: keys come from
/// our own store only (RFC 8725 section 3.10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// One of the algorithms we sign with.
    pub alg: SigningAlg,
    /// Names the key.
    pub kid: Option<String>,
    /// Names the kind of token, in lower case and without `application/`.
    pub typ: Option<String>,
}

#[derive(Deserialize)]
struct RawHeader {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

/// A token taken apart; nothing in it is to be believed before the signature was checked.
#[derive(Clone, Debug)]
pub struct Jws<'a> {
    /// The header.
    pub header: Header,
    /// What was signed.
    pub signing_input: &'a str,
    /// The signature.
    pub signature: Vec<u8>,
    /// The payload.
    pub payload: Map<String, Value>,
}

impl<'a> Jws<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// [`VerifyError::Malformed`], [`VerifyError::Algorithm`] or [`VerifyError::Critical`].
    pub fn parse(token: &'a str) -> Result<Self, VerifyError> {
        if token.len() > MAX_TOKEN {
            return Err(VerifyError::Malformed);
        }
        let (signing_input, signature) = token.rsplit_once('.').ok_or(VerifyError::Malformed)?;
        let (header, payload) = signing_input.split_once('.').ok_or(VerifyError::Malformed)?;
        let raw: RawHeader = json(header)?;
        if raw.crit.is_some() {
            return Err(VerifyError::Critical);
        }
        // RFC 8725 section 3.1: "Libraries MUST enable the caller to specify a supported set of
        // algorithms and MUST NOT use any other algorithms".
        let alg = SigningAlg::parse(&raw.alg).ok_or(VerifyError::Algorithm)?;
        let signature = decode(signature)?;
        if signature.is_empty() {
            return Err(VerifyError::Malformed);
        }
        let typ = raw.typ.map(|t| {
            let lower = t.to_ascii_lowercase();
            lower.strip_prefix("application/").map_or(lower.clone(), str::to_owned)
        });
        Ok(Self { header: Header { alg, kid: raw.kid, typ }, signing_input, signature, payload: json(payload)? })
    }
}

/// base64url without padding; a second spelling of the same bytes (loose bits at the end) is
/// refused, and so is a dot, so that a token has three parts exactly.
fn decode(part: &str) -> Result<Vec<u8>, VerifyError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| VerifyError::Malformed)
}

fn json<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, VerifyError> {
    serde_json::from_slice(&decode(part)?).map_err(|_| VerifyError::Malformed)
}
