//! The standard claims of OpenID Connect Core section 5.1: they exist in every subscription.

use crate::claim_type::ClaimType;
use crate::spec::ClaimSpec;

/// Name, display name, type.
const STANDARD: [(&str, &str, ClaimType); 20] = [
    ("sub", "User identifier", ClaimType::String),
    ("name", "Full name", ClaimType::String),
    ("given_name", "Given name", ClaimType::String),
    ("family_name", "Family name", ClaimType::String),
    ("middle_name", "Middle name", ClaimType::String),
    ("nickname", "Nickname", ClaimType::String),
    ("preferred_username", "Preferred user name", ClaimType::String),
    ("profile", "Profile page", ClaimType::Url),
    ("picture", "Picture", ClaimType::Url),
    ("website", "Website", ClaimType::Url),
    ("email", "E-mail address", ClaimType::Email),
    ("email_verified", "E-mail address verified", ClaimType::Boolean),
    ("gender", "Gender", ClaimType::String),
    ("birthdate", "Date of birth", ClaimType::Date),
    ("zoneinfo", "Time zone", ClaimType::String),
    ("locale", "Locale", ClaimType::String),
    ("phone_number", "Phone number", ClaimType::Phone),
    ("phone_number_verified", "Phone number verified", ClaimType::Boolean),
    ("address", "Postal address", ClaimType::Address),
    ("updated_at", "Last updated", ClaimType::Integer),
];

/// True for a name of OpenID Connect Core section 5.1.
pub fn is_standard(name: &str) -> bool {
    STANDARD.iter().any(|(n, _, _)| *n == name)
}

/// True for claims that the server derives and nobody can type or require.
pub fn is_derived(name: &str) -> bool {
    matches!(name, "sub" | "email_verified" | "phone_number_verified" | "updated_at")
}

/// The claims of a new subscription, in the order of the standard.
pub fn all() -> Vec<ClaimSpec> {
    STANDARD
        .into_iter()
        .map(|(name, display_name, kind)| ClaimSpec {
            name: name.to_owned(),
            display_name: display_name.to_owned(),
            kind,
            show_on_profile: matches!(name, "name" | "given_name" | "family_name" | "phone_number"),
            ..ClaimSpec::default()
        })
        .collect()
}
