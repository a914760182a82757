//! A public key as a JWK (RFC 7517, RFC 7518 section 6, RFC 8037 section 2).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use model::public_keys;
use serde_json::{Map, Value};

use super::Alg;
use crate::digest;

/// Bytes of an RSA modulus: less can be broken, more costs too much to look at.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=1024;
/// Bytes of an RSA exponent.
const EXPONENT: std::ops::RangeInclusive<usize> = 1..=8;

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Whoever reads it can sign.
    #[error("a private key, which nobody else may see")]
    Private,
    /// Of a type, a curve or a size that is not supported.
    #[error("a key of a type, curve or size that is not supported")]
    Unsupported,
    /// A member is missing or cannot be read.
    #[error("a key that cannot be read")]
    Malformed,
}

/// What kind of key, with its members in base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Rsa { n: String, e: String },
    Ec { curve: Curve, x: String, y: String },
    Ed25519 { x: String },
}

/// A number of a key.
pub(super) struct Number {
    text: String,
    pub octets: Vec<u8>,
}

/// What is read of a JWK, whatever it is for.
pub(super) enum Numbers {
    Rsa { n: Number, e: Number },
    Ec { curve: Curve, x: Number, y: Number },
    Ed25519 { x: Number },
}

impl Numbers {
    pub(super) fn read(members: &Map<String, Value>) -> Result<Self, BadKey> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        match text("kty") {
            Some("RSA") => Ok(Self::Rsa {
                n: number(members, "n", |n| MODULUS.contains(&n.len()) && n[0] != 0)?,
                e: number(members, "e", |e| EXPONENT.contains(&e.len()))?,
            }),
            Some("EC") => {
                let curve = match text("crv") {
                    Some("P-256") => Curve::P256,
                    Some("P-384") => Curve::P384,
                    _ => return Err(BadKey::Unsupported),
                };
                let coordinate = |name| number(members, name, |c| c.len() == curve.size());
                Ok(Self::Ec { curve, x: coordinate("x")?, y: coordinate("y")? })
            }
            Some("OKP") if text("crv") == Some("Ed25519") => {
                Ok(Self::Ed25519 { x: number(members, "x", |x| x.len() == 32)? })
            }
            Some(_) => Err(BadKey::Unsupported),
            None => Err(BadKey::Malformed),
        }
    }
}

/// A curve of RFC 7518 section 6.2.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
}

impl Curve {
    /// `crv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    /// Bytes of a coordinate.
    fn size(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }
}

/// A key that can check signatures and do nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    kid: Option<String>,
    alg: Option<String>,
    kind: Kind,
    certificate: Option<String>,
}

impl PublicKey {
    /// Reads a JWK.
    ///
    /// # Errors
    /// See [`BadKey`].
    pub fn parse(jwk: &Value) -> Result<Self, BadKey> {
        let members = jwk.as_object().ok_or(BadKey::Malformed)?;
        if public_keys::is_private(jwk) {
            return Err(BadKey::Private);
        }
        let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
        // RFC 7517 section 4.2: a key for encryption does not sign.
        if text("use").is_some_and(|used| used != "sig") {
            return Err(BadKey::Unsupported);
        }
        let kind = match Numbers::read(members)? {
            Numbers::Rsa { n, e } => Kind::Rsa { n: n.text, e: e.text },
            Numbers::Ec { curve, x, y } => Kind::Ec { curve, x: x.text, y: y.text },
            Numbers::Ed25519 { x } => Kind::Ed25519 { x: x.text },
        };
        Ok(Self { kid: text("kid"), alg: text("alg"), kind, certificate: certificate(members) })
    }

    /// Its name, if it has one.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// True when the set says that it is the key of the certificate with this thumbprint (RFC 8705 section 2.2.2).
    pub fn is_of_certificate(&self, thumbprint: &str) -> bool {
        self.certificate.as_deref().is_some_and(|own| digest::same(own, thumbprint))
    }

    /// True when it can be the one that a header names: without a name nothing tells it from others.
    pub fn may_be(&self, kid: Option<&str>) -> bool {
        kid.is_none_or(|kid| self.kid().is_none_or(|name| name == kid))
    }

    /// True when it can be used with an algorithm, by its type and by what it says itself (RFC 7517 section 4.4).
    pub fn fits(&self, alg: Alg) -> bool {
        let by_kind = match &self.kind {
            Kind::Rsa { .. } => {
                matches!(alg, Alg::Rs256 | Alg::Rs384 | Alg::Rs512 | Alg::Ps256 | Alg::Ps384 | Alg::Ps512)
            }
            Kind::Ec { curve: Curve::P256, .. } => alg == Alg::Es256,
            Kind::Ec { curve: Curve::P384, .. } => alg == Alg::Es384,
            Kind::Ed25519 { .. } => matches!(alg, Alg::EdDsa | Alg::Ed25519),
        };
        // Ed25519 has two names.
        let same =
            |said: &str| Alg::parse(said).is_some_and(|said| said == alg || matches!(self.kind, Kind::Ed25519 { .. }));
        by_kind && self.alg.as_deref().is_none_or(same)
    }

    /// The members that make the key, and no others: what a library for signatures reads, and what is hashed.
    pub fn essential(&self) -> String {
        // RFC 7638 section 3.2: the required members in lexicographic order, without white space. All of them are
        // names of the standard or base64url, so nothing needs to be escaped.
        match &self.kind {
            Kind::Rsa { n, e } => format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#),
            Kind::Ec { curve, x, y } => {
                format!(r#"{{"crv":"{}","kty":"EC","x":"{x}","y":"{y}"}}"#, curve.as_str())
            }
            Kind::Ed25519 { x } => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#),
        }
    }

    /// RFC 7638, with SHA-256.
    pub fn thumbprint(&self) -> String {
        digest::sha256_base64url(self.essential().as_bytes())
    }
}

/// A member in canonical base64url whose octets are as they should be.
fn number(members: &Map<String, Value>, name: &str, is_good: impl Fn(&[u8]) -> bool) -> Result<Number, BadKey> {
    let text = members.get(name).and_then(Value::as_str).ok_or(BadKey::Malformed)?;
    let octets = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadKey::Malformed)?;
    if octets.is_empty() {
        return Err(BadKey::Malformed);
    }
    if is_good(&octets) { Ok(Number { text: text.to_owned(), octets }) } else { Err(BadKey::Unsupported) }
}

/// Thumbprint of the first certificate of `x5c` (RFC 7517 section 4.7: base64, not base64url; "The PKIX certificate
/// containing the key value MUST be the first certificate").
fn certificate(members: &Map<String, Value>) -> Option<String> {
    let first = members.get("x5c")?.as_array()?.first()?.as_str()?;
    let der = STANDARD.decode(first).ok()?;
    Some(digest::sha256_base64url(&der))
}
