//! What administrators write: one type per object, the same for console forms, the `apply` file,
//! revisions and export. Keys are the contract of the `apply` file.

pub mod api_connection;
pub mod application;
pub mod application_defaults;
pub mod branding;
pub mod claim;
pub mod client_registration;
pub mod detail_type;
pub mod document;
pub mod identity_scope;
pub mod secret_ref;
pub mod subscription;
pub mod trusted_issuer;
pub mod user;

pub use api_connection::{ApiConnectionSpec, ApiScopeSpec};
pub use application::{
    AccessTokenFormat, ApplicationSpec, ApplicationType, Asking, CertificateName, ClientAuthentication,
    ContentEncryption, Dialect, Encryption, EncryptionAlg, GrantType, RefreshTokenUse, RequiredClaim, ResponseType,
    SecurityProfile, SigningAlg, Stage, SubjectType,
};
pub use application_defaults::ApplicationDefaults;
pub use branding::{BrandingSpec, ImageType, LogoFile, LogoRef};
pub use claim::{Choice, ClaimSpec};
pub use client_registration::{ClientRegistrationSpec, RegistrationMode};
pub use detail_type::{DetailFieldKind, DetailFieldSpec, DetailTypeSpec};
pub use document::{Document, SubscriptionDocument};
pub use identity_scope::IdentityScopeSpec;
pub use secret_ref::SecretRef;
pub use subscription::SubscriptionSpec;
pub use trusted_issuer::{AssertedSubject, TrustedIssuerSpec};
pub use user::UserSpec;

/// For `skip_serializing_if`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// For `serde(default)`.
fn yes() -> bool {
    true
}

/// For `skip_serializing_if`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_true(value: &bool) -> bool {
    *value
}
