//! Content encryption (RFC 7518 section 5).

use aws_lc_rs::aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::cipher::{AES_128, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use model::spec::ContentEncryption;

use crate::error::{Error, Result};
use crate::random::Random;

/// Octets of an initialization vector for CBC, and of a tag.
const BLOCK: usize = 16;

/// What goes into the last three parts of a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub iv: Vec<u8>,
    pub ciphertext: Vec<u8>,
    pub tag: Vec<u8>,
}

/// Octets of the key. Section 5.2.3 has 32 for `A128CBC-HS256`: half of them authenticate.
pub(super) fn key_length(enc: ContentEncryption) -> usize {
    match enc {
        ContentEncryption::A128Gcm => 16,
        ContentEncryption::A128CbcHs256 | ContentEncryption::A256Gcm => 32,
    }
}

/// Encrypts. `aad` is the header as it stands in the message.
pub(super) fn seal(enc: ContentEncryption, key: &[u8], aad: &[u8], plain: &[u8], random: &Random) -> Result<Sealed> {
    match enc {
        ContentEncryption::A128Gcm => gcm(&AES_128_GCM, key, aad, plain, random.bytes()?),
        ContentEncryption::A256Gcm => gcm(&AES_256_GCM, key, aad, plain, random.bytes()?),
        ContentEncryption::A128CbcHs256 => cbc_hmac(key, aad, plain, random.bytes()?),
    }
}

/// Section 5.3: "Use of an IV of size 96 bits is REQUIRED with this algorithm. […] The requested size of the
/// Authentication Tag output MUST be 128 bits".
fn gcm(algorithm: &'static Algorithm, key: &[u8], aad: &[u8], plain: &[u8], iv: [u8; NONCE_LEN]) -> Result<Sealed> {
    let key = LessSafeKey::new(UnboundKey::new(algorithm, key).map_err(Error::internal)?);
    let mut ciphertext = plain.to_vec();
    let nonce = Nonce::assume_unique_for_key(iv);
    let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut ciphertext).map_err(Error::internal)?;
    Ok(Sealed { iv: iv.to_vec(), ciphertext, tag: tag.as_ref().to_vec() })
}

/// Section 5.2.2.1, with the parameters of section 5.2.3.
fn cbc_hmac(key: &[u8], aad: &[u8], plain: &[u8], iv: [u8; BLOCK]) -> Result<Sealed> {
    let (mac_key, enc_key) = key.split_at(key.len() / 2);
    let cipher = UnboundCipherKey::new(&AES_128, enc_key).and_then(PaddedBlockEncryptingKey::cbc_pkcs7);
    let cipher = cipher.map_err(Error::internal)?;
    let mut ciphertext = plain.to_vec();
    let context = EncryptionContext::Iv128(FixedLength::from(iv));
    cipher.less_safe_encrypt(&mut ciphertext, context).map_err(Error::internal)?;
    // "The octet string AL is equal to the number of bits in the Additional Authenticated Data A expressed as a 64-bit
    // unsigned big-endian integer."
    let bits = (aad.len() as u64 * 8).to_be_bytes();
    let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, mac_key));
    for part in [aad, &iv, &ciphertext, &bits] {
        mac.update(part);
    }
    let tag = mac.sign().as_ref()[..BLOCK].to_vec();
    Ok(Sealed { iv: iv.to_vec(), ciphertext, tag })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::hex;

    /// RFC 7518 appendix B.1.
    #[test]
    fn cbc_and_hmac_as_the_standard_prints_it() {
        let key: Vec<u8> = (0..32).collect();
        let plain =
            b"A cipher system must not be required to be secret, and it must be able to fall into the hands of \
            the enemy without inconvenience";
        let iv = [0x1a, 0xf3, 0x8c, 0x2d, 0xc2, 0xb9, 0x6f, 0xfd, 0xd8, 0x66, 0x94, 0x09, 0x23, 0x41, 0xbc, 0x04];
        let sealed = cbc_hmac(&key, b"The second principle of Auguste Kerckhoffs", plain, iv).expect("encrypts");
        assert_eq!(
            hex(&sealed.ciphertext),
            "c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9\
             a94ac9b47ad2655c5f10f9aef71427e2fc6f9b3f399a221489f16362c7032336\
             09d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b\
             384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade5\
             4b8851ffb598f7f80074b9473c82e2db"
        );
        assert_eq!(hex(&sealed.tag), "652c3fa36b0a7c5b3219fab3a30bc1c4");
    }

    #[test]
    fn each_message_has_a_vector_of_its_own() {
        for enc in ContentEncryption::ALL.iter().copied() {
            let (key, random) = (vec![7; key_length(enc)], Random::default());
            let seal = || seal(enc, &key, b"header", b"plain", &random).expect("encrypts");
            let (one, other) = (seal(), seal());
            assert!(one.iv != other.iv && one.ciphertext != other.ciphertext, "{enc:?}");
            assert_eq!(one.tag.len(), 16);
        }
    }
}
