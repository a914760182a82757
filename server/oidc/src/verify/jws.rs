//! A token of our own: signed with one of our algorithms (RFC 7515, RFC 8725).

use model::spec::SigningAlg;
use serde_json::{Map, Value};

use super::VerifyError;
use super::parts::{Parts, parts};

/// Longest token looked at, in bytes.
pub const MAX_TOKEN: usize = 64 * 1024;

/// What we read of a header. `jku`, `x5u`, `x5c` and `jwk` are not even looked at: keys come from
/// our own store only (RFC 8725 section 3.10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// One of the algorithms that our keys sign with.
    pub alg: SigningAlg,
    /// Names the key.
    pub kid: Option<String>,
    /// Names the kind of token, in lower case and without `application/`.
    pub typ: Option<String>,
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
        let Parts { header, signing_input, signature, payload } = parts(token, MAX_TOKEN)?;
        // RFC 8725 section 3.1: "Libraries MUST enable the caller to specify a supported set of
        // algorithms and MUST NOT use any other algorithms".
        let alg = SigningAlg::of_keys().find(|alg| alg.as_str() == header.alg).ok_or(VerifyError::Algorithm)?;
        Ok(Self { header: Header { alg, kid: header.kid, typ: header.typ }, signing_input, signature, payload })
    }
}
