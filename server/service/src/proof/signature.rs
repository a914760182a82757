//! Signatures by keys that are not ours.

use aws_lc_rs::hmac;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey};
use oidc::jose::{Alg, MacAlg, PublicKey};

use crate::crypto::base64url;

/// Is `signature` the one of this key over these octets? False for a key that is none, such as a point that is not
/// on its curve.
pub(crate) fn verifies(key: &PublicKey, alg: Alg, signed: &[u8], signature: &[u8]) -> bool {
    let Ok(jwk) = serde_json::from_str::<Jwk>(&key.essential()) else { return false };
    let Ok(key) = DecodingKey::from_jwk(&jwk) else { return false };
    jsonwebtoken::crypto::verify(&base64url(signature), signed, &key, algorithm(alg)).unwrap_or(false)
}

/// Is `tag` the one of this secret over these octets? Its own characters are the key, as everywhere (OpenID Connect Core
/// section 10.1: "the octets of the UTF-8 representation of the `client_secret`").
pub(crate) fn tags(secret: &[u8], alg: MacAlg, signed: &[u8], tag: &[u8]) -> bool {
    let hash = match alg {
        MacAlg::Hs256 => hmac::HMAC_SHA256,
        MacAlg::Hs384 => hmac::HMAC_SHA384,
        MacAlg::Hs512 => hmac::HMAC_SHA512,
    };
    hmac::verify(&hmac::Key::new(hash, secret), signed, tag).is_ok() && alg.takes(secret)
}

fn algorithm(alg: Alg) -> Algorithm {
    match alg {
        Alg::Rs256 => Algorithm::RS256,
        Alg::Rs384 => Algorithm::RS384,
        Alg::Rs512 => Algorithm::RS512,
        Alg::Ps256 => Algorithm::PS256,
        Alg::Ps384 => Algorithm::PS384,
        Alg::Ps512 => Algorithm::PS512,
        Alg::Es256 => Algorithm::ES256,
        Alg::Es384 => Algorithm::ES384,
        Alg::EdDsa | Alg::Ed25519 => Algorithm::EdDSA,
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;

    /// RFC 7515 appendix A.3: ES256.
    #[test]
    fn the_example_of_the_standard() {
        let key = PublicKey::parse(&json!({
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }))
        .expect("a key");
        let signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
        assert!(verifies(&key, Alg::Es256, signed.as_bytes(), &signature));
        assert!(!verifies(&key, Alg::Es256, &signed.as_bytes()[1..], &signature));
        assert!(!verifies(&key, Alg::Rs256, signed.as_bytes(), &signature), "another algorithm");
    }

    /// RFC 7515 appendix A.2: RS256.
    #[test]
    fn an_rsa_key() {
        let key = json!({
            "kty": "RSA", "e": "AQAB",
            "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
        });
        let key = PublicKey::parse(&key).expect("a key");
        let signed = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
        assert!(verifies(&key, Alg::Rs256, signed.as_bytes(), &signature));
        for other in [Alg::Rs384, Alg::Ps256, Alg::Es256] {
            assert!(!verifies(&key, other, signed.as_bytes(), &signature), "{other:?}");
        }
    }

    /// RFC 8037 appendix A.4: `EdDSA`, by both of its names.
    #[test]
    fn an_edwards_curve() {
        let key = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
        let key = PublicKey::parse(&key).expect("a key");
        let signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        let signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
        for alg in [Alg::EdDsa, Alg::Ed25519] {
            assert!(verifies(&key, alg, signed.as_bytes(), &signature));
        }
    }

    /// RFC 7515 appendix A.1: HS256.
    #[test]
    fn a_shared_secret() {
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let secret = URL_SAFE_NO_PAD.decode(secret).expect("base64url");
        let signed = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let tag = URL_SAFE_NO_PAD.decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").expect("base64url");
        assert!(tags(&secret, MacAlg::Hs256, signed.as_bytes(), &tag));
        assert!(!tags(&secret, MacAlg::Hs256, &signed.as_bytes()[1..], &tag));
        assert!(!tags(&secret[1..], MacAlg::Hs256, signed.as_bytes(), &tag));
        assert!(!tags(&secret, MacAlg::Hs256, signed.as_bytes(), &tag[1..]));
        assert!(!tags(&secret, MacAlg::Hs384, signed.as_bytes(), &tag), "another algorithm");
    }

    #[test]
    fn a_point_beside_its_curve_verifies_nothing() {
        let zero = URL_SAFE_NO_PAD.encode([0; 32]);
        let key = json!({ "kty": "EC", "crv": "P-256", "x": zero, "y": zero });
        assert!(!verifies(&PublicKey::parse(&key).expect("its size is right"), Alg::Es256, b"x", &[0; 64]));
    }
}
