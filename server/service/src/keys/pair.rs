//! Key pairs: one kind of key for each family of algorithms, and one key for each algorithm (RFC 8725 section 3.1
//! has a key used with one only).
//!
//! `aws-lc-rs` is called directly: `jsonwebtoken` reads the DER anew at each RSA signature, which
//! costs two thirds of the speed.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::error::{KeyRejected, Unspecified};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED,
    ECDSA_P384_SHA384_FIXED_SIGNING, ED25519, EcdsaKeyPair, EcdsaSigningAlgorithm, EcdsaVerificationAlgorithm,
    Ed25519KeyPair, KeyPair as _, ParsedPublicKey, RsaEncoding, RsaParameters,
};
use model::spec::SigningAlg;
use serde_json::{Value, json};

use crate::crypto::base64url;

/// A private key with its algorithm, parsed once.
pub(super) enum Pair {
    Rsa { key: RsaKeyPair, by: &'static Rsa },
    Ecdsa { key: EcdsaKeyPair, by: &'static Ecdsa },
    Ed25519(Ed25519KeyPair),
}

/// How an RSA key signs.
pub(super) struct Rsa {
    signs: &'static dyn RsaEncoding,
    verifies: &'static RsaParameters,
}

/// How a key on a curve signs.
pub(super) struct Ecdsa {
    /// Of the JWK.
    curve: &'static str,
    signs: &'static EcdsaSigningAlgorithm,
    verifies: &'static EcdsaVerificationAlgorithm,
}

static RS256: Rsa = Rsa { signs: &signature::RSA_PKCS1_SHA256, verifies: &signature::RSA_PKCS1_2048_8192_SHA256 };
static RS384: Rsa = Rsa { signs: &signature::RSA_PKCS1_SHA384, verifies: &signature::RSA_PKCS1_2048_8192_SHA384 };
static RS512: Rsa = Rsa { signs: &signature::RSA_PKCS1_SHA512, verifies: &signature::RSA_PKCS1_2048_8192_SHA512 };
static PS256: Rsa = Rsa { signs: &signature::RSA_PSS_SHA256, verifies: &signature::RSA_PSS_2048_8192_SHA256 };
static ES256: Ecdsa =
    Ecdsa { curve: "P-256", signs: &ECDSA_P256_SHA256_FIXED_SIGNING, verifies: &ECDSA_P256_SHA256_FIXED };
static ES384: Ecdsa =
    Ecdsa { curve: "P-384", signs: &ECDSA_P384_SHA384_FIXED_SIGNING, verifies: &ECDSA_P384_SHA384_FIXED };

/// What makes the keys of an algorithm; `None` where the application's secret is the key.
enum Family {
    Rsa(&'static Rsa),
    Ecdsa(&'static Ecdsa),
    Ed25519,
}

fn family(alg: SigningAlg) -> Option<Family> {
    Some(match alg {
        SigningAlg::Rs256 => Family::Rsa(&RS256),
        SigningAlg::Rs384 => Family::Rsa(&RS384),
        SigningAlg::Rs512 => Family::Rsa(&RS512),
        SigningAlg::Ps256 => Family::Rsa(&PS256),
        SigningAlg::Es256 => Family::Ecdsa(&ES256),
        SigningAlg::Es384 => Family::Ecdsa(&ES384),
        SigningAlg::EdDsa => Family::Ed25519,
        SigningAlg::Hs256 => return None,
    })
}

impl Pair {
    /// A new one. RSA takes a moment.
    pub(super) fn generate(alg: SigningAlg) -> Result<Self, Unspecified> {
        Ok(match family(alg).ok_or(Unspecified)? {
            Family::Rsa(by) => Self::Rsa { key: RsaKeyPair::generate(KeySize::Rsa2048)?, by },
            Family::Ecdsa(by) => Self::Ecdsa { key: EcdsaKeyPair::generate(by.signs)?, by },
            Family::Ed25519 => Self::Ed25519(Ed25519KeyPair::generate()?),
        })
    }

    /// A stored one, as [`Self::to_pkcs8`] wrote it.
    pub(super) fn from_pkcs8(alg: SigningAlg, der: &[u8]) -> Result<Self, KeyRejected> {
        Ok(match family(alg).ok_or_else(|| KeyRejected::from(Unspecified))? {
            Family::Rsa(by) => Self::Rsa { key: RsaKeyPair::from_pkcs8(der)?, by },
            Family::Ecdsa(by) => Self::Ecdsa { key: EcdsaKeyPair::from_pkcs8(by.signs, der)?, by },
            Family::Ed25519 => Self::Ed25519(Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)?),
        })
    }

    /// The private key (RFC 5208).
    pub(super) fn to_pkcs8(&self) -> Result<Vec<u8>, Unspecified> {
        Ok(match self {
            Self::Rsa { key, .. } => AsDer::<Pkcs8V1Der>::as_der(key)?.as_ref().to_vec(),
            Self::Ecdsa { key, .. } => key.to_pkcs8v1()?.as_ref().to_vec(),
            Self::Ed25519(key) => key.to_pkcs8v1()?.as_ref().to_vec(),
        })
    }

    /// The members of its JWK that make the key (RFC 7518 section 6, RFC 8037 section 2).
    pub(super) fn public_jwk(&self) -> Value {
        match self {
            Self::Rsa { key, .. } => {
                let public = key.public_key();
                let n = base64url(public.modulus().big_endian_without_leading_zero());
                let e = base64url(public.exponent().big_endian_without_leading_zero());
                json!({ "kty": "RSA", "n": n, "e": e })
            }
            Self::Ecdsa { key, by } => {
                // SEC 1 section 2.3.3: an uncompressed point is 4, x, y.
                let point = key.public_key().as_ref().get(1..).unwrap_or_default();
                let (x, y) = point.split_at(point.len() / 2);
                json!({ "kty": "EC", "crv": by.curve, "x": base64url(x), "y": base64url(y) })
            }
            Self::Ed25519(key) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": base64url(key.public_key().as_ref()) })
            }
        }
    }

    /// The public key, parsed once.
    pub(super) fn public(&self) -> Result<ParsedPublicKey, KeyRejected> {
        match self {
            Self::Rsa { key, by } => {
                let public = key.public_key();
                let components = PublicKeyComponents {
                    n: public.modulus().big_endian_without_leading_zero(),
                    e: public.exponent().big_endian_without_leading_zero(),
                };
                components.to_parsed_public_key(by.verifies)
            }
            Self::Ecdsa { key, by } => ParsedPublicKey::new(by.verifies, key.public_key()),
            Self::Ed25519(key) => ParsedPublicKey::new(&ED25519, key.public_key()),
        }
    }

    /// A signature as JWS has it: of an elliptic curve's, R and S (RFC 7518 section 3.4).
    pub(super) fn sign(&self, input: &[u8]) -> Result<Vec<u8>, Unspecified> {
        #[expect(clippy::disallowed_methods, reason = "aws-lc-rs ignores this argument and takes its own randomness")]
        let random = aws_lc_rs::rand::SystemRandom::new();
        match self {
            Self::Rsa { key, by } => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(by.signs, &random, input, &mut signature)?;
                Ok(signature)
            }
            Self::Ecdsa { key, .. } => Ok(key.sign(&random, input)?.as_ref().to_vec()),
            Self::Ed25519(key) => Ok(key.try_sign(input)?.as_ref().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use oidc::jose::{Alg, PublicKey};

    use super::*;
    use crate::proof::verifies;

    /// Each algorithm against the library that reads other people's signatures, and after being stored.
    #[test]
    fn others_can_check_what_is_signed() {
        for alg in SigningAlg::of_keys() {
            let pair = Pair::generate(alg).expect("a key");
            let pair = Pair::from_pkcs8(alg, &pair.to_pkcs8().expect("written")).expect("read");
            let signature = pair.sign(b"header.payload").expect("signed");
            let key = PublicKey::parse(&pair.public_jwk()).expect("a JWK");
            let theirs = Alg::parse(alg.as_str()).expect("known to clients");
            assert!(key.fits(theirs), "{alg:?}");
            assert!(verifies(&key, theirs, b"header.payload", &signature), "{alg:?}");
            assert!(!verifies(&key, theirs, b"header.Payload", &signature), "{alg:?}");
            let public = pair.public().expect("parsed");
            assert!(public.verify_sig(b"header.payload", &signature).is_ok(), "{alg:?}");
            assert!(public.verify_sig(b"header.Payload", &signature).is_err(), "{alg:?}");
        }
    }

    #[test]
    fn a_secret_is_no_pair() {
        assert!(Pair::generate(SigningAlg::Hs256).is_err());
        assert!(Pair::from_pkcs8(SigningAlg::Hs256, b"").is_err());
    }
}
