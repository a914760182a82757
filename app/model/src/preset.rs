//! Scope presets: the identity scopes a subscription is born with. Afterwards they are its own.

use serde::{Deserialize, Serialize};

use crate::spec::IdentityScopeSpec;

/// Which identity scopes a new subscription gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScopePreset {
    /// OpenID Connect Core section 5.4.
    #[default]
    Standard,
    /// Grantid and Code 100 ID.
    Grantid,
    /// Next Identity.
    Next,
}

impl ScopePreset {
    /// Every preset, in the order a form offers them.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Grantid, Self::Next];

    /// The name used in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Grantid => "grantid",
            Self::Next => "next",
        }
    }

    /// Reads a name used in files and forms.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == text)
    }

    /// The scopes, in the order lists show them.
    pub fn scopes(self) -> Vec<IdentityScopeSpec> {
        let table: &[(&str, &str, &[&str])] = match self {
            Self::Standard => &[
                ("openid", "User identifier", &["sub"]),
                (
                    "profile",
                    "User profile",
                    &[
                        "name",
                        "family_name",
                        "given_name",
                        "middle_name",
                        "nickname",
                        "preferred_username",
                        "profile",
                        "picture",
                        "website",
                        "gender",
                        "birthdate",
                        "zoneinfo",
                        "locale",
                        "updated_at",
                    ],
                ),
                ("email", "E-mail address", &["email", "email_verified"]),
                ("phone", "Phone number", &["phone_number", "phone_number_verified"]),
                ("address", "Postal address", &["address"]),
            ],
            Self::Grantid => &[
                ("openid", "User identifier", &["sub"]),
                ("profile", "User profile", &["name", "email", "phone_number"]),
                ("name", "Name", &["name"]),
                ("phone", "Phone number", &["phone_number"]),
            ],
            // `auth_time` and `acr` belong to the protocol, not to a scope's claims: the identity
            // token carries them in every preset.
            Self::Next => &[
                ("openid", "User identifier", &["sub"]),
                (
                    "profile",
                    "User profile",
                    &["given_name", "middle_name", "family_name", "birthdate", "gender", "updated_at"],
                ),
                ("email", "E-mail address", &["email", "email_verified"]),
                ("phone", "Phone number", &["phone_number", "phone_number_verified"]),
                ("address", "Postal address", &["address"]),
            ],
        };
        table
            .iter()
            .map(|(name, display_name, claims)| IdentityScopeSpec {
                name: (*name).to_owned(),
                display_name: (*display_name).to_owned(),
                description: String::new(),
                claims: claims.iter().map(|c| (*c).to_owned()).collect(),
            })
            .collect()
    }
}
