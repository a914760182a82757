//! A subscription's own settings.

use serde::{Deserialize, Serialize};

use super::{
    ApplicationDefaults, BrandingSpec, ClientRegistrationSpec, TrustedIssuerSpec, is_false, is_true, trusted_issuer,
    yes,
};
use crate::form::FormData;
use crate::name;
use crate::preset::ScopePreset;
use crate::problem::{FieldErrors, Problem};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Fewest characters of a password (NIST SP 800-63B-4 section 3.1.1.2, for a password used alone).
pub const PASSWORD_MIN_LENGTH: i64 = 15;
/// More than this nobody can be asked for.
const PASSWORD_MIN_LENGTH_AT_MOST: i64 = 64;

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
    /// What end users see besides the name.
    #[serde(default, skip_serializing_if = "BrandingSpec::is_default")]
    pub branding: BrandingSpec,
    /// Fewest characters of a password that somebody chooses from now on; never less than
    /// [`PASSWORD_MIN_LENGTH`].
    #[serde(default = "password_min_length", skip_serializing_if = "is_usual_length")]
    pub password_min_length: i64,
    /// What applications made in the console begin with.
    #[serde(default, skip_serializing_if = "ApplicationDefaults::is_usual")]
    pub application_defaults: ApplicationDefaults,
    /// Scripts of applications may ask their browser whether the sign-in is still the same (OpenID Connect Session
    /// Management 1.0).
    #[serde(default, skip_serializing_if = "is_false")]
    pub session_management: bool,
    /// Applications that register themselves (RFC 7591).
    #[serde(default, skip_serializing_if = "ClientRegistrationSpec::is_usual")]
    pub client_registration: ClientRegistrationSpec,
    /// Who else may say who a user is (RFC 7523).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_issuers: Vec<TrustedIssuerSpec>,
}

fn password_min_length() -> i64 {
    PASSWORD_MIN_LENGTH
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_usual_length(length: &i64) -> bool {
    *length == PASSWORD_MIN_LENGTH
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
            branding: BrandingSpec::default(),
            password_min_length: PASSWORD_MIN_LENGTH,
            application_defaults: ApplicationDefaults::default(),
            session_management: false,
            client_registration: ClientRegistrationSpec::default(),
            trusted_issuers: Vec::new(),
        }
    }
}

impl SubscriptionSpec {
    /// What end users read.
    pub fn shown_name(&self) -> &str {
        if self.branding.name.is_empty() { &self.name } else { &self.branding.name }
    }

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
        if let Err(more) = self.branding.validate() {
            errors.0.extend(more.prefixed("branding.").0);
        }
        let lengths = PASSWORD_MIN_LENGTH..=PASSWORD_MIN_LENGTH_AT_MOST;
        if !lengths.contains(&self.password_min_length) {
            let problem = Problem::new("between").with("min", *lengths.start()).with("max", *lengths.end());
            errors.add("password_min_length", problem);
        }
        self.application_defaults.check(&mut errors);
        self.client_registration.check(&mut errors);
        trusted_issuer::check(&self.trusted_issuers, &mut errors);
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
        let application_defaults = self.application_defaults.with_form(form, &mut errors);
        let client_registration = self.client_registration.with_form(form, &mut errors);
        let password_min_length = match form.get("password_min_length") {
            None => self.password_min_length,
            Some(typed) => {
                let read = typed.trim().parse::<i64>().map_err(|_| Problem::new("number"));
                errors.check("password_min_length", read).unwrap_or(PASSWORD_MIN_LENGTH)
            }
        };
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
            branding: self.branding.clone(),
            password_min_length,
            application_defaults,
            session_management: form.flag("session_management"),
            client_registration,
            // They have forms of their own.
            trusted_issuers: self.trusted_issuers.clone(),
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
            .with("session_absolute_lifetime", self.session_absolute_lifetime.to_string())
            .with("password_min_length", self.password_min_length.to_string());
        form.push_flag("registration", self.registration);
        form.push_flag("session_management", self.session_management);
        self.application_defaults.push_to(&mut form);
        self.client_registration.push_to(&mut form);
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::RegistrationMode;

    fn spec() -> SubscriptionSpec {
        SubscriptionSpec { slug: "mysub".into(), name: "My subscription".into(), ..SubscriptionSpec::default() }
    }

    #[test]
    fn a_settings_form_survives_the_round_trip() {
        let defaults = ApplicationDefaults { require_consent: true, ..ApplicationDefaults::default() };
        let changed = SubscriptionSpec {
            password_min_length: 20,
            application_defaults: defaults,
            session_management: true,
            client_registration: ClientRegistrationSpec {
                mode: RegistrationMode::Open,
                ..ClientRegistrationSpec::default()
            },
            ..spec()
        };
        assert_eq!(spec().from_settings_form(&changed.to_form()), Ok(changed));
    }

    /// docs/security.md 52.
    #[test]
    fn passwords_are_never_allowed_to_be_shorter() {
        for length in [-1, 0, 8, 14, 65] {
            let errors = SubscriptionSpec { password_min_length: length, ..spec() }.validate().expect_err("refused");
            assert!(errors.of("password_min_length").is_some(), "{length}");
        }
    }

    #[test]
    fn what_is_usual_is_not_written() {
        let text = serde_json::to_string(&spec()).expect("writes");
        assert!(
            !text.contains("password") && !text.contains("application_defaults") && !text.contains("client_reg"),
            "{text}"
        );
        assert!(!text.contains("trusted_issuers"), "{text}");
    }
}
