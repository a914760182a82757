//! What an application's identity tokens and UserInfo answers are encrypted with (RFC 7516).

use serde_json::Value;

use super::{ApplicationSpec, ContentEncryption, EncryptionAlg};
use crate::problem::{FieldErrors, Problem};
use crate::public_keys;

/// How something is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encryption {
    /// How the key reaches the application.
    pub alg: EncryptionAlg,
    /// What the content is encrypted with.
    pub enc: ContentEncryption,
}

impl ApplicationSpec {
    /// Of its identity tokens.
    pub fn identity_token_encryption(&self) -> Option<Encryption> {
        let enc = self.id_token_encrypted_response_enc;
        self.id_token_encrypted_response_alg.map(|alg| Encryption { alg, enc })
    }

    /// Of what UserInfo answers.
    pub fn userinfo_encryption(&self) -> Option<Encryption> {
        let enc = self.userinfo_encrypted_response_enc;
        self.userinfo_encrypted_response_alg.map(|alg| Encryption { alg, enc })
    }

    /// True where its secret is the key of something.
    pub fn encrypts_with_secret(&self) -> bool {
        self.encryption_algs().any(|(_, alg)| alg.is_by_secret())
    }

    fn encryption_algs(&self) -> impl Iterator<Item = (&'static str, EncryptionAlg)> {
        [
            ("id_token_encrypted_response_alg", self.id_token_encrypted_response_alg),
            ("userinfo_encrypted_response_alg", self.userinfo_encrypted_response_alg),
        ]
        .into_iter()
        .filter_map(|(field, alg)| Some((field, alg?)))
    }

    /// Whether there is a key for it: what cannot be encrypted would not be sent at all.
    pub(super) fn validate_encryption(&self, errors: &mut FieldErrors) {
        for (field, alg) in self.encryption_algs() {
            if alg.is_by_secret() {
                if !self.has_secret() {
                    errors.add(field, Problem::new("encryption-needs-secret"));
                }
                continue;
            }
            match &self.jwks {
                Some(set) if !has_key(set, alg) => {
                    errors.add(field, Problem::new("encryption-needs-key").with("alg", alg.as_str()));
                }
                None if self.jwks_uri.is_none() => {
                    errors.add(field, Problem::new("encryption-needs-key").with("alg", alg.as_str()));
                }
                // What stands at an address is looked at when it is needed.
                Some(_) | None => {}
            }
        }
    }
}

fn has_key(set: &Value, alg: EncryptionAlg) -> bool {
    let keys = set.get("keys").and_then(Value::as_array);
    keys.into_iter().flatten().any(|key| public_keys::may_encrypt(key, alg))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{ApplicationType, ClientAuthentication};
    use super::*;

    fn refused(change: impl FnOnce(&mut ApplicationSpec)) -> Option<String> {
        let mut spec = ApplicationSpec {
            client_id: "my-app".into(),
            name: "Library website".into(),
            redirect_uris: vec!["https://library.example/callback".into()],
            ..ApplicationSpec::default()
        };
        change(&mut spec);
        spec.validate().err().map(|errors| errors.0[0].problem.code.clone())
    }

    #[test]
    fn a_public_key_is_needed_that_fits() {
        for (alg, set, problem) in [
            (EncryptionAlg::RsaOaep256, None, Some("encryption-needs-key")),
            (EncryptionAlg::RsaOaep256, Some(json!({ "kty": "RSA", "n": "n", "e": "e" })), None),
            (EncryptionAlg::RsaOaep256, Some(json!({ "kty": "EC", "crv": "P-256" })), Some("encryption-needs-key")),
            (EncryptionAlg::EcdhEs, Some(json!({ "kty": "EC", "crv": "P-256", "use": "enc" })), None),
            (
                EncryptionAlg::EcdhEs,
                Some(json!({ "kty": "EC", "crv": "P-256", "use": "sig" })),
                Some("encryption-needs-key"),
            ),
            (EncryptionAlg::EcdhEs, Some(json!({ "kty": "OKP", "crv": "Ed25519" })), Some("encryption-needs-key")),
        ] {
            let jwks = set.map(|key| json!({ "keys": [key] }));
            let found = refused(|spec| {
                spec.jwks = jwks.clone();
                spec.id_token_encrypted_response_alg = Some(alg);
            });
            assert_eq!(found.as_deref(), problem, "{alg:?} {jwks:?}");
        }
        let published = refused(|spec| {
            spec.jwks_uri = Some("https://library.example/jwks.json".into());
            spec.userinfo_encrypted_response_alg = Some(EncryptionAlg::EcdhEsA256Kw);
        });
        assert_eq!(published, None);
    }

    #[test]
    fn so_is_a_secret_where_it_is_the_key() {
        let by_secret = |spec: &mut ApplicationSpec| spec.userinfo_encrypted_response_alg = Some(EncryptionAlg::A256Kw);
        assert_eq!(refused(by_secret), None);
        let public = refused(|spec| {
            spec.kind = ApplicationType::Native;
            by_secret(spec);
        });
        assert_eq!(public.as_deref(), Some("encryption-needs-secret"));
        let keyed = refused(|spec| {
            spec.token_endpoint_auth_method = ClientAuthentication::PrivateKeyJwt;
            spec.jwks_uri = Some("https://library.example/jwks.json".into());
            by_secret(spec);
        });
        assert_eq!(keyed.as_deref(), Some("encryption-needs-secret"));
        let mut spec = ApplicationSpec::default();
        assert!(!spec.needs_sealed_secret());
        by_secret(&mut spec);
        assert!(spec.needs_sealed_secret(), "its hash is no key");
    }
}
