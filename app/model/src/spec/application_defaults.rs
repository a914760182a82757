//! What applications made in the console begin with.

use serde::{Deserialize, Serialize};

use super::application::{AccessTokenFormat, ApplicationSpec, GrantType, LIFETIMES};
use super::is_false;
use crate::form::FormData;
use crate::problem::{FieldErrors, Problem};

/// Begins the names of the form's fields, as keys within this object have them.
const PREFIX: &str = "application_defaults.";

/// Settings of new applications. Those of an `apply` file say what they want themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApplicationDefaults {
    /// JWT or reference.
    #[serde(skip_serializing_if = "is_jwt")]
    pub access_token_format: AccessTokenFormat,
    /// Users agree before the application receives anything.
    #[serde(skip_serializing_if = "is_false")]
    pub require_consent: bool,
    /// The refresh token grant goes with the authorization code.
    #[serde(skip_serializing_if = "is_false")]
    pub refresh_token: bool,
    /// Seconds; absent means the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token_lifetime: Option<i64>,
    /// Seconds; absent means the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_token_lifetime: Option<i64>,
    /// Seconds; absent means the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token_idle_lifetime: Option<i64>,
    /// Seconds; absent means the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token_absolute_lifetime: Option<i64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_jwt(format: &AccessTokenFormat) -> bool {
    *format == AccessTokenFormat::Jwt
}

impl Default for ApplicationDefaults {
    fn default() -> Self {
        Self {
            access_token_format: AccessTokenFormat::Jwt,
            require_consent: false,
            refresh_token: false,
            access_token_lifetime: None,
            identity_token_lifetime: None,
            refresh_token_idle_lifetime: None,
            refresh_token_absolute_lifetime: None,
        }
    }
}

impl ApplicationDefaults {
    /// Every field of the settings form, as it names them.
    pub const FIELDS: [&'static str; 7] = [
        "application_defaults.access_token_format",
        "application_defaults.require_consent",
        "application_defaults.refresh_token",
        "application_defaults.access_token_lifetime",
        "application_defaults.identity_token_lifetime",
        "application_defaults.refresh_token_idle_lifetime",
        "application_defaults.refresh_token_absolute_lifetime",
    ];

    /// True where nothing differs from what is usual.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// A new application before anybody has typed anything.
    pub fn new_application(&self) -> ApplicationSpec {
        let born = ApplicationSpec::default();
        let mut grant_types = born.grant_types.clone();
        if self.refresh_token {
            grant_types.push(GrantType::RefreshToken);
        }
        ApplicationSpec {
            grant_types,
            access_token_format: Some(self.access_token_format),
            require_consent: self.require_consent,
            access_token_lifetime: self.access_token_lifetime.unwrap_or(born.access_token_lifetime),
            identity_token_lifetime: self.identity_token_lifetime.unwrap_or(born.identity_token_lifetime),
            refresh_token_idle_lifetime: self.refresh_token_idle_lifetime.unwrap_or(born.refresh_token_idle_lifetime),
            refresh_token_absolute_lifetime: self
                .refresh_token_absolute_lifetime
                .unwrap_or(born.refresh_token_absolute_lifetime),
            ..born
        }
    }

    /// The form of a new application with what it leaves out: lifetimes and the kind of access token.
    /// A box that is not ticked, and a grant that is not, were left out on purpose.
    #[must_use]
    pub fn complete(&self, form: &FormData) -> FormData {
        let (mut form, usual) = (form.clone(), self.new_application().to_form());
        let names = LIFETIMES.iter().map(|(name, _, _)| *name).chain(["access_token_format"]);
        for name in names.filter(|name| form.get(name).is_none()).collect::<Vec<_>>() {
            form.push(name, usual.get(name).unwrap_or_default());
        }
        form
    }

    /// Everything that is wrong, at the fields of the settings form, which are the keys of the file.
    pub fn check(&self, errors: &mut FieldErrors) {
        let given = [
            ("access_token_lifetime", self.access_token_lifetime),
            ("identity_token_lifetime", self.identity_token_lifetime),
            ("refresh_token_idle_lifetime", self.refresh_token_idle_lifetime),
            ("refresh_token_absolute_lifetime", self.refresh_token_absolute_lifetime),
        ];
        for (name, value) in given {
            let bounds = LIFETIMES.iter().find(|(field, _, _)| *field == name);
            let (Some(value), Some((_, min, max))) = (value, bounds) else { continue };
            if !(min..=max).contains(&&value) {
                let problem = Problem::new("between").with("min", *min).with("max", *max);
                errors.add(&format!("{PREFIX}{name}"), problem);
            }
        }
        let new = self.new_application();
        if new.refresh_token_idle_lifetime > new.refresh_token_absolute_lifetime {
            errors.add("application_defaults.refresh_token_absolute_lifetime", Problem::new("range-order"));
        }
    }

    /// Reads the part of the settings form, noting what cannot be read. A form without these fields
    /// leaves everything as it is.
    pub(super) fn with_form(&self, form: &FormData, errors: &mut FieldErrors) -> Self {
        let at = |name: &str| format!("{PREFIX}{name}");
        let Some(format) = form.get(&at("access_token_format")) else { return self.clone() };
        let choice = AccessTokenFormat::parse(format.trim()).ok_or_else(|| Problem::new("choice"));
        let born = ApplicationSpec::default().to_form();
        let access_token_format = errors.check(&at("access_token_format"), choice).unwrap_or_default();
        let mut seconds = |name: &str| {
            let typed = form.optional(&at(name))?;
            // What is usual is not kept, so that it may move with a later release.
            let typed = Some(typed).filter(|typed| born.get(name) != Some(typed))?;
            errors.check(&at(name), typed.parse::<i64>().map_err(|_| Problem::new("number")))
        };
        Self {
            access_token_lifetime: seconds("access_token_lifetime"),
            identity_token_lifetime: seconds("identity_token_lifetime"),
            refresh_token_idle_lifetime: seconds("refresh_token_idle_lifetime"),
            refresh_token_absolute_lifetime: seconds("refresh_token_absolute_lifetime"),
            require_consent: form.flag(&at("require_consent")),
            refresh_token: form.flag(&at("refresh_token")),
            access_token_format,
        }
    }

    /// Adds the fields with which a form shows this.
    pub(super) fn push_to(&self, form: &mut FormData) {
        let shown = self.new_application().to_form();
        for name in [
            "access_token_format",
            "access_token_lifetime",
            "identity_token_lifetime",
            "refresh_token_idle_lifetime",
            "refresh_token_absolute_lifetime",
        ] {
            form.push(&format!("{PREFIX}{name}"), shown.get(name).unwrap_or_default());
        }
        form.push_flag("application_defaults.require_consent", self.require_consent);
        form.push_flag("application_defaults.refresh_token", self.refresh_token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strict() -> ApplicationDefaults {
        ApplicationDefaults {
            access_token_format: AccessTokenFormat::Reference,
            require_consent: true,
            refresh_token: true,
            access_token_lifetime: Some(600),
            ..ApplicationDefaults::default()
        }
    }

    #[test]
    fn a_form_survives_the_round_trip() {
        for defaults in [strict(), ApplicationDefaults::default()] {
            let (mut form, mut errors) = (FormData::default(), FieldErrors::default());
            defaults.push_to(&mut form);
            assert_eq!(ApplicationDefaults::default().with_form(&form, &mut errors), defaults);
            assert!(errors.is_empty());
        }
        let kept = strict().with_form(&FormData::default(), &mut FieldErrors::default());
        assert_eq!(kept, strict(), "a form without these fields");
    }

    #[test]
    fn what_a_new_form_leaves_out_is_filled_in() {
        let form = FormData::default().with("name", "N").with("identity_token_lifetime", "120");
        let form = strict().complete(&form);
        assert_eq!(form.get("access_token_lifetime"), Some("600"));
        assert_eq!(form.get("identity_token_lifetime"), Some("120"));
        assert_eq!(form.get("access_token_format"), Some("reference"));
        assert!(!form.flag("require_consent"), "unticked is a value");
        assert_eq!(strict().new_application().validate().err().and_then(|e| e.of("grant_types").cloned()), None);
    }

    #[test]
    fn bounds_are_those_of_applications() {
        let mut errors = FieldErrors::default();
        ApplicationDefaults { access_token_lifetime: Some(59), ..strict() }.check(&mut errors);
        ApplicationDefaults { refresh_token_absolute_lifetime: Some(300), ..strict() }.check(&mut errors);
        let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
        let expected =
            ["application_defaults.access_token_lifetime", "application_defaults.refresh_token_absolute_lifetime"];
        assert_eq!(fields, expected);
    }

    #[test]
    fn the_usual_is_written_as_nothing() {
        assert_eq!(serde_json::to_string(&ApplicationDefaults::default()).expect("writes"), "{}");
        assert!(ApplicationDefaults::default().is_usual() && !strict().is_usual());
    }
}
