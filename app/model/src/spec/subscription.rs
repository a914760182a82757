//! A subscription's own settings.

use serde::{Deserialize, Serialize};

use super::{is_true, yes};
use crate::form::FormData;
use crate::name;
use crate::preset::ScopePreset;
use crate::problem::{FieldErrors, Problem};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionSpec {
    /// Immutable; part of the issuer.
    pub slug: String,
    /// What people read.
    pub name: String,
    /// Which identity scopes it was born with; never looked at afterwards.
    #[serde(default)]
    pub scope_preset: ScopePreset,
    /// People may register themselves.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub registration: bool,
    /// Seconds after which an unused sign-in session ends.
    #[serde(default = "session_idle")]
    pub session_idle_lifetime: i64,
    /// Seconds after which a sign-in session ends however much it is used.
    #[serde(default = "session_absolute")]
    pub session_absolute_lifetime: i64,
}

fn session_idle() -> i64 {
    DAY
}

fn session_absolute() -> i64 {
    14 * DAY
}

impl Default for SubscriptionSpec {
    fn default() -> Self {
        Self {
            slug: String::new(),
            name: String::new(),
            scope_preset: ScopePreset::Standard,
            registration: true,
            session_idle_lifetime: session_idle(),
            session_absolute_lifetime: session_absolute(),
        }
    }
}

impl SubscriptionSpec {
    /// Checks a subscription that an administrator makes.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("slug", name::slug(&self.slug));
        errors.check("name", name::display_name(&self.name));
        let mut lifetime = |field: &str, value: i64| {
            if !(60..=400 * DAY).contains(&value) {
                errors.add(field, Problem::new("between").with("min", 60).with("max", 400 * DAY));
            }
        };
        lifetime("session_idle_lifetime", self.session_idle_lifetime);
        lifetime("session_absolute_lifetime", self.session_absolute_lifetime);
        if self.session_idle_lifetime > self.session_absolute_lifetime {
            errors.add("session_absolute_lifetime", Problem::new("range-order"));
        }
        errors.into_result(())
    }

    /// Reads the form of a new subscription.
    pub fn from_new_form(form: &FormData) -> Result<Self, FieldErrors> {
        let preset = ScopePreset::parse(form.trimmed("scope_preset"));
        let spec = Self {
            slug: form.trimmed("slug").to_owned(),
            name: form.trimmed("name").to_owned(),
            scope_preset: preset.unwrap_or_default(),
            ..Self::default()
        };
        let mut errors = spec.validate().err().unwrap_or_default();
        if preset.is_none() {
            errors.add("scope_preset", Problem::new("choice"));
        }
        errors.into_result(spec)
    }

    /// Reads the settings form of an existing subscription, whose slug and preset stay.
    pub fn from_settings_form(&self, form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut seconds = |field: &str| {
            errors.check(field, form.trimmed(field).parse::<i64>().map_err(|_| Problem::new("number"))).unwrap_or(DAY)
        };
        let spec = Self {
            slug: self.slug.clone(),
            scope_preset: self.scope_preset,
            name: form.trimmed("name").to_owned(),
            registration: form.flag("registration"),
            session_idle_lifetime: seconds("session_idle_lifetime"),
            session_absolute_lifetime: seconds("session_absolute_lifetime"),
        };
        if let Err(more) = spec.validate() {
            // The slug was good when it was made, whatever words are reserved since.
            errors.0.extend(more.0.into_iter().filter(|error| error.field != "slug"));
        }
        errors.into_result(spec)
    }

    /// The fields with which a form shows this subscription.
    pub fn to_form(&self) -> FormData {
        let mut form = FormData::default()
            .with("slug", &self.slug)
            .with("name", &self.name)
            .with("scope_preset", self.scope_preset.as_str())
            .with("session_idle_lifetime", self.session_idle_lifetime.to_string())
            .with("session_absolute_lifetime", self.session_absolute_lifetime.to_string());
        form.push_flag("registration", self.registration);
        form
    }
}
