//! An API connection and its API scopes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DetailTypeSpec, SecretRef};
use crate::form::FormData;
use crate::name::{self, MAX_HELP};
use crate::naming;
use crate::problem::{FieldErrors, Problem};
use crate::public_keys;

/// A protected API. The scope of its own name always exists; `scopes` lists the others, and may
/// list that one to give it other words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiConnectionSpec {
    /// Immutable name: what it introspects with, and its audience in access tokens.
    pub name: String,
    /// What people read.
    #[serde(default)]
    pub display_name: String,
    /// Resource indicator by which tokens for it may be asked for (RFC 8707); then also their audience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Its public keys: a JWK Set. With keys it proves by a signature who it is, and its secrets stop counting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
    /// Where that set is published instead. Never both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// In an `apply` file only; never stored here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretRef>,
    /// Permissions inside the API.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<ApiScopeSpec>,
    /// Types of authorization details that can be asked for at the API (RFC 9396).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_details_types: Vec<DetailTypeSpec>,
}

/// Most types of authorization details of one connection.
const MAX_DETAIL_TYPES: usize = 50;

impl ApiConnectionSpec {
    /// Checks the connection and its scopes.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("name", name::connection(&self.name));
        errors.check("display_name", name::display_name(&self.display_name));
        if let Some(resource) = &self.resource {
            errors.check("resource", name::resource(resource));
        }
        public_keys::check_either(self.jwks.as_ref(), self.jwks_uri.as_deref(), &mut errors);
        for (i, scope) in self.scopes.iter().enumerate() {
            if let Err(more) = scope.validate() {
                errors.0.extend(more.prefixed(&format!("scopes[{i}].")).0);
            }
            if self.scopes[..i].iter().any(|s| s.name == scope.name) {
                errors.add(&format!("scopes[{i}].name"), Problem::new("repeated").with("name", &scope.name));
            }
        }
        let types = &self.authorization_details_types;
        for (i, one) in types.iter().enumerate() {
            if let Err(more) = one.validate() {
                errors.0.extend(more.prefixed(&format!("authorization_details_types[{i}].")).0);
            }
            if types[..i].iter().any(|other| other.name == one.name) {
                let field = format!("authorization_details_types[{i}].type");
                errors.add(&field, Problem::new("repeated").with("name", &one.name));
            }
        }
        if types.len() > MAX_DETAIL_TYPES {
            errors.add("authorization_details_types", Problem::new("detail-entries").with("max", MAX_DETAIL_TYPES));
        }
        errors.into_result(())
    }

    /// Reads a form; scopes and types of authorization details have forms of their own.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let jwks = form.optional("jwks").and_then(|text| errors.check("jwks", public_keys::parse(&text)));
        let spec = Self {
            jwks,
            jwks_uri: form.optional("jwks_uri"),
            name: form.trimmed("name").to_owned(),
            display_name: form.trimmed("display_name").to_owned(),
            resource: Some(form.trimmed("resource").to_owned()).filter(|text| !text.is_empty()),
            ..Self::default()
        };
        errors.0.extend(spec.validate().err().unwrap_or_default().0);
        errors.into_result(spec)
    }

    /// True where a signature proves who it is.
    pub fn has_keys(&self) -> bool {
        self.jwks.is_some() || self.jwks_uri.is_some()
    }

    /// Reads the form of a new connection, which may name scopes besides the connection's own: one on each line of
    /// `scopes`, `name` or `name = what people read`. What is wrong with these is told at that field, with the line.
    pub fn from_new_form(form: &FormData) -> Result<Self, FieldErrors> {
        let form = naming::with_title(form);
        let spec = Self {
            name: form.trimmed("name").to_owned(),
            display_name: form.trimmed("display_name").to_owned(),
            resource: Some(form.trimmed("resource").to_owned()).filter(|text| !text.is_empty()),
            ..Self::default()
        };
        let mut errors = spec.validate().err().unwrap_or_default();
        let mut scopes: Vec<ApiScopeSpec> = Vec::new();
        for line in form.lines("scopes") {
            let scope = scope_line(&line);
            if scope.validate().is_err() {
                errors.add("scopes", Problem::new("scope-line").with("line", &line));
            } else if scopes.iter().any(|other| other.name == scope.name) {
                errors.add("scopes", Problem::new("repeated").with("name", &scope.name));
            }
            // The scope of the connection's own name has its words.
            if scope.name != spec.name {
                scopes.push(scope);
            }
        }
        errors.into_result(Self { scopes, ..spec })
    }

    /// The fields with which a form shows this connection.
    pub fn to_form(&self) -> FormData {
        FormData::default()
            .with("name", &self.name)
            .with("display_name", &self.display_name)
            .with("resource", self.resource.as_deref().unwrap_or_default())
            .with("jwks", self.jwks.as_ref().map_or_else(String::new, |set| format!("{set:#}")))
            .with("jwks_uri", self.jwks_uri.as_deref().unwrap_or_default())
    }
}

/// A scope on a line of its own: `name`, or `name = what people read`. A name may hold `=`, but no space.
fn scope_line(line: &str) -> ApiScopeSpec {
    let (name, title) = line.split_once(" = ").unwrap_or((line, ""));
    let (name, title) = (name.trim(), title.trim());
    let display_name = if title.is_empty() { naming::title(name) } else { title.to_owned() };
    ApiScopeSpec { name: name.to_owned(), display_name, description: String::new() }
}

/// A permission inside an API connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiScopeSpec {
    /// Immutable name, as requested.
    pub name: String,
    /// What people read at consent.
    #[serde(default)]
    pub display_name: String,
    /// Longer words for the consent page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

impl ApiScopeSpec {
    /// Checks names and words.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("name", name::scope(&self.name));
        errors.check("display_name", name::display_name(&self.display_name));
        errors.check("description", name::free_text(&self.description, MAX_HELP));
        errors.into_result(())
    }

    /// Reads a form.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let spec = Self {
            name: form.trimmed("name").to_owned(),
            display_name: form.trimmed("display_name").to_owned(),
            description: form.trimmed("description").to_owned(),
        };
        spec.validate().map(|()| spec)
    }

    /// The fields with which a form shows this scope.
    pub fn to_form(&self) -> FormData {
        FormData::default()
            .with("name", &self.name)
            .with("display_name", &self.display_name)
            .with("description", &self.description)
    }
}
