//! An application as a form.

use super::{
    AccessTokenFormat, ApplicationSpec, ApplicationType, CertificateName, ClientAuthentication, ContentEncryption,
    Dialect, EncryptionAlg, GrantType, LIFETIMES, RefreshTokenUse, RequiredClaim, ResponseType, SecurityProfile,
    SigningAlg, SubjectType, default_grants, five_minutes, fortnight, only_code, quarter,
};
use crate::form::FormData;
use crate::problem::{FieldErrors, Problem};
use crate::public_keys;

impl ApplicationSpec {
    /// Reads the form of a new or an existing application.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let dialect = choice(&mut errors, form, "dialect", Dialect::parse);
        let mut seconds = [0; 5];
        for (value, (field, _, _)) in seconds.iter_mut().zip(LIFETIMES) {
            let default = Self::default_lifetime(field, dialect);
            // A form may leave the lifetimes out: a new application has the defaults.
            let typed = form.get(field).map_or(Ok(default), |t| t.trim().parse().map_err(|_| Problem::new("number")));
            *value = errors.check(field, typed).unwrap_or(default);
        }
        let kind = choice(&mut errors, form, "type", ApplicationType::parse);
        let access_token_format = choice(&mut errors, form, "access_token_format", AccessTokenFormat::parse);
        let token_endpoint_auth_method =
            choice(&mut errors, form, "token_endpoint_auth_method", ClientAuthentication::parse);
        let jwks = form.optional("jwks").and_then(|text| errors.check("jwks", public_keys::parse(&text)));
        let tls_client_auth = CertificateName::from_form(form, &mut errors);
        let signing_alg = choice(&mut errors, form, "signing_alg", SigningAlg::parse);
        let access_token_signing_alg = choice(&mut errors, form, "access_token_signing_alg", SigningAlg::parse);
        let userinfo_signed_response_alg = filled(form, "userinfo_signed_response_alg").and_then(|text| {
            let alg = SigningAlg::parse(&text).ok_or_else(|| Problem::new("choice"));
            errors.check("userinfo_signed_response_alg", alg)
        });
        let identity = encryption(&mut errors, form, IDENTITY_TOKEN);
        let userinfo = encryption(&mut errors, form, USERINFO);
        let grants: Option<Vec<GrantType>> = form.all("grant_types").iter().map(|g| GrantType::parse(g)).collect();
        if grants.is_none() {
            errors.add("grant_types", Problem::new("choice"));
        }
        let response_types: Option<Vec<ResponseType>> =
            form.all("response_types").iter().map(|one| ResponseType::parse(one)).collect();
        if response_types.is_none() {
            errors.add("response_types", Problem::new("choice"));
        }
        let required_claims = RequiredClaim::list_from_form(form, &mut errors);
        let spec = Self {
            client_id: form.trimmed("client_id").to_owned(),
            name: form.trimmed("name").to_owned(),
            client_uri: filled(form, "client_uri"),
            logo_uri: filled(form, "logo_uri"),
            policy_uri: filled(form, "policy_uri"),
            tos_uri: filled(form, "tos_uri"),
            kind,
            secret: None,
            token_endpoint_auth_method,
            jwks,
            jwks_uri: filled(form, "jwks_uri"),
            tls_client_auth,
            tls_client_certificate_bound_access_tokens: form.flag("tls_client_certificate_bound_access_tokens"),
            require_pushed_authorization_requests: form.flag("require_pushed_authorization_requests"),
            require_signed_request_object: form.flag("require_signed_request_object"),
            request_uris: form.lines("request_uris"),
            dpop_bound_access_tokens: form.flag("dpop_bound_access_tokens"),
            require_dpop_nonce: form.flag("require_dpop_nonce"),
            security_profile: choice(&mut errors, form, "security_profile", SecurityProfile::parse),
            redirect_uris: form.lines("redirect_uris"),
            post_logout_redirect_uris: form.lines("post_logout_redirect_uris"),
            backchannel_logout_uri: filled(form, "backchannel_logout_uri"),
            backchannel_logout_session_required: form.flag("backchannel_logout_session_required"),
            backchannel_client_notification_endpoint: filled(form, "backchannel_client_notification_endpoint"),
            frontchannel_logout_uri: filled(form, "frontchannel_logout_uri"),
            frontchannel_logout_session_required: form.flag("frontchannel_logout_session_required"),
            cors_origins: form.lines("cors_origins"),
            grant_types: grants.unwrap_or_else(default_grants),
            response_types: response_types.filter(|types| !types.is_empty()).unwrap_or_else(only_code),
            allowed_identity_scopes: form.all("allowed_identity_scopes"),
            allowed_api_scopes: form.all("allowed_api_scopes"),
            allowed_authorization_details_types: form.all("allowed_authorization_details_types"),
            exchange_targets: form.lines("exchange_targets"),
            impersonation_targets: form.lines("impersonation_targets"),
            may_act: filled(form, "may_act"),
            required_claims,
            require_consent: form.flag("require_consent"),
            require_pkce: form.flag("require_pkce"),
            allow_registration: form.flag("allow_registration"),
            access_token_format: Some(access_token_format),
            subject_type: choice(&mut errors, form, "subject_type", SubjectType::parse),
            sector_identifier_uri: filled(form, "sector_identifier_uri"),
            dialect,
            signing_alg,
            access_token_signing_alg,
            userinfo_signed_response_alg,
            id_token_encrypted_response_alg: identity.0,
            id_token_encrypted_response_enc: identity.1,
            userinfo_encrypted_response_alg: userinfo.0,
            userinfo_encrypted_response_enc: userinfo.1,
            claims_in_identity_token: form.flag("claims_in_identity_token"),
            access_token_lifetime: seconds[0],
            identity_token_lifetime: seconds[1],
            refresh_token_use: choice(&mut errors, form, "refresh_token_use", RefreshTokenUse::parse),
            refresh_token_idle_lifetime: seconds[2],
            refresh_token_absolute_lifetime: seconds[3],
            refresh_grace: seconds[4],
            disabled: form.flag("disabled"),
        };
        // A form shows the format all the same.
        let spec = spec.settled();
        if let Err(more) = spec.validate() {
            errors.0.extend(more.0);
        }
        errors.into_result(spec)
    }

    fn default_lifetime(field: &str, dialect: Dialect) -> i64 {
        match field {
            "access_token_lifetime" => dialect.usual_access_token_lifetime(),
            "identity_token_lifetime" => five_minutes(),
            "refresh_token_idle_lifetime" => fortnight(),
            "refresh_token_absolute_lifetime" => quarter(),
            _ => 0,
        }
    }

    /// The fields with which a form shows this application.
    pub fn to_form(&self) -> FormData {
        let mut form = FormData::default()
            .with("client_id", &self.client_id)
            .with("name", &self.name)
            .with("client_uri", self.client_uri.as_deref().unwrap_or_default())
            .with("logo_uri", self.logo_uri.as_deref().unwrap_or_default())
            .with("policy_uri", self.policy_uri.as_deref().unwrap_or_default())
            .with("tos_uri", self.tos_uri.as_deref().unwrap_or_default())
            .with("type", self.kind.as_str())
            .with("token_endpoint_auth_method", self.token_endpoint_auth_method.as_str())
            .with("jwks", self.jwks.as_ref().map_or_else(String::new, |set| format!("{set:#}")))
            .with("jwks_uri", self.jwks_uri.as_deref().unwrap_or_default())
            .with("tls_client_auth_kind", self.tls_client_auth.as_ref().map_or("subject_dn", |name| name.parts().0))
            .with("tls_client_auth", self.tls_client_auth.as_ref().map_or("", |name| name.parts().1))
            .with("request_uris", self.request_uris.join("\n"))
            .with("redirect_uris", self.redirect_uris.join("\n"))
            .with("post_logout_redirect_uris", self.post_logout_redirect_uris.join("\n"))
            .with("cors_origins", self.cors_origins.join("\n"))
            .with("exchange_targets", self.exchange_targets.join("\n"))
            .with("impersonation_targets", self.impersonation_targets.join("\n"))
            .with("may_act", self.may_act.as_deref().unwrap_or_default())
            .with(
                "backchannel_client_notification_endpoint",
                self.backchannel_client_notification_endpoint.as_deref().unwrap_or_default(),
            )
            .with("backchannel_logout_uri", self.backchannel_logout_uri.as_deref().unwrap_or_default())
            .with("frontchannel_logout_uri", self.frontchannel_logout_uri.as_deref().unwrap_or_default())
            .with("access_token_format", self.format().as_str())
            .with("subject_type", self.subject_type.as_str())
            .with("sector_identifier_uri", self.sector_identifier_uri.as_deref().unwrap_or_default())
            .with("dialect", self.dialect.as_str())
            .with("security_profile", self.security_profile.as_str())
            .with("refresh_token_use", self.refresh_token_use.as_str())
            .with("signing_alg", self.signing_alg.as_str())
            .with("access_token_signing_alg", self.access_token_signing_alg.as_str())
            .with("userinfo_signed_response_alg", self.userinfo_signed_response_alg.map_or("", SigningAlg::as_str))
            .with(IDENTITY_TOKEN.0, self.id_token_encrypted_response_alg.map_or("", EncryptionAlg::as_str))
            .with(IDENTITY_TOKEN.1, self.id_token_encrypted_response_enc.as_str())
            .with(USERINFO.0, self.userinfo_encrypted_response_alg.map_or("", EncryptionAlg::as_str))
            .with(USERINFO.1, self.userinfo_encrypted_response_enc.as_str())
            .with("access_token_lifetime", self.access_token_lifetime.to_string())
            .with("identity_token_lifetime", self.identity_token_lifetime.to_string())
            .with("refresh_token_idle_lifetime", self.refresh_token_idle_lifetime.to_string())
            .with("refresh_token_absolute_lifetime", self.refresh_token_absolute_lifetime.to_string())
            .with("refresh_grace", self.refresh_grace.to_string());
        for grant in &self.grant_types {
            form.push("grant_types", grant.as_str());
        }
        for response_type in &self.response_types {
            form.push("response_types", response_type.as_str());
        }
        for (field, names) in [
            ("allowed_identity_scopes", &self.allowed_identity_scopes),
            ("allowed_api_scopes", &self.allowed_api_scopes),
            ("allowed_authorization_details_types", &self.allowed_authorization_details_types),
        ] {
            for name in names {
                form.push(field, name.as_str());
            }
        }
        for required in &self.required_claims {
            required.to_form(&mut form);
        }
        for (field, on) in [
            ("require_pushed_authorization_requests", self.require_pushed_authorization_requests),
            ("require_signed_request_object", self.require_signed_request_object),
            ("dpop_bound_access_tokens", self.dpop_bound_access_tokens),
            ("tls_client_certificate_bound_access_tokens", self.tls_client_certificate_bound_access_tokens),
            ("require_dpop_nonce", self.require_dpop_nonce),
        ] {
            form.push_flag(field, on);
        }
        form.push_flag("require_consent", self.require_consent);
        form.push_flag("require_pkce", self.require_pkce);
        form.push_flag("allow_registration", self.allow_registration);
        form.push_flag("claims_in_identity_token", self.claims_in_identity_token);
        form.push_flag("backchannel_logout_session_required", self.backchannel_logout_session_required);
        form.push_flag("frontchannel_logout_session_required", self.frontchannel_logout_session_required);
        form.push_flag("disabled", self.disabled);
        form
    }
}

/// Fields of what is encrypted: how its key is sent, and how the rest is encrypted.
const IDENTITY_TOKEN: (&str, &str) = ("id_token_encrypted_response_alg", "id_token_encrypted_response_enc");
const USERINFO: (&str, &str) = ("userinfo_encrypted_response_alg", "userinfo_encrypted_response_enc");

fn encryption(
    errors: &mut FieldErrors,
    form: &FormData,
    (alg, enc): (&str, &str),
) -> (Option<EncryptionAlg>, ContentEncryption) {
    let read = |text: String| EncryptionAlg::parse(&text).ok_or_else(|| Problem::new("choice"));
    let found = filled(form, alg).and_then(|text| errors.check(alg, read(text)));
    (found, choice(errors, form, enc, ContentEncryption::parse))
}

fn filled(form: &FormData, field: &str) -> Option<String> {
    Some(form.trimmed(field).to_owned()).filter(|text| !text.is_empty())
}

fn choice<T: Default>(errors: &mut FieldErrors, form: &FormData, field: &str, parse: fn(&str) -> Option<T>) -> T {
    match form.get(field) {
        None => T::default(),
        Some(text) => errors.check(field, parse(text.trim()).ok_or_else(|| Problem::new("choice"))).unwrap_or_default(),
    }
}
