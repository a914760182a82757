//! What FAPI 2.0 Security Profile asks of an application's settings.

use super::{ApplicationSpec, ClientAuthentication, Dialect, GrantType, ResponseType, SecurityProfile, SigningAlg};
use crate::problem::{FieldErrors, Problem};

/// FAPI 2.0 Security Profile section 5.4.1: "shall use PS256, ES256, or `EdDSA` (using the Ed25519
/// variant) algorithms".
const ALGS: [SigningAlg; 3] = [SigningAlg::Ps256, SigningAlg::Es256, SigningAlg::EdDsa];

impl ApplicationSpec {
    /// True where the application keeps the rules of FAPI 2.0.
    pub fn is_fapi(&self) -> bool {
        self.security_profile == SecurityProfile::Fapi2
    }

    fn proves_itself_as_fapi(&self) -> bool {
        let method = self.token_endpoint_auth_method;
        method == ClientAuthentication::PrivateKeyJwt || method.by_certificate()
    }

    /// Says at each field what is missing: nothing is switched on behind anybody's back.
    pub(super) fn validate_fapi(&self, errors: &mut FieldErrors) {
        if !self.is_fapi() {
            return;
        }
        let fields = [
            // Section 5.3.2.1: confidential clients, by private_key_jwt or mutual TLS.
            ("token_endpoint_auth_method", self.proves_itself_as_fapi()),
            // Section 5.3.2.2: requests are pushed, with PKCE, and answered by a code.
            ("require_pushed_authorization_requests", self.require_pushed_authorization_requests),
            ("require_pkce", self.require_pkce),
            ("response_types", self.response_types == [ResponseType::Code]),
            // Section 5.3.2.1: "shall reject requests using the resource owner password credentials grant".
            ("grant_types", !self.grant_types.contains(&GrantType::Password)),
            // Section 5.3.2.1: sender-constrained access tokens only.
            (
                "dpop_bound_access_tokens",
                self.dpop_bound_access_tokens || self.tls_client_certificate_bound_access_tokens,
            ),
            ("dialect", self.dialect == Dialect::Standard),
            ("signing_alg", ALGS.contains(&self.signing_alg)),
            ("access_token_signing_alg", ALGS.contains(&self.access_token_signing_alg)),
            ("userinfo_signed_response_alg", self.userinfo_signed_response_alg.is_none_or(|alg| ALGS.contains(&alg))),
            // Section 5.3.2.2: "shall not allow clients to use http redirect URIs".
            ("redirect_uris", self.redirect_uris.iter().all(|uri| uri.starts_with("https://"))),
        ];
        for (field, _) in fields.into_iter().filter(|(_, kept)| !kept) {
            errors.add(field, Problem::new("fapi"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ApplicationType, RefreshTokenUse};
    use super::*;

    fn kept() -> ApplicationSpec {
        ApplicationSpec {
            client_id: "my-app".into(),
            name: "Library website".into(),
            security_profile: SecurityProfile::Fapi2,
            token_endpoint_auth_method: ClientAuthentication::PrivateKeyJwt,
            jwks_uri: Some("https://library.example/jwks.json".into()),
            require_pushed_authorization_requests: true,
            require_pkce: true,
            dpop_bound_access_tokens: true,
            signing_alg: SigningAlg::Es256,
            access_token_signing_alg: SigningAlg::Ps256,
            redirect_uris: vec!["https://library.example/callback".into()],
            ..ApplicationSpec::default()
        }
    }

    /// A field, and how it is set against the rule.
    type Break = (&'static str, fn(&mut ApplicationSpec));

    #[test]
    fn each_rule_is_said_at_its_field() {
        assert_eq!(kept().validate(), Ok(()));
        let breaks: [Break; 11] = [
            ("grant_types", |s| s.grant_types.push(GrantType::Password)),
            ("token_endpoint_auth_method", |s| s.token_endpoint_auth_method = ClientAuthentication::Secret),
            ("require_pushed_authorization_requests", |s| s.require_pushed_authorization_requests = false),
            ("require_pkce", |s| s.require_pkce = false),
            ("response_types", |s| s.response_types = vec![ResponseType::CodeIdToken]),
            ("dpop_bound_access_tokens", |s| s.dpop_bound_access_tokens = false),
            ("dialect", |s| {
                s.dialect = Dialect::Next;
                s.access_token_format = None;
            }),
            ("signing_alg", |s| s.signing_alg = SigningAlg::Rs256),
            ("access_token_signing_alg", |s| s.access_token_signing_alg = SigningAlg::Es384),
            ("userinfo_signed_response_alg", |s| s.userinfo_signed_response_alg = Some(SigningAlg::Rs256)),
            ("redirect_uris", |s| s.redirect_uris = vec!["http://localhost:8080/callback".into()]),
        ];
        for (field, change) in breaks {
            let mut spec = kept();
            change(&mut spec);
            let errors = spec.validate().expect_err(field);
            assert_eq!(errors.of(field).map(|problem| problem.code.as_str()), Some("fapi"), "{field}");
            spec.security_profile = SecurityProfile::Usual;
            assert_eq!(spec.validate(), Ok(()), "{field}");
        }
    }

    #[test]
    fn a_reusable_refresh_token_is_bound() {
        let public = ApplicationSpec {
            kind: ApplicationType::Native,
            refresh_token_use: RefreshTokenUse::Reusable,
            grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
            security_profile: SecurityProfile::Usual,
            token_endpoint_auth_method: ClientAuthentication::Secret,
            jwks_uri: None,
            ..kept()
        };
        assert_eq!(public.validate(), Ok(()));
        let unbound = ApplicationSpec { dpop_bound_access_tokens: false, ..public };
        let errors = unbound.validate().expect_err("refused");
        assert_eq!(errors.of("refresh_token_use").map(|problem| problem.code.as_str()), Some("reusable-unbound"));
    }
}
