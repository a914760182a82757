//! The specification that comes of metadata.

use model::spec::{
    AccessTokenFormat, ApplicationSpec, ApplicationType, ClientAuthentication, ClientRegistrationSpec, GrantType,
    ResponseType, SubjectType,
};

use super::{Metadata, invalid};
use crate::certificate::Support;
use crate::error::OAuthError;
use crate::scope::OFFLINE_ACCESS;
use crate::tenant::Tenant;

/// The grant type that goes with response types without a code (RFC 7591 section 2.1). No setting of an application
/// is called so: its response types say it.
pub(super) const IMPLICIT: &str = "implicit";

/// What our settings call both ways of sending a secret. In metadata there is no method of this name.
const OURS: &str = "client_secret";

/// What an application may be, whoever registers it.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    tenant: &'a Tenant,
    settings: &'a ClientRegistrationSpec,
    certificates: Support,
}

impl<'a> Rules<'a> {
    /// Those of a subscription, in an installation that learns so much of clients' certificates.
    pub fn of(tenant: &'a Tenant, certificates: Support) -> Self {
        Self { tenant, settings: &tenant.settings().client_registration, certificates }
    }

    /// What discovery does not offer cannot be registered.
    fn allows(&self, method: ClientAuthentication) -> bool {
        match method {
            ClientAuthentication::TlsClientAuth => self.certificates == Support::Authorities,
            ClientAuthentication::SelfSignedTls => self.certificates != Support::None,
            ClientAuthentication::Secret | ClientAuthentication::SecretJwt | ClientAuthentication::PrivateKeyJwt => {
                true
            }
        }
    }
}

/// A new application under an identifier of ours.
///
/// # Errors
/// RFC 7591 section 3.2.2.
pub fn new(rules: Rules<'_>, metadata: &Metadata, client_id: &str) -> Result<ApplicationSpec, OAuthError> {
    let blank = ApplicationSpec {
        client_id: client_id.to_owned(),
        require_consent: rules.settings.require_consent,
        allowed_identity_scopes: Vec::new(),
        ..ApplicationSpec::default()
    };
    with(rules, metadata, blank, None)
}

/// The same application with other metadata. What it cannot say, such as lifetimes and whether it is asked for
/// consent, stays as administrators have set it.
///
/// # Errors
/// RFC 7591 section 3.2.2. Its type stays: whether it keeps a secret was decided.
pub fn changed(rules: Rules<'_>, metadata: &Metadata, before: &ApplicationSpec) -> Result<ApplicationSpec, OAuthError> {
    with(rules, metadata, before.clone(), Some(before))
}

fn with(
    rules: Rules<'_>,
    metadata: &Metadata,
    base: ApplicationSpec,
    before: Option<&ApplicationSpec>,
) -> Result<ApplicationSpec, OAuthError> {
    let response_types = response_types(metadata)?;
    let grant_types = grant_types(metadata, &response_types)?;
    let kind = kind(metadata, &grant_types)?;
    if before.is_some_and(|before| before.kind != kind) {
        return Err(invalid("application_type and whether it keeps a secret cannot change"));
    }
    let mut spec = ApplicationSpec {
        name: metadata.client_name.clone().unwrap_or_else(|| base.client_id.clone()),
        subject_type: metadata.subject_type,
        sector_identifier_uri: metadata.sector_identifier_uri.clone(),
        // What it could read of a JWT would tell it what others call the user.
        access_token_format: match metadata.subject_type {
            SubjectType::Pairwise => Some(AccessTokenFormat::Reference),
            SubjectType::Public => base.access_token_format,
        },
        client_uri: metadata.client_uri.clone(),
        logo_uri: metadata.logo_uri.clone(),
        policy_uri: metadata.policy_uri.clone(),
        tos_uri: metadata.tos_uri.clone(),
        kind,
        token_endpoint_auth_method: method(metadata),
        jwks: metadata.jwks.clone(),
        jwks_uri: metadata.jwks_uri.clone(),
        require_pushed_authorization_requests: metadata.require_pushed_authorization_requests,
        require_signed_request_object: metadata.require_signed_request_object,
        request_uris: metadata.request_uris.clone(),
        dpop_bound_access_tokens: metadata.dpop_bound_access_tokens,
        tls_client_auth: metadata.tls_client_auth.clone(),
        tls_client_certificate_bound_access_tokens: metadata.tls_client_certificate_bound_access_tokens,
        redirect_uris: metadata.redirect_uris.clone(),
        post_logout_redirect_uris: metadata.post_logout_redirect_uris.clone(),
        backchannel_logout_uri: metadata.backchannel_logout_uri.clone(),
        backchannel_logout_session_required: metadata.backchannel_logout_session_required,
        backchannel_client_notification_endpoint: metadata.backchannel_client_notification_endpoint.clone(),
        frontchannel_logout_uri: metadata.frontchannel_logout_uri.clone(),
        frontchannel_logout_session_required: metadata.frontchannel_logout_session_required,
        grant_types,
        response_types,
        signing_alg: metadata.id_token_signed_response_alg.unwrap_or_default(),
        userinfo_signed_response_alg: metadata.userinfo_signed_response_alg,
        id_token_encrypted_response_alg: metadata.id_token_encryption.map(|one| one.alg),
        id_token_encrypted_response_enc: metadata.id_token_encryption.map(|one| one.enc).unwrap_or_default(),
        userinfo_encrypted_response_alg: metadata.userinfo_encryption.map(|one| one.alg),
        userinfo_encrypted_response_enc: metadata.userinfo_encryption.map(|one| one.enc).unwrap_or_default(),
        ..base
    };
    if !rules.allows(spec.token_endpoint_auth_method) {
        return Err(invalid("token_endpoint_auth_method: this method is not supported"));
    }
    if spec.tls_client_certificate_bound_access_tokens && rules.certificates == Support::None {
        return Err(invalid("tls_client_certificate_bound_access_tokens: certificates are not supported"));
    }
    scopes(rules, metadata, &mut spec, before);
    spec.allowed_authorization_details_types = detail_types(metadata, before)?;
    Ok(spec)
}

/// RFC 9396 section 10: "Clients MAY indicate the authorization details types they will use". Which it may use an
/// administrator decides: it may hold on to what it was given, or give it up.
fn detail_types(metadata: &Metadata, before: Option<&ApplicationSpec>) -> Result<Vec<String>, OAuthError> {
    let held = before.map(|before| before.allowed_authorization_details_types.as_slice()).unwrap_or_default();
    let Some(asked) = &metadata.authorization_details_types else { return Ok(held.to_vec()) };
    match asked.iter().find(|one| !held.contains(one)) {
        Some(other) => Err(invalid(format!("authorization_details_types: an administrator has to allow {other}"))),
        None => Ok(held.iter().filter(|one| asked.contains(one)).cloned().collect()),
    }
}

/// How it proves who it is. In the header or in the body is one of our settings: both are understood.
fn method(metadata: &Metadata) -> ClientAuthentication {
    metadata.token_endpoint_auth_method.as_deref().and_then(ClientAuthentication::parse).unwrap_or_default()
}

fn response_types(metadata: &Metadata) -> Result<Vec<ResponseType>, OAuthError> {
    let said = metadata.response_types.clone().filter(|all| !all.is_empty());
    let is_said = said.is_some();
    let all = said.unwrap_or_else(|| vec![ResponseType::Code]);
    let codes = metadata.grant_types.as_ref().is_none_or(|all| has(all, GrantType::AuthorizationCode.as_str()));
    // RFC 7591 section 2.1: "A server supporting these fields SHOULD take steps to ensure that a client cannot
    // register itself into an inconsistent state".
    if is_said && !codes && all.iter().any(|one| one.has_code()) {
        return Err(invalid("response_types: a code needs the grant type authorization_code"));
    }
    Ok(all)
}

fn grant_types(metadata: &Metadata, response_types: &[ResponseType]) -> Result<Vec<GrantType>, OAuthError> {
    // RFC 7591 section 2: "If omitted, the default behavior is that the client will use only the
    // authorization_code Grant Type."
    let Some(names) = metadata.grant_types.as_ref().filter(|names| !names.is_empty()) else {
        return Ok(vec![GrantType::AuthorizationCode]);
    };
    if has(names, IMPLICIT) && !response_types.iter().any(|one| one.is_front()) {
        return Err(invalid("grant_types: implicit needs a response type for it"));
    }
    let read = |name: &&String| match GrantType::parse(name) {
        // Towards whom, an administrator decides, and so whether somebody is told passwords, brings what others say, or may
        // ask people whenever it likes.
        Some(GrantType::TokenExchange | GrantType::Password | GrantType::JwtBearer | GrantType::Ciba) | None => {
            Err(invalid(format!("grant_types: {name} is not supported")))
        }
        Some(grant) => Ok(grant),
    };
    let mut grants: Vec<GrantType> =
        names.iter().filter(|name| *name != IMPLICIT).map(|name| read(&name)).collect::<Result<_, _>>()?;
    if grants.is_empty() {
        // What only tokens are answered to redeems no code; an application without any grant there is none of.
        grants.push(GrantType::AuthorizationCode);
    }
    Ok(grants)
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|one| one == name)
}

/// Which of our types fits: whether it keeps a secret, and where it runs.
fn kind(metadata: &Metadata, grants: &[GrantType]) -> Result<ApplicationType, OAuthError> {
    // OpenID Connect Dynamic Client Registration section 2: "The default, if omitted, is web."
    let is_native = match metadata.application_type.as_deref() {
        None | Some("web") => false,
        Some("native") => true,
        Some(_) => return Err(invalid("application_type: must be web or native")),
    };
    let method = metadata.token_endpoint_auth_method.as_deref();
    let is_public = match method {
        Some("none") => true,
        Some("client_secret_basic" | "client_secret_post") => false,
        Some(method) if ClientAuthentication::parse(method).is_some_and(|one| one.as_str() != OURS) => false,
        // RFC 7591 section 2: "If unspecified or omitted, the default is client_secret_basic". RFC 8252 section 8.4:
        // what is shipped to many is public.
        None => is_native,
        Some(_) => return Err(invalid("token_endpoint_auth_method: this method is not supported")),
    };
    let only = |grant| grants.iter().all(|one| *one == grant || *one == GrantType::RefreshToken);
    match (is_native, is_public) {
        (true, false) => Err(invalid("token_endpoint_auth_method: a native application keeps no secret")),
        (true, true) => Ok(ApplicationType::Native),
        (false, true) if only(GrantType::DeviceCode) => Ok(ApplicationType::Device),
        (false, true) => Ok(ApplicationType::SinglePage),
        (false, false) if only(GrantType::ClientCredentials) => Ok(ApplicationType::Service),
        (false, false) => Ok(ApplicationType::Web),
    }
}

/// RFC 7591 section 2: "If omitted, an authorization server MAY register a client with a default set of scopes":
/// all that are allowed. Of what is asked for, the rest is left out, and the answer says so.
fn scopes(rules: Rules<'_>, metadata: &Metadata, spec: &mut ApplicationSpec, before: Option<&ApplicationSpec>) {
    let held = |name: &String| {
        before.is_some_and(|before| {
            before.allowed_identity_scopes.contains(name) || before.allowed_api_scopes.contains(name)
        })
    };
    let asked = match (&metadata.scope, before) {
        (Some(asked), _) => asked.clone(),
        (None, Some(before)) => {
            before.allowed_identity_scopes.iter().chain(&before.allowed_api_scopes).cloned().collect()
        }
        (None, None) => rules.settings.scopes.clone(),
    };
    (spec.allowed_identity_scopes, spec.allowed_api_scopes) = (Vec::new(), Vec::new());
    for name in asked {
        if name == OFFLINE_ACCESS || !(rules.settings.scopes.contains(&name) || held(&name)) {
            continue;
        }
        let list = if rules.tenant.identity_scope(&name).is_some() {
            &mut spec.allowed_identity_scopes
        } else if rules.tenant.api_scope(&name).is_some() {
            &mut spec.allowed_api_scopes
        } else {
            continue;
        };
        if !list.contains(&name) {
            list.push(name);
        }
    }
}
