//! Hashes, in the spellings that are needed.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::SigningAlg;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;

/// SHA-256 as 64 lower-case hexadecimal characters: how secrets, codes and tokens are stored.
pub fn sha256_hex(data: &[u8]) -> String {
    Sha256::digest(data).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 in base64url without padding (RFC 7636 section 4.2).
pub fn sha256_base64url(data: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(data))
}

/// True for what [`sha256_base64url`] can have written.
pub fn is_sha256_base64url(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// `at_hash` of an access token, or `c_hash` of a code, for an identity token signed with `alg`.
///
/// OpenID Connect Core section 3.1.3.6: "the base64url encoding of the left-most half of the hash
/// of the octets of the ASCII representation of the `access_token` value, where the hash algorithm used is the hash
/// algorithm used in the `alg` Header Parameter of the ID Token's JOSE Header"; section 3.3.2.11 has the same of the
/// code. Ed25519 hashes with SHA-512 (RFC 8032 section 5.1).
pub fn left_half(alg: SigningAlg, value: &str) -> String {
    let half = |digest: &[u8]| URL_SAFE_NO_PAD.encode(&digest[..digest.len() / 2]);
    let value = value.as_bytes();
    match alg {
        SigningAlg::Rs256 | SigningAlg::Ps256 | SigningAlg::Es256 | SigningAlg::Hs256 => half(&Sha256::digest(value)),
        SigningAlg::Rs384 | SigningAlg::Es384 => half(&Sha384::digest(value)),
        SigningAlg::Rs512 | SigningAlg::EdDsa => half(&Sha512::digest(value)),
    }
}

/// Compares without telling by its time where the difference is.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_the_standards_print_them() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        // RFC 7636 appendix B.
        assert_eq!(
            sha256_base64url(b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
        // OpenID Connect Core appendix A.3.
        assert_eq!(
            left_half(SigningAlg::Rs256, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            "77QmUPtjPfzWtF2AnpK9RQ"
        );
    }

    /// FIPS 180-2 appendix D.1 (SHA-384) and C.1 (SHA-512): the first halves of the hashes of "abc".
    #[test]
    fn the_hash_is_the_algorithms() {
        assert_eq!(left_half(SigningAlg::Es384, "abc"), "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFj");
        assert_eq!(left_half(SigningAlg::EdDsa, "abc"), "3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05o");
        assert_eq!(left_half(SigningAlg::Rs512, "abc"), left_half(SigningAlg::EdDsa, "abc"));
    }
}
