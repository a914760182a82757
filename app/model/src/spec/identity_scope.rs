//! An identity scope: a name that an application may request, and the claims it lets out.

use serde::{Deserialize, Serialize};

use crate::form::FormData;
use crate::name::{self, MAX_HELP};
use crate::problem::{FieldErrors, Problem};

/// A set of claims under one name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityScopeSpec {
    /// Immutable name, as requested.
    pub name: String,
    /// What people read at consent.
    #[serde(default)]
    pub display_name: String,
    /// Longer words for the consent page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Names of claims.
    #[serde(default)]
    pub claims: Vec<String>,
}

impl IdentityScopeSpec {
    /// Checks everything but whether the claims exist.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("name", name::scope(&self.name));
        errors.check("display_name", name::display_name(&self.display_name));
        errors.check("description", name::free_text(&self.description, MAX_HELP));
        if self.claims.is_empty() {
            errors.add("claims", Problem::new("choose"));
        }
        for (i, claim) in self.claims.iter().enumerate() {
            if self.claims[..i].contains(claim) {
                errors.add("claims", Problem::new("repeated").with("name", claim));
            }
        }
        errors.into_result(())
    }

    /// Reads a form.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let spec = Self {
            name: form.trimmed("name").to_owned(),
            display_name: form.trimmed("display_name").to_owned(),
            description: form.trimmed("description").to_owned(),
            claims: form.all("claims"),
        };
        spec.validate().map(|()| spec)
    }

    /// The fields with which a form shows this scope.
    pub fn to_form(&self) -> FormData {
        let mut form = FormData::default()
            .with("name", &self.name)
            .with("display_name", &self.display_name)
            .with("description", &self.description);
        for claim in &self.claims {
            form.push("claims", claim.as_str());
        }
        form
    }
}
