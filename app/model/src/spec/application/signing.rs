//! What an application's tokens are signed with.

use super::{AccessTokenFormat, ApplicationSpec, SigningAlg};
use crate::problem::{FieldErrors, Problem};

impl ApplicationSpec {
    /// Of its identity tokens and of the logout tokens that it is sent.
    pub fn identity_token_alg(&self) -> SigningAlg {
        if self.dialect.signs_with_secret() { SigningAlg::Hs256 } else { self.signing_alg }
    }

    /// Of its access tokens, where these are JWTs.
    pub fn access_token_alg(&self) -> SigningAlg {
        if self.dialect.signs_with_secret() { SigningAlg::Hs256 } else { self.access_token_signing_alg }
    }

    /// True where its secret is the key of some of its tokens: whoever holds it can make them.
    pub fn signs_with_secret(&self) -> bool {
        self.identity_token_alg().is_by_secret() || self.access_token_alg().is_by_secret()
    }

    /// Algorithms of which the subscription has to have keys, so that this application gets tokens.
    pub fn algs_of_keys(&self) -> impl Iterator<Item = SigningAlg> {
        let access = (self.format() == AccessTokenFormat::Jwt).then(|| self.access_token_alg());
        [Some(self.identity_token_alg()), access, self.userinfo_signed_response_alg]
            .into_iter()
            .flatten()
            .filter(|alg| !alg.is_by_secret())
    }

    /// The algorithms against what the application can check.
    pub(super) fn validate_signing(&self, errors: &mut FieldErrors) {
        // A secret that it does not have, or that does not come with its requests, is no key.
        if self.signing_alg.is_by_secret() && !self.sends_secret() {
            errors.add("signing_alg", Problem::new("alg-needs-secret"));
        }
        // An API does not know the secret of the application that calls it.
        if self.access_token_signing_alg.is_by_secret() {
            errors.add("access_token_signing_alg", Problem::new("choice"));
        }
        // UserInfo is asked with a token, not with the secret.
        if self.userinfo_signed_response_alg.is_some_and(SigningAlg::is_by_secret) {
            errors.add("userinfo_signed_response_alg", Problem::new("choice"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ApplicationType, ClientAuthentication, Dialect};
    use super::*;

    fn with(change: impl FnOnce(&mut ApplicationSpec)) -> ApplicationSpec {
        let mut spec = ApplicationSpec {
            client_id: "my-app".into(),
            name: "Library website".into(),
            redirect_uris: vec!["https://library.example/callback".into()],
            ..ApplicationSpec::default()
        };
        change(&mut spec);
        spec
    }

    fn refused(spec: &ApplicationSpec, field: &str) -> Option<String> {
        spec.validate().err().and_then(|errors| errors.of(field).map(|problem| problem.code.clone()))
    }

    #[test]
    fn a_secret_is_a_key_only_for_those_who_send_one() {
        let by_secret = with(|spec| spec.signing_alg = SigningAlg::Hs256);
        assert_eq!(refused(&by_secret, "signing_alg"), None);
        assert!(by_secret.signs_with_secret());
        for public in [
            ApplicationSpec { kind: ApplicationType::Native, ..by_secret.clone() },
            ApplicationSpec { token_endpoint_auth_method: ClientAuthentication::SecretJwt, ..by_secret.clone() },
            ApplicationSpec { token_endpoint_auth_method: ClientAuthentication::PrivateKeyJwt, ..by_secret },
        ] {
            assert_eq!(refused(&public, "signing_alg").as_deref(), Some("alg-needs-secret"));
        }
    }

    #[test]
    fn what_is_not_asked_for_with_the_secret_is_not_signed_with_it() {
        let spec = with(|spec| spec.access_token_signing_alg = SigningAlg::Hs256);
        assert_eq!(refused(&spec, "access_token_signing_alg").as_deref(), Some("choice"));
        let spec = with(|spec| spec.userinfo_signed_response_alg = Some(SigningAlg::Hs256));
        assert_eq!(refused(&spec, "userinfo_signed_response_alg").as_deref(), Some("choice"));
    }

    #[test]
    fn keys_are_needed_for_what_is_signed() {
        let spec = with(|spec| {
            spec.signing_alg = SigningAlg::EdDsa;
            spec.access_token_signing_alg = SigningAlg::Es256;
        });
        assert_eq!(spec.algs_of_keys().collect::<Vec<_>>(), [SigningAlg::EdDsa, SigningAlg::Es256]);
        let opaque = ApplicationSpec { access_token_format: Some(AccessTokenFormat::Reference), ..spec.clone() };
        assert_eq!(opaque.algs_of_keys().collect::<Vec<_>>(), [SigningAlg::EdDsa]);
        let connect = ApplicationSpec { dialect: Dialect::Connect, access_token_format: None, ..spec };
        assert_eq!(connect.algs_of_keys().count(), 0);
        assert_eq!(connect.identity_token_alg(), SigningAlg::Hs256);
    }
}
