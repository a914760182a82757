//! A user as an administrator or an `apply` file writes one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{SecretRef, is_false};
use crate::claim_value;
use crate::name;
use crate::problem::{FieldErrors, Problem};

/// A user. Users are not undoable configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserSpec {
    /// Optional sign-in name, without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Counts at creation only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<SecretRef>,
    /// Unique in the subscription and a sign-in alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Set by proof by mail or by an administrator only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub email_verified: bool,
    /// Out of use. Counts at creation only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub disabled: bool,
    /// Claim values by claim name; counts at creation only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub claims: BTreeMap<String, Value>,
}

impl UserSpec {
    /// Checks names; the claims are checked against their definitions by the service.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(username) = &self.username {
            errors.check("username", name::username(username));
        }
        if let Some(email) = &self.email {
            errors.check("email", claim_value::email(email));
        }
        if self.username.is_none() && self.email.is_none() {
            errors.add("username", Problem::new("username-or-email"));
        }
        errors.into_result(())
    }
}
