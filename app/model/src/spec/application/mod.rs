//! An application: an OAuth client.

mod certificate;
mod choices;
mod encryption;
mod fapi;
mod form;
mod required_claim;
mod sector;
mod signing;
#[cfg(test)]
mod tests;
mod validate;
mod wire;

pub use certificate::CertificateName;
pub use choices::{
    AccessTokenFormat, ApplicationType, ClientAuthentication, ContentEncryption, Dialect, EncryptionAlg, GrantType,
    RefreshTokenUse, ResponseType, SecurityProfile, SigningAlg, Stage, SubjectType,
};
pub use encryption::Encryption;
pub use required_claim::{Asking, RequiredClaim};
pub(super) use wire::in_short;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{SecretRef, is_false, is_true, yes};

/// An application as an administrator writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
#[expect(clippy::struct_excessive_bools, reason = "keys of the apply file")]
pub struct ApplicationSpec {
    /// Immutable.
    pub client_id: String,
    /// What people read on the way to it.
    pub name: String,
    /// Its home page, for people on the way to it (RFC 7591 section 2; so are the next three).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    /// What it does with what it learns of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    /// Its terms of service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
    /// Immutable kind.
    #[serde(rename = "type", default)]
    pub kind: ApplicationType,
    /// In an `apply` file only; never stored here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretRef>,
    /// How it proves who it is.
    #[serde(default, skip_serializing_if = "ClientAuthentication::is_secret")]
    pub token_endpoint_auth_method: ClientAuthentication,
    /// Its public keys: a JWK Set (RFC 7591 section 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
    /// Where that set is published instead (RFC 7591 section 2). Never both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// What its certificate is called, where an authority vouches for that (RFC 8705 section 2.1.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_client_auth: Option<CertificateName>,
    /// Access tokens count only over connections with the certificate they were issued to (RFC 8705 section 3).
    #[serde(default, skip_serializing_if = "is_false")]
    pub tls_client_certificate_bound_access_tokens: bool,
    /// Authorization requests come by way of the server only (RFC 9126 section 6).
    #[serde(default, skip_serializing_if = "is_false")]
    pub require_pushed_authorization_requests: bool,
    /// Authorization requests are signed with one of those keys (RFC 9101 section 10.5).
    #[serde(default, skip_serializing_if = "is_false")]
    pub require_signed_request_object: bool,
    /// Where signed requests may be published (OpenID Connect Registration section 2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub request_uris: Vec<String>,
    /// Access tokens count only with a proof of the key they were issued to (RFC 9449 section 5.2).
    #[serde(default, skip_serializing_if = "is_false")]
    pub dpop_bound_access_tokens: bool,
    /// Each such proof holds a nonce of the server's (RFC 9449 section 8).
    #[serde(default, skip_serializing_if = "is_false")]
    pub require_dpop_nonce: bool,
    /// Rules beyond the usual ones.
    #[serde(default, skip_serializing_if = "SecurityProfile::is_usual")]
    pub security_profile: SecurityProfile,
    /// Where codes may go.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where people may go after signing out.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it is told, by the server, that a session has ended (OpenID Connect Back-Channel Logout 1.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_uri: Option<String>,
    /// It is told which session; else it signs the user out of all it has.
    #[serde(default, skip_serializing_if = "is_false")]
    pub backchannel_logout_session_required: bool,
    /// Where it is told, by the server, that somebody has answered its request for a sign-in (OpenID Connect CIBA section 4);
    /// without it, it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backchannel_client_notification_endpoint: Option<String>,
    /// What the browser that signs out loads in a frame (OpenID Connect Front-Channel Logout 1.0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontchannel_logout_uri: Option<String>,
    /// That address is told which session of which issuer.
    #[serde(default, skip_serializing_if = "is_false")]
    pub frontchannel_logout_session_required: bool,
    /// Origins that may call the token endpoints from a browser.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cors_origins: Vec<String>,
    /// Grants it may use.
    #[serde(default = "default_grants")]
    pub grant_types: Vec<GrantType>,
    /// What its authorization requests may be answered with; a code needs the grant for it, too.
    #[serde(default = "only_code", skip_serializing_if = "is_only_code")]
    pub response_types: Vec<ResponseType>,
    /// Identity scopes it may request.
    #[serde(default)]
    pub allowed_identity_scopes: Vec<String>,
    /// API scopes it may request.
    #[serde(default)]
    pub allowed_api_scopes: Vec<String>,
    /// Types of authorization details it may ask for (RFC 9396), by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_authorization_details_types: Vec<String>,
    /// API connections and applications towards which it may exchange a user's token (RFC 8693), by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchange_targets: Vec<String>,
    /// Those of them towards which the new token does not say that it acts: it is the user there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub impersonation_targets: Vec<String>,
    /// `client_id` of the application that may exchange its users' tokens besides itself (RFC 8693 section 4.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_act: Option<String>,
    /// Claims it needs.
    #[serde(default)]
    pub required_claims: Vec<RequiredClaim>,
    /// Users agree before it receives anything.
    #[serde(default)]
    pub require_consent: bool,
    /// PKCE even of a confidential application.
    #[serde(default, skip_serializing_if = "is_false")]
    pub require_pkce: bool,
    /// People may register on the way to it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub allow_registration: bool,
    /// JWT or reference; `None` where the dialect leaves no choice. See [`Self::format`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token_format: Option<AccessTokenFormat>,
    /// What users are called towards it.
    #[serde(default, skip_serializing_if = "SubjectType::is_public")]
    pub subject_type: SubjectType,
    /// Whose host is its sector; a list of redirect URIs stands there (OpenID Connect Registration section 5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector_identifier_uri: Option<String>,
    /// Shape of the tokens.
    #[serde(default)]
    pub dialect: Dialect,
    /// The identity token's algorithm. See [`Self::identity_token_alg`].
    #[serde(default)]
    pub signing_alg: SigningAlg,
    /// The algorithm of access tokens that are JWTs. See [`Self::access_token_alg`].
    #[serde(default, skip_serializing_if = "SigningAlg::is_default")]
    pub access_token_signing_alg: SigningAlg,
    /// UserInfo answers with a JWT by this algorithm (OpenID Connect Registration section 2); `None`: with JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userinfo_signed_response_alg: Option<SigningAlg>,
    /// Identity tokens are encrypted, their key by this algorithm; `None`: they are not. See [`Self::identity_token_encryption`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token_encrypted_response_alg: Option<EncryptionAlg>,
    /// What their content is then encrypted with.
    #[serde(default, skip_serializing_if = "ContentEncryption::is_default")]
    pub id_token_encrypted_response_enc: ContentEncryption,
    /// The same for UserInfo's answers. See [`Self::userinfo_encryption`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userinfo_encrypted_response_alg: Option<EncryptionAlg>,
    /// What their content is then encrypted with.
    #[serde(default, skip_serializing_if = "ContentEncryption::is_default")]
    pub userinfo_encrypted_response_enc: ContentEncryption,
    /// Scope claims also go into the identity token (else to UserInfo only).
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub claims_in_identity_token: bool,
    /// Seconds. Left out of a file, it is what is usual in the dialect.
    #[serde(default = "wire::usual", skip_serializing_if = "wire::is_usual")]
    pub access_token_lifetime: i64,
    /// Seconds.
    #[serde(default = "five_minutes", skip_serializing_if = "is_five_minutes")]
    pub identity_token_lifetime: i64,
    /// How often a refresh token counts.
    #[serde(default, skip_serializing_if = "RefreshTokenUse::is_rotating")]
    pub refresh_token_use: RefreshTokenUse,
    /// Seconds a refresh token lives unused.
    #[serde(default = "fortnight", skip_serializing_if = "is_fortnight")]
    pub refresh_token_idle_lifetime: i64,
    /// Seconds after sign-in when refreshing ends, however often it was done.
    #[serde(default = "quarter", skip_serializing_if = "is_quarter")]
    pub refresh_token_absolute_lifetime: i64,
    /// Seconds in which a retry with a rotated refresh token is honoured.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refresh_grace: i64,
    /// Out of use while true.
    #[serde(default, skip_serializing_if = "is_false")]
    pub disabled: bool,
}

macro_rules! lifetimes {
    ($($value:ident $is:ident $seconds:expr;)+) => { $(
        fn $value() -> i64 { $seconds }
        fn $is(value: &i64) -> bool { *value == $seconds }
    )+ };
}

lifetimes! {
    five_minutes is_five_minutes 300;
    fortnight is_fortnight 14 * 86_400;
    quarter is_quarter 90 * 86_400;
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

fn default_grants() -> Vec<GrantType> {
    vec![GrantType::AuthorizationCode]
}

/// RFC 7591 section 2: "If omitted, the default is that the client will use only the code response type".
fn only_code() -> Vec<ResponseType> {
    vec![ResponseType::Code]
}

fn is_only_code(types: &[ResponseType]) -> bool {
    *types == [ResponseType::Code]
}

impl ApplicationSpec {
    /// What its access tokens are.
    pub fn format(&self) -> AccessTokenFormat {
        self.dialect.fixed_format().or(self.access_token_format).unwrap_or_default()
    }

    /// True when it has a secret to prove who it is.
    pub fn has_secret(&self) -> bool {
        self.kind.is_confidential() && self.token_endpoint_auth_method.by_secret()
    }

    /// True when that secret comes with its requests.
    pub fn sends_secret(&self) -> bool {
        self.kind.is_confidential() && self.token_endpoint_auth_method.is_secret()
    }

    /// True where what it signs with its secret says who it is.
    pub fn authenticates_by_secret_jwt(&self) -> bool {
        self.token_endpoint_auth_method == ClientAuthentication::SecretJwt
    }

    /// True where the server has to know the secret itself, and not only its hash.
    pub fn needs_sealed_secret(&self) -> bool {
        self.signs_with_secret() || self.authenticates_by_secret_jwt() || self.encrypts_with_secret()
    }

    /// True where the server needs it although nobody brings it: what is known by its hash only will not do.
    pub fn needs_known_secret(&self) -> bool {
        self.authenticates_by_secret_jwt() || self.encrypts_with_secret()
    }

    /// The same without what its dialect leaves no choice about: for one that is put together from several
    /// moments, such as by undo.
    #[must_use]
    pub fn settled(mut self) -> Self {
        if self.dialect.fixed_format().is_some() {
            self.access_token_format = None;
        } else {
            self.access_token_format.get_or_insert_default();
        }
        self
    }
}

impl Default for ApplicationSpec {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            name: String::new(),
            client_uri: None,
            logo_uri: None,
            policy_uri: None,
            tos_uri: None,
            kind: ApplicationType::Web,
            secret: None,
            token_endpoint_auth_method: ClientAuthentication::Secret,
            jwks: None,
            jwks_uri: None,
            tls_client_auth: None,
            tls_client_certificate_bound_access_tokens: false,
            require_pushed_authorization_requests: false,
            require_signed_request_object: false,
            request_uris: Vec::new(),
            dpop_bound_access_tokens: false,
            require_dpop_nonce: false,
            security_profile: SecurityProfile::Usual,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            backchannel_logout_uri: None,
            backchannel_logout_session_required: false,
            backchannel_client_notification_endpoint: None,
            frontchannel_logout_uri: None,
            frontchannel_logout_session_required: false,
            cors_origins: Vec::new(),
            grant_types: default_grants(),
            response_types: only_code(),
            allowed_identity_scopes: vec!["openid".to_owned()],
            allowed_api_scopes: Vec::new(),
            allowed_authorization_details_types: Vec::new(),
            exchange_targets: Vec::new(),
            impersonation_targets: Vec::new(),
            may_act: None,
            required_claims: Vec::new(),
            require_consent: false,
            require_pkce: false,
            allow_registration: true,
            access_token_format: Some(AccessTokenFormat::Jwt),
            subject_type: SubjectType::Public,
            sector_identifier_uri: None,
            dialect: Dialect::Standard,
            signing_alg: SigningAlg::Rs256,
            access_token_signing_alg: SigningAlg::Rs256,
            userinfo_signed_response_alg: None,
            id_token_encrypted_response_alg: None,
            id_token_encrypted_response_enc: ContentEncryption::default(),
            userinfo_encrypted_response_alg: None,
            userinfo_encrypted_response_enc: ContentEncryption::default(),
            claims_in_identity_token: true,
            access_token_lifetime: Dialect::Standard.usual_access_token_lifetime(),
            identity_token_lifetime: five_minutes(),
            refresh_token_use: RefreshTokenUse::Rotating,
            refresh_token_idle_lifetime: fortnight(),
            refresh_token_absolute_lifetime: quarter(),
            refresh_grace: 0,
            disabled: false,
        }
    }
}

/// Form fields of lifetimes with their bounds, in seconds.
pub(super) const LIFETIMES: [(&str, i64, i64); 5] = [
    ("access_token_lifetime", 60, 86_400),
    ("identity_token_lifetime", 60, 86_400),
    ("refresh_token_idle_lifetime", 300, 400 * 86_400),
    ("refresh_token_absolute_lifetime", 300, 400 * 86_400),
    ("refresh_grace", 0, 300),
];
