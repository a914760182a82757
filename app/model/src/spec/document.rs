//! The `apply` file.

use serde::{Deserialize, Serialize};

use super::{
    ApiConnectionSpec, ApplicationDefaults, ApplicationSpec, BrandingSpec, ClaimSpec, ClientRegistrationSpec,
    IdentityScopeSpec, LogoFile, TrustedIssuerSpec, UserSpec, application, is_true, yes,
};
use crate::preset::ScopePreset;

/// The whole file. Unknown keys are refused by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// In the order of their slugs when exported.
    pub subscriptions: Vec<SubscriptionDocument>,
}

/// A subscription with all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionDocument {
    /// See [`super::SubscriptionSpec`].
    pub slug: String,
    /// What people read.
    pub name: String,
    /// Counts at creation only.
    #[serde(default)]
    pub scope_preset: ScopePreset,
    /// People may register themselves.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub registration: bool,
    /// Seconds; absent means the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_idle_lifetime: Option<i64>,
    /// Seconds; absent means the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_absolute_lifetime: Option<i64>,
    /// What end users see besides the name; absent means nothing of the kind.
    #[serde(default, skip_serializing_if = "BrandingSpec::is_default")]
    pub branding: BrandingSpec<LogoFile>,
    /// Characters; absent means the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_min_length: Option<i64>,
    /// What applications made in the console begin with.
    #[serde(default, skip_serializing_if = "ApplicationDefaults::is_usual")]
    pub application_defaults: ApplicationDefaults,
    /// Scripts of applications may ask their browser whether the sign-in is still the same.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub session_management: bool,
    /// Applications that register themselves; absent means none.
    #[serde(default, skip_serializing_if = "ClientRegistrationSpec::is_usual")]
    pub client_registration: ClientRegistrationSpec,
    /// Who else may say who a user is; absent means nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_issuers: Vec<TrustedIssuerSpec>,
    /// Out of use while true.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub disabled: bool,
    /// Custom claims, and standard ones where they differ from their defaults.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimSpec>,
    /// Identity scopes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identity_scopes: Vec<IdentityScopeSpec>,
    /// Identity scopes of the preset that the subscription does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_identity_scopes: Vec<String>,
    /// API connections with their scopes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_connections: Vec<ApiConnectionSpec>,
    /// Applications.
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "application::in_short")]
    pub applications: Vec<ApplicationSpec>,
    /// Users; exported with `--users` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<UserSpec>,
}
