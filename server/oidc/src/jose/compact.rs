//! A JWS of somebody else's, in compact serialization (RFC 7515 section 7.1), taken apart strictly.

use serde_json::{Map, Value};

use super::{Alg, CheckSignature, CheckTag, MacAlg, PublicKey};
use crate::verify::{VerifyError, parts};

/// Longest message looked at, in bytes.
const MAX: usize = 16 * 1024;

/// Longest `jti`, in bytes.
const MAX_ID: usize = 255;

/// Nothing in it is to be believed before the signature was checked.
#[derive(Clone, Debug)]
pub struct Signed<'a, A = Alg> {
    /// How it says that it is signed.
    pub alg: A,
    /// Names the key.
    pub kid: Option<String>,
    /// Names the kind of message, in lower case and without `application/`.
    pub typ: Option<String>,
    /// A key that comes along. For those only who must look at it (RFC 9449 section 4.2).
    pub jwk: Option<Value>,
    /// What was signed.
    pub signing_input: &'a str,
    /// The signature.
    pub signature: Vec<u8>,
    /// The payload.
    pub payload: Map<String, Value>,
}

impl<'a> Signed<'a> {
    /// Takes a message apart.
    ///
    /// # Errors
    /// [`VerifyError::Malformed`], [`VerifyError::Algorithm`] or [`VerifyError::Critical`].
    pub fn parse(text: &'a str) -> Result<Self, VerifyError> {
        Self::of(text, Alg::parse)
    }

    /// True when one of these keys made the signature: one of the name that the header gives, or one without a
    /// name, and of a kind that fits the algorithm.
    pub fn is_signed_by(&self, keys: &[PublicKey], signatures: &dyn CheckSignature) -> bool {
        let mut candidates = keys.iter().filter(|key| key.may_be(self.kid.as_deref()) && key.fits(self.alg));
        let input = self.signing_input.as_bytes();
        candidates.any(|key| signatures.verifies(key, self.alg, input, &self.signature))
    }
}

impl<'a> Signed<'a, MacAlg> {
    /// Takes a message apart whose signature is made with a secret.
    ///
    /// # Errors
    /// As [`Signed::parse`].
    pub fn parse_tagged(text: &'a str) -> Result<Self, VerifyError> {
        Self::of(text, MacAlg::parse)
    }

    /// True when this secret, which is sealed, made the signature.
    pub fn is_tagged_by(&self, sealed: &str, tags: &dyn CheckTag) -> bool {
        tags.verifies(sealed, self.alg, self.signing_input.as_bytes(), &self.signature)
    }
}

impl<'a, A> Signed<'a, A> {
    fn of(text: &'a str, alg: fn(&str) -> Option<A>) -> Result<Self, VerifyError> {
        let parts = parts(text, MAX)?;
        let alg = alg(&parts.header.alg).ok_or(VerifyError::Algorithm)?;
        Ok(Self {
            alg,
            kid: parts.header.kid,
            typ: parts.header.typ,
            jwk: parts.header.jwk,
            signing_input: parts.signing_input,
            signature: parts.signature,
            payload: parts.payload,
        })
    }

    /// `jti`: names the message among those of its signer.
    pub fn id(&self) -> Option<&str> {
        self.text("jti").filter(|jti| (1..=MAX_ID).contains(&jti.len()))
    }

    /// A member of the payload that is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.payload.get(name).and_then(Value::as_str)
    }
}
