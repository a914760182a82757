//! How the content's key reaches the one who is to read it (RFC 7518 section 4).

use aws_lc_rs::agreement::{self, ECDH_P256, ECDH_P384, PrivateKey, UnparsedPublicKey};
use aws_lc_rs::key_wrap::{AES_256, AesKek, KeyWrap as _};
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PublicEncryptingKey, PublicKeyComponents};
use model::spec::{ContentEncryption, EncryptionAlg};
use oidc::jose::{Curve, EncryptionKey, EncryptionNumbers};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::content::key_length;
use crate::crypto::base64url;
use crate::error::{Error, Result};
use crate::random::Random;

/// Octets of a key that wraps another (`A256KW`).
const WRAPPING: usize = 32;

/// A key for one message.
pub(super) struct ContentKey {
    /// What the content is encrypted with.
    pub key: Vec<u8>,
    /// The second part of the message: nothing where both sides find the key by themselves.
    pub encrypted: Vec<u8>,
    /// The ephemeral public key (RFC 7518 section 4.6.1.1).
    pub epk: Option<Value>,
}

/// Makes one for the owner of a public key.
pub(super) fn for_owner(
    alg: EncryptionAlg,
    enc: ContentEncryption,
    owner: &EncryptionKey,
    random: &Random,
) -> Result<ContentKey> {
    match (alg, owner.numbers()) {
        (EncryptionAlg::RsaOaep256, EncryptionNumbers::Rsa { n, e }) => {
            let key = fresh(enc, random)?;
            let encrypted = oaep(n, e, &key)?;
            Ok(ContentKey { key, encrypted, epk: None })
        }
        (EncryptionAlg::EcdhEs, EncryptionNumbers::Ec { curve, x, y }) => {
            // Section 4.6.2: the identifier of the content's algorithm, where the agreed key is its key.
            let (key, epk) = agree(*curve, x, y, enc.as_str(), key_length(enc))?;
            Ok(ContentKey { key, encrypted: Vec::new(), epk: Some(epk) })
        }
        (EncryptionAlg::EcdhEsA256Kw, EncryptionNumbers::Ec { curve, x, y }) => {
            let (wrapping, epk) = agree(*curve, x, y, alg.as_str(), WRAPPING)?;
            let key = fresh(enc, random)?;
            Ok(ContentKey { encrypted: wrap(&wrapping, &key)?, key, epk: Some(epk) })
        }
        _ => Err(Error::internal("a key of another kind than the algorithm's")),
    }
}

/// Makes one for those who know a secret. OpenID Connect Core section 10.2: "The symmetric encryption key is derived from
/// the `client_secret` value by using the left-truncated hash of the octets of the UTF-8 representation of the
/// `client_secret`. […] For keys of 256 or fewer bits, SHA-256 is used".
pub(super) fn by_secret(enc: ContentEncryption, secret: &[u8], random: &Random) -> Result<ContentKey> {
    let key = fresh(enc, random)?;
    Ok(ContentKey { encrypted: wrap(&Sha256::digest(secret), &key)?, key, epk: None })
}

fn fresh(enc: ContentEncryption, random: &Random) -> Result<Vec<u8>> {
    Ok(random.bytes::<WRAPPING>()?[..key_length(enc)].to_vec())
}

/// Section 4.3.
fn oaep(n: &[u8], e: &[u8], key: &[u8]) -> Result<Vec<u8>> {
    let public: PublicEncryptingKey = PublicKeyComponents { n, e }.try_into().map_err(Error::internal)?;
    let public = OaepPublicEncryptingKey::new(public).map_err(Error::internal)?;
    let mut encrypted = vec![0; public.ciphertext_size()];
    let written = public.encrypt(&OAEP_SHA256_MGF1SHA256, key, &mut encrypted, None).map_err(Error::internal)?.len();
    encrypted.truncate(written);
    Ok(encrypted)
}

/// Section 4.4 (RFC 3394).
fn wrap(wrapping: &[u8], key: &[u8]) -> Result<Vec<u8>> {
    let mut wrapped = vec![0; key.len() + 8];
    let kek = AesKek::new(&AES_256, wrapping).map_err(Error::internal)?;
    let written = kek.wrap(key, &mut wrapped).map_err(Error::internal)?.len();
    wrapped.truncate(written);
    Ok(wrapped)
}

/// Section 4.6: a key of so many octets that the owner of the point finds too, and what it needs for that. Section 4.6.1.1:
/// "A new ephemeral public key value MUST be generated for each key agreement operation." That the point is one of its curve
/// is looked at in the agreement.
fn agree(curve: Curve, x: &[u8], y: &[u8], algorithm: &str, length: usize) -> Result<(Vec<u8>, Value)> {
    let kind: &'static agreement::Algorithm = match curve {
        Curve::P256 => &ECDH_P256,
        Curve::P384 => &ECDH_P384,
    };
    let own = PrivateKey::generate(kind).map_err(Error::internal)?;
    let public = own.compute_public_key().map_err(Error::internal)?;
    // An uncompressed point (SEC 1 section 2.3.3).
    let coordinates = public.as_ref().get(1..).ok_or_else(|| Error::internal("no point"))?;
    let (own_x, own_y) = coordinates.split_at(coordinates.len() / 2);
    let epk = json!({ "kty": "EC", "crv": curve.as_str(), "x": base64url(own_x), "y": base64url(own_y) });
    let point = [&[4], x, y].concat();
    let failed = || Error::internal("the key of the application is no point of its curve");
    let key = agreement::agree(&own, UnparsedPublicKey::new(kind, point), failed(), |z| {
        Ok(concat_kdf(z, algorithm, (b"", b""), length))
    })?;
    Ok((key, epk))
}

/// Section 4.6.2, for keys that one round of SHA-256 is enough for. `parties` are `apu` and `apv`.
fn concat_kdf(z: &[u8], algorithm: &str, (apu, apv): (&[u8], &[u8]), length: usize) -> Vec<u8> {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes();
    let mut digest = Sha256::new_with_prefix(number(1));
    digest.update(z);
    for part in [algorithm.as_bytes(), apu, apv] {
        digest.update(number(part.len()));
        digest.update(part);
    }
    digest.update(number(length * 8));
    digest.finalize()[..length].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::hex;

    /// RFC 7518 appendix C.
    #[test]
    fn a_key_is_derived_as_the_standard_prints_it() {
        let z = [
            158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128,
            106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
        ];
        assert_eq!(base64url(&concat_kdf(&z, "A128GCM", (b"Alice", b"Bob"), 16)), "VqqN6vgjbSBcIijNcacQGg");
    }

    /// RFC 3394 section 4.6.
    #[test]
    fn a_key_is_wrapped_as_the_standard_prints_it() {
        let wrapping: Vec<u8> = (0..32).collect();
        let key: Vec<u8> = (0..16).map(|i| i * 0x11).chain(0..16).collect();
        assert_eq!(
            hex(&wrap(&wrapping, &key).expect("wraps")),
            "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"
        );
    }

    #[test]
    fn a_point_beside_its_curve_is_no_key() {
        agree(Curve::P256, &[1; 32], &[1; 32], "ECDH-ES+A256KW", WRAPPING).expect_err("refused");
    }
}
