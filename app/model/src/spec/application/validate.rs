//! What an application must be like.

use super::{ApplicationSpec, ApplicationType, ClientAuthentication, GrantType, LIFETIMES, RefreshTokenUse};
use crate::link;
use crate::name;
use crate::problem::{FieldErrors, Problem};
use crate::public_keys;
use crate::redirect_uri;

/// Most addresses of signed requests: each may be asked once in a minute, by anybody's wish.
const MAX_REQUEST_URIS: usize = 10;

impl ApplicationSpec {
    /// Checks everything but whether scopes and claims exist. Field names are those of the form;
    /// the bad line of a list is named in the problem.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("client_id", name::client_id(&self.client_id));
        errors.check("name", name::display_name(&self.name));
        self.validate_links(&mut errors);
        self.validate_uris(&mut errors);
        self.validate_grants(&mut errors);
        self.validate_response_types(&mut errors);
        self.validate_refresh(&mut errors);
        self.validate_exchange(&mut errors);
        self.validate_subject(&mut errors);
        self.validate_dialect(&mut errors);
        self.validate_signing(&mut errors);
        self.validate_encryption(&mut errors);
        self.validate_proofs(&mut errors);
        self.validate_fapi(&mut errors);
        for (field, names) in [
            ("allowed_identity_scopes", &self.allowed_identity_scopes),
            ("allowed_api_scopes", &self.allowed_api_scopes),
            ("allowed_authorization_details_types", &self.allowed_authorization_details_types),
            ("exchange_targets", &self.exchange_targets),
            ("impersonation_targets", &self.impersonation_targets),
        ] {
            repeated(&mut errors, field, names.iter());
        }
        repeated(&mut errors, "required_claims", self.required_claims.iter().map(|r| &r.claim));
        for required in &self.required_claims {
            if crate::standard_claims::is_derived(&required.claim) {
                errors.add("required_claims", Problem::new("not-requirable").with("name", &required.claim));
            }
            required.validate(&mut errors);
        }
        let values = [
            self.access_token_lifetime,
            self.identity_token_lifetime,
            self.refresh_token_idle_lifetime,
            self.refresh_token_absolute_lifetime,
            self.refresh_grace,
        ];
        for ((field, min, max), value) in LIFETIMES.into_iter().zip(values) {
            if !(min..=max).contains(&value) {
                errors.add(field, Problem::new("between").with("min", min).with("max", max));
            }
        }
        errors.into_result(())
    }

    fn validate_dialect(&self, errors: &mut FieldErrors) {
        if self.dialect.signs_with_secret() && !self.kind.is_confidential() {
            errors.add("dialect", Problem::new("dialect-needs-secret"));
        }
        if self.dialect.fixed_format().is_some() && self.access_token_format.is_some() {
            errors.add("access_token_format", Problem::new("fixed-by-dialect"));
        }
    }

    /// True where its keys check what it signs.
    pub fn signs_with_keys(&self) -> bool {
        self.token_endpoint_auth_method == ClientAuthentication::PrivateKeyJwt
            || self.require_signed_request_object
            || !self.request_uris.is_empty()
    }

    /// How it proves who it is, and that its tokens are its own.
    fn validate_proofs(&self, errors: &mut FieldErrors) {
        if self.token_endpoint_auth_method == ClientAuthentication::SecretJwt {
            if !self.kind.is_confidential() {
                errors.add("token_endpoint_auth_method", Problem::new("public-application"));
            }
            // Its tokens are signed with the secret that comes with a request, and none does.
            if self.dialect.signs_with_secret() {
                errors.add("token_endpoint_auth_method", Problem::new("dialect-needs-secret"));
            }
        }
        self.validate_certificate(errors);
        public_keys::check_either(self.jwks.as_ref(), self.jwks_uri.as_deref(), errors);
        let signs_itself = self.token_endpoint_auth_method == ClientAuthentication::PrivateKeyJwt;
        if self.signs_with_keys() && self.jwks.is_none() && self.jwks_uri.is_none() {
            errors.add("jwks", Problem::new("required"));
        }
        if self.request_uris.len() > MAX_REQUEST_URIS {
            errors.add("request_uris", Problem::new("request-uris-many").with("max", MAX_REQUEST_URIS));
        }
        if signs_itself {
            if !self.kind.is_confidential() {
                errors.add("token_endpoint_auth_method", Problem::new("public-application-key"));
            }
            if self.dialect.signs_with_secret() {
                errors.add("token_endpoint_auth_method", Problem::new("dialect-needs-secret"));
            }
        }
    }

    /// RFC 8705 section 2: what proves itself by its certificate.
    fn validate_certificate(&self, errors: &mut FieldErrors) {
        if let Some(name) = &self.tls_client_auth {
            errors.check("tls_client_auth", name.check());
        }
        if !self.token_endpoint_auth_method.by_certificate() {
            return;
        }
        if !self.kind.is_confidential() {
            errors.add("token_endpoint_auth_method", Problem::new("public-application-key"));
        }
        if self.dialect.signs_with_secret() {
            errors.add("token_endpoint_auth_method", Problem::new("dialect-needs-secret"));
        }
        let by_authority = self.token_endpoint_auth_method == ClientAuthentication::TlsClientAuth;
        if by_authority && self.tls_client_auth.is_none() {
            errors.add("tls_client_auth", Problem::new("required"));
        }
        if !by_authority && self.jwks.is_none() && self.jwks_uri.is_none() {
            errors.add("jwks", Problem::new("required"));
        }
    }

    fn validate_links(&self, errors: &mut FieldErrors) {
        let links = [("client_uri", &self.client_uri), ("policy_uri", &self.policy_uri), ("tos_uri", &self.tos_uri)];
        for (field, link) in links.into_iter().filter_map(|(field, link)| Some((field, link.as_ref()?))) {
            errors.check(field, link::https(link));
        }
        // Nobody is sent there: the server fetches it.
        if let Some(uri) = &self.logo_uri
            && let Err(problem) = redirect_uri::registrable(uri, ApplicationType::Web)
        {
            errors.add("logo_uri", problem.with("value", uri));
        }
    }

    fn validate_uris(&self, errors: &mut FieldErrors) {
        type Check = fn(&str, ApplicationType) -> Result<(), Problem>;
        let lists: [(&str, &Vec<String>, Check); 4] = [
            ("redirect_uris", &self.redirect_uris, redirect_uri::registrable),
            ("post_logout_redirect_uris", &self.post_logout_redirect_uris, redirect_uri::registrable),
            // They are fetched by HTTP, whatever the type.
            ("request_uris", &self.request_uris, |uri, _| redirect_uri::registrable(uri, ApplicationType::Web)),
            ("cors_origins", &self.cors_origins, |uri, _| redirect_uri::origin(uri)),
        ];
        // They are called by HTTP, whatever the type.
        for (field, uri) in [
            ("backchannel_logout_uri", &self.backchannel_logout_uri),
            ("backchannel_client_notification_endpoint", &self.backchannel_client_notification_endpoint),
        ] {
            if let Some(uri) = uri
                && let Err(problem) = redirect_uri::registrable(uri, ApplicationType::Web)
            {
                errors.add(field, problem.with("value", uri));
            }
        }
        if let Some(uri) = &self.frontchannel_logout_uri
            && let Err(problem) = self.check_frame(uri)
        {
            errors.add("frontchannel_logout_uri", problem.with("value", uri));
        }
        for (field, uris, check) in lists {
            repeated(errors, field, uris.iter());
            for uri in uris {
                if let Err(problem) = check(uri, self.kind) {
                    errors.add(field, problem.with("value", uri));
                }
            }
        }
    }

    /// Front-Channel Logout section 2: "The domain, port, and scheme of this URL MUST be the same as that of a
    /// registered Redirection URI value." What lives in no browser has nothing there to forget.
    fn check_frame(&self, uri: &str) -> Result<(), Problem> {
        redirect_uri::registrable(uri, ApplicationType::Web)?;
        if !matches!(self.kind, ApplicationType::Web | ApplicationType::SinglePage) {
            return Err(Problem::new("logout-uri-type"));
        }
        let known = self.redirect_uris.iter().any(|registered| redirect_uri::same_origin(registered, uri));
        if known { Ok(()) } else { Err(Problem::new("logout-uri-origin")) }
    }

    fn validate_grants(&self, errors: &mut FieldErrors) {
        let has = |grant| self.grant_types.contains(&grant);
        if self.grant_types.is_empty() {
            errors.add("grant_types", Problem::new("choose"));
        }
        repeated(errors, "grant_types", self.grant_types.iter().map(|g| g.as_str()));
        // RFC 6749 section 4.4; with an exchange a public application would be nobody that can be named in `act`.
        // What anybody could say it is must not be told passwords, nor bring what somebody else says of a user.
        let needs_secret = [
            GrantType::ClientCredentials,
            GrantType::TokenExchange,
            GrantType::Password,
            GrantType::JwtBearer,
            GrantType::Ciba,
        ];
        if needs_secret.into_iter().any(has) && !self.kind.is_confidential() {
            errors.add("grant_types", Problem::new("grant-needs-secret"));
        }
        if has(GrantType::DeviceCode) && !self.kind.may_be_device() {
            errors.add("grant_types", Problem::new("grant-not-for-type"));
        }
        if has(GrantType::RefreshToken) && !self.grant_types.iter().any(|grant| grant.has_people()) {
            errors.add("grant_types", Problem::new("refresh-needs-code"));
        }
        let answered = has(GrantType::AuthorizationCode) || self.response_types.iter().any(|one| one.is_front());
        if answered && self.redirect_uris.is_empty() {
            errors.add("redirect_uris", Problem::new("required"));
        }
    }

    fn validate_exchange(&self, errors: &mut FieldErrors) {
        let is_target = |name: &&String| self.exchange_targets.contains(*name);
        for name in self.impersonation_targets.iter().filter(|name| !is_target(name)) {
            errors.add("impersonation_targets", Problem::new("impersonation-no-target").with("name", name));
        }
        if self.may_act.as_ref() == Some(&self.client_id) {
            errors.add("may_act", Problem::new("may-act-itself"));
        }
    }

    /// RFC 9700 section 2.2.2: "Refresh tokens for public clients MUST be sender-constrained or use refresh token
    /// rotation". Those of a confidential one count with its credentials only.
    fn validate_refresh(&self, errors: &mut FieldErrors) {
        let is_bound = self.kind.is_confidential() || self.dpop_bound_access_tokens;
        if self.refresh_token_use == RefreshTokenUse::Reusable && !is_bound {
            errors.add("refresh_token_use", Problem::new("reusable-unbound"));
        }
    }

    fn validate_response_types(&self, errors: &mut FieldErrors) {
        repeated(errors, "response_types", self.response_types.iter().map(|one| one.as_str()));
        if self.response_types.is_empty() {
            errors.add("response_types", Problem::new("choose"));
        }
        // The secret does not come with an authorization request, and may not be known to the server.
        if self.signs_with_secret() && self.response_types.iter().any(|one| one.is_front()) {
            errors.add("response_types", Problem::new("response-type-secret"));
        }
        // No proof of a key comes with it, either.
        if self.dpop_bound_access_tokens && self.response_types.iter().any(|one| one.has_access_token()) {
            errors.add("response_types", Problem::new("response-type-unbound"));
        }
    }
}

fn repeated<S: AsRef<str>>(errors: &mut FieldErrors, field: &str, names: impl Iterator<Item = S>) {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if !seen.insert(name.as_ref().to_owned()) {
            errors.add(field, Problem::new("repeated").with("name", name.as_ref()));
        }
    }
}
