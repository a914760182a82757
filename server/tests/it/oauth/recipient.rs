//! An application that encrypted messages are for: it decrypts with the library's own functions, as RFC 7516 section 5.2
//! says.

use aws_lc_rs::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{self, ECDH_P256, ECDH_P384, PrivateKey, UnparsedPublicKey};
use aws_lc_rs::cipher::{AES_128, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::key_wrap::{AES_256, AesKek, KeyWrap as _};
use aws_lc_rs::rsa::{KeyPair, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::SigningAlg;
use serde_json::{Value, json};
use service::keys::new_pkcs8;

use super::forge::encode;

/// Its key.
pub enum Recipient {
    /// As PKCS #8.
    Rsa(Vec<u8>),
    /// With the curve's name.
    Ec(PrivateKey, &'static str),
    /// A client secret.
    Secret(String),
}

/// What was in a message.
pub struct Opened {
    /// Its header.
    pub header: Value,
    /// Its content.
    pub text: String,
}

impl Recipient {
    pub fn rsa() -> Self {
        Self::Rsa(new_pkcs8(SigningAlg::Rs256).expect("a key"))
    }

    pub fn ec(curve: &'static str) -> Self {
        Self::Ec(PrivateKey::generate(algorithm(curve)).expect("a key"), curve)
    }

    /// Its public half, as a set.
    pub fn jwks(&self, kid: &str) -> Value {
        let mut jwk = match self {
            Self::Rsa(der) => {
                let pair = KeyPair::from_pkcs8(der).expect("a key");
                let (n, e) = (pair.public_key().modulus(), pair.public_key().exponent());
                let (n, e) = (n.big_endian_without_leading_zero(), e.big_endian_without_leading_zero());
                json!({ "kty": "RSA", "n": encode(n), "e": encode(e) })
            }
            Self::Ec(key, curve) => {
                let point = key.compute_public_key().expect("a point");
                let (x, y) = point.as_ref()[1..].split_at((point.as_ref().len() - 1) / 2);
                json!({ "kty": "EC", "crv": curve, "x": encode(x), "y": encode(y) })
            }
            Self::Secret(_) => panic!("a secret has no public half"),
        };
        jwk["use"] = json!("enc");
        jwk["kid"] = json!(kid);
        json!({ "keys": [jwk] })
    }

    /// Decrypts; `None` for what is not for this key, or was changed.
    pub fn open(&self, message: &str) -> Option<Opened> {
        let parts: Vec<&str> = message.split('.').collect();
        let [header, key, iv, ciphertext, tag] = parts[..] else { panic!("no JWE: {message}") };
        let octets = |part: &str| URL_SAFE_NO_PAD.decode(part).expect("base64url");
        let told: Value = serde_json::from_slice(&octets(header)).expect("a header");
        let enc = told["enc"].as_str().expect("enc");
        let key = self.content_key(&told, enc, &octets(key))?;
        let plain = open(enc, &key, header.as_bytes(), &octets(iv), octets(ciphertext), &octets(tag))?;
        Some(Opened { header: told, text: String::from_utf8(plain).expect("text") })
    }

    fn content_key(&self, header: &Value, enc: &str, encrypted: &[u8]) -> Option<Vec<u8>> {
        match (self, header["alg"].as_str()?) {
            (Self::Rsa(der), "RSA-OAEP-256") => {
                let key = PrivateDecryptingKey::from_pkcs8(der).and_then(|key| {
                    OaepPrivateDecryptingKey::new(key).map_err(|_| unreachable!("a key that was read"))
                });
                let key = key.expect("a key");
                let mut plain = vec![0; key.min_output_size()];
                let plain = key.decrypt(&OAEP_SHA256_MGF1SHA256, encrypted, &mut plain, None).ok()?;
                Some(plain.to_vec())
            }
            (Self::Ec(..), "ECDH-ES") => {
                assert!(encrypted.is_empty(), "RFC 7516 section 5.1: the encrypted key is the empty octet sequence");
                Some(self.agreed(header, enc, key_length(enc)))
            }
            (Self::Ec(..), "ECDH-ES+A256KW") => unwrap(&self.agreed(header, "ECDH-ES+A256KW", 32), encrypted),
            (Self::Secret(secret), "A256KW") => unwrap(digest(&SHA256, secret.as_bytes()).as_ref(), encrypted),
            (_, alg) => panic!("{alg} is not for this key"),
        }
    }

    /// RFC 7518 section 4.6.2.
    fn agreed(&self, header: &Value, algorithm_id: &str, length: u32) -> Vec<u8> {
        let Self::Ec(key, curve) = self else { panic!("no curve") };
        let epk = &header["epk"];
        assert_eq!((&epk["kty"], &epk["crv"]), (&json!("EC"), &json!(curve)));
        let coordinate =
            |name: &str| URL_SAFE_NO_PAD.decode(epk[name].as_str().expect("a coordinate")).expect("octets");
        let point = [vec![4], coordinate("x"), coordinate("y")].concat();
        let z = agreement::agree(key, UnparsedPublicKey::new(algorithm(curve), point), (), |z| Ok(z.to_vec()));
        let id = algorithm_id.as_bytes();
        let id_length = u32::try_from(id.len()).expect("short").to_be_bytes();
        let info = [&id_length[..], id, &[0; 4], &[0; 4], &(length * 8).to_be_bytes()].concat();
        let hashed = digest(&SHA256, &[&1_u32.to_be_bytes()[..], &z.expect("agreed"), &info].concat());
        hashed.as_ref()[..length as usize].to_vec()
    }
}

fn algorithm(curve: &str) -> &'static agreement::Algorithm {
    if curve == "P-256" { &ECDH_P256 } else { &ECDH_P384 }
}

fn key_length(enc: &str) -> u32 {
    if enc == "A128GCM" { 16 } else { 32 }
}

fn unwrap(wrapping: &[u8], wrapped: &[u8]) -> Option<Vec<u8>> {
    let mut plain = vec![0; wrapped.len()];
    let kek = AesKek::new(&AES_256, wrapping).expect("a key");
    Some(kek.unwrap(wrapped, &mut plain).ok()?.to_vec())
}

fn open(enc: &str, key: &[u8], aad: &[u8], iv: &[u8], mut text: Vec<u8>, tag: &[u8]) -> Option<Vec<u8>> {
    if enc == "A128CBC-HS256" {
        let (mac_key, enc_key) = key.split_at(16);
        let bits = (aad.len() as u64 * 8).to_be_bytes();
        let authenticated = [aad, iv, &text, &bits].concat();
        let whole = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, mac_key), &authenticated);
        if whole.as_ref()[..16] != *tag {
            return None;
        }
        let cipher = UnboundCipherKey::new(&AES_128, enc_key).and_then(PaddedBlockDecryptingKey::cbc_pkcs7);
        let iv: [u8; 16] = iv.try_into().expect("a vector");
        let context = DecryptionContext::Iv128(FixedLength::from(iv));
        return Some(cipher.expect("a key").decrypt(&mut text, context).ok()?.to_vec());
    }
    let algorithm = if enc == "A128GCM" { &AES_128_GCM } else { &AES_256_GCM };
    let key = LessSafeKey::new(UnboundKey::new(algorithm, key).expect("a key"));
    let nonce = Nonce::try_assume_unique_for_key(iv).expect("a vector");
    text.extend_from_slice(tag);
    Some(key.open_in_place(nonce, Aad::from(aad), &mut text).ok()?.to_vec())
}
