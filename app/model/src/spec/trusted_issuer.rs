//! Somebody else who says who a user is (RFC 7523 section 2.1), or what a piece of software is (RFC 7591 section 2.3).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::is_false;
use crate::form::FormData;
use crate::name::{self, MAX_NAME};
use crate::problem::{FieldErrors, Problem};
use crate::public_keys;

/// Most of them in one subscription.
const MOST: usize = 50;
/// Most applications of one of them.
const MOST_APPLICATIONS: usize = 100;
/// Seconds in which an assertion must end, when nobody says how many.
const USUAL_LIFETIME: i64 = 300;
/// The same at most: so long its `jti` has to be remembered.
const LONGEST_LIFETIME: i64 = 3_600;

/// By what its assertions name a user of ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssertedSubject {
    /// `sub` is our own identifier, the public one.
    #[default]
    Identifier,
    /// `sub` is the user name.
    Username,
    /// `sub` is an e-mail address, which must be verified here.
    Email,
}

impl AssertedSubject {
    /// Every value, in the order a form offers them.
    pub const ALL: [Self; 3] = [Self::Identifier, Self::Username, Self::Email];

    /// The name used in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Username => "username",
            Self::Email => "email",
        }
    }

    /// Reads a name used in files and forms.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// An issuer of assertions that applications bring for tokens, of software statements with which they register, or of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedIssuerSpec {
    /// `iss`, character by character.
    pub issuer: String,
    /// Its public keys: a JWK Set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
    /// Where that set is published instead. Never both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// `client_id`s of the applications that may bring its assertions; a name of none counts for nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applications: Vec<String>,
    /// By what `sub` names a user.
    #[serde(default)]
    pub subject: AssertedSubject,
    /// Seconds from now in which an assertion must end.
    #[serde(default = "usual_lifetime", skip_serializing_if = "is_usual_lifetime")]
    pub longest_lifetime: i64,
    /// Software registers itself with its statements.
    #[serde(default, skip_serializing_if = "is_false")]
    pub software_statements: bool,
}

fn usual_lifetime() -> i64 {
    USUAL_LIFETIME
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_usual_lifetime(lifetime: &i64) -> bool {
    *lifetime == USUAL_LIFETIME
}

impl Default for TrustedIssuerSpec {
    fn default() -> Self {
        Self {
            issuer: String::new(),
            jwks: None,
            jwks_uri: None,
            applications: Vec::new(),
            subject: AssertedSubject::default(),
            longest_lifetime: USUAL_LIFETIME,
            software_statements: false,
        }
    }
}

impl TrustedIssuerSpec {
    /// Checks it. Applications are not looked for: they may come later, and go.
    ///
    /// # Errors
    /// By its fields.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("issuer", issuer(&self.issuer));
        public_keys::check_either(self.jwks.as_ref(), self.jwks_uri.as_deref(), &mut errors);
        if self.jwks.is_none() && self.jwks_uri.is_none() {
            errors.add("jwks", Problem::new("required"));
        }
        // Trusted for nothing, it would be a mistake.
        if self.applications.is_empty() && !self.software_statements {
            errors.add("applications", Problem::new("required"));
        }
        for (i, client_id) in self.applications.iter().enumerate() {
            errors.check("applications", name::client_id(client_id));
            if self.applications[..i].contains(client_id) {
                errors.add("applications", Problem::new("repeated").with("name", client_id));
            }
        }
        if self.applications.len() > MOST_APPLICATIONS {
            errors.add("applications", Problem::new("detail-entries").with("max", MOST_APPLICATIONS));
        }
        if !(1..=LONGEST_LIFETIME).contains(&self.longest_lifetime) {
            let problem = Problem::new("between").with("min", 1).with("max", LONGEST_LIFETIME);
            errors.add("longest_lifetime", problem);
        }
        errors.into_result(())
    }

    /// Reads a form.
    ///
    /// # Errors
    /// By the fields of the form.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let jwks = form.optional("jwks").and_then(|text| errors.check("jwks", public_keys::parse(&text)));
        // One sentence for keys that cannot be read: that there are none would not be true.
        let unread = !errors.is_empty();
        let subject = AssertedSubject::parse(form.trimmed("subject")).ok_or_else(|| Problem::new("choice"));
        let lifetime = form.trimmed("longest_lifetime").parse::<i64>().map_err(|_| Problem::new("number"));
        let spec = Self {
            issuer: form.trimmed("issuer").to_owned(),
            jwks,
            jwks_uri: form.optional("jwks_uri"),
            applications: form.lines("applications"),
            subject: errors.check("subject", subject).unwrap_or_default(),
            longest_lifetime: errors.check("longest_lifetime", lifetime).unwrap_or(USUAL_LIFETIME),
            software_statements: form.flag("software_statements"),
        };
        let more = spec.validate().err().unwrap_or_default();
        errors.0.extend(more.0.into_iter().filter(|error| !unread || error.field != "jwks"));
        errors.into_result(spec)
    }

    /// The fields with which a form shows it.
    pub fn to_form(&self) -> FormData {
        let mut form = FormData::default()
            .with("issuer", &self.issuer)
            .with("jwks", self.jwks.as_ref().map_or_else(String::new, |set| format!("{set:#}")))
            .with("jwks_uri", self.jwks_uri.as_deref().unwrap_or_default())
            .with("applications", self.applications.join("\n"))
            .with("subject", self.subject.as_str())
            .with("longest_lifetime", self.longest_lifetime.to_string());
        form.push_flag("software_statements", self.software_statements);
        form
    }
}

/// RFC 7523 section 3: "in the absence of an application profile specifying otherwise, compliant applications MUST
/// compare issuer values using the Simple String Comparison method". Not every issuer is an address, so any name
/// without spaces will do.
fn issuer(text: &str) -> Result<(), Problem> {
    if text.is_empty() {
        return Err(Problem::new("required"));
    }
    name::free_text(text, MAX_NAME)?;
    if text.contains(char::is_whitespace) { Err(Problem::new("issuer-space")) } else { Ok(()) }
}

/// Checks those of a subscription.
pub(super) fn check(all: &[TrustedIssuerSpec], errors: &mut FieldErrors) {
    for (i, one) in all.iter().enumerate() {
        if let Err(more) = one.validate() {
            errors.0.extend(more.prefixed(&format!("trusted_issuers[{i}].")).0);
        }
        // Which of two keys counts would be anybody's guess.
        if all[..i].iter().any(|other| other.issuer == one.issuer) {
            let field = format!("trusted_issuers[{i}].issuer");
            errors.add(&field, Problem::new("repeated").with("name", &one.issuer));
        }
    }
    if all.len() > MOST {
        errors.add("trusted_issuers", Problem::new("detail-entries").with("max", MOST));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spec::SubscriptionSpec;

    fn spec() -> TrustedIssuerSpec {
        TrustedIssuerSpec {
            issuer: "https://sts.example".to_owned(),
            jwks_uri: Some("https://sts.example/jwks.json".to_owned()),
            applications: vec!["my-app".to_owned(), "museum".to_owned()],
            subject: AssertedSubject::Email,
            longest_lifetime: 60,
            ..TrustedIssuerSpec::default()
        }
    }

    fn code(errors: &FieldErrors, field: &str) -> Option<String> {
        errors.of(field).map(|problem| problem.code.clone())
    }

    #[test]
    fn a_form_survives_the_round_trip() {
        assert_eq!(TrustedIssuerSpec::from_form(&spec().to_form()), Ok(spec()));
        let set = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": "x", "y": "y" }] });
        let with_keys = TrustedIssuerSpec { jwks: Some(set), jwks_uri: None, ..spec() };
        assert_eq!(TrustedIssuerSpec::from_form(&with_keys.to_form()), Ok(with_keys));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        for (field, value, expected) in [
            ("issuer", "", "required"),
            ("issuer", "two words", "issuer-space"),
            ("jwks_uri", "", "required"),
            ("jwks_uri", "http://sts.example/jwks.json", "uri-http"),
            ("jwks", "no JSON", "jwks"),
            ("jwks", r#"{"kty":"EC","d":"secret"}"#, "jwks-private"),
            ("applications", "", "required"),
            ("applications", "two words", "client-id"),
            ("applications", "my-app\nmy-app", "repeated"),
            ("subject", "phone", "choice"),
            ("longest_lifetime", "0", "between"),
            ("longest_lifetime", "3601", "between"),
            ("longest_lifetime", "long", "number"),
        ] {
            let form = spec().to_form().without(&[field]).with(field, value);
            let errors = TrustedIssuerSpec::from_form(&form).expect_err("refused");
            let field = if value.is_empty() && field == "jwks_uri" { "jwks" } else { field };
            assert_eq!(code(&errors, field).as_deref(), Some(expected), "{field} {value}: {errors}");
        }
        let twice = spec().to_form().without(&["jwks"]).with("jwks", r#"{"kty":"EC"}"#);
        let errors = TrustedIssuerSpec::from_form(&twice).expect_err("refused");
        assert_eq!(code(&errors, "jwks_uri").as_deref(), Some("jwks-twice"));
    }

    #[test]
    fn one_that_only_states_what_software_is_needs_no_application() {
        let spec = TrustedIssuerSpec { applications: Vec::new(), software_statements: true, ..spec() };
        assert_eq!(TrustedIssuerSpec::from_form(&spec.to_form()), Ok(spec));
    }

    #[test]
    fn a_subscription_has_each_of_them_once_and_not_too_many() {
        let of = |issuers: Vec<TrustedIssuerSpec>| {
            let subscription = SubscriptionSpec {
                slug: "mysub".to_owned(),
                name: "My subscription".to_owned(),
                trusted_issuers: issuers,
                ..SubscriptionSpec::default()
            };
            subscription.validate()
        };
        let other = |n: usize| TrustedIssuerSpec { issuer: format!("https://sts{n}.example"), ..spec() };
        assert_eq!(of((0..MOST).map(other).collect()), Ok(()));
        let errors = of((0..=MOST).map(other).collect()).expect_err("too many");
        assert_eq!(code(&errors, "trusted_issuers").as_deref(), Some("detail-entries"));
        let errors = of(vec![spec(), spec()]).expect_err("twice");
        assert_eq!(code(&errors, "trusted_issuers[1].issuer").as_deref(), Some("repeated"));
        let errors = of(vec![spec(), TrustedIssuerSpec { jwks_uri: None, ..other(1) }]).expect_err("no keys");
        assert_eq!(code(&errors, "trusted_issuers[1].jwks").as_deref(), Some("required"));
    }

    #[test]
    fn what_is_usual_is_not_written_and_unknown_keys_are_refused() {
        let text = r#"{ "issuer": "sts", "jwks_uri": "https://sts.example/jwks.json", "applications": ["my-app"] }"#;
        let read: TrustedIssuerSpec = serde_json::from_str(text).expect("reads");
        assert_eq!((read.subject, read.longest_lifetime), (AssertedSubject::Identifier, USUAL_LIFETIME));
        assert!(!serde_json::to_string(&read).expect("writes").contains("lifetime"));
        serde_json::from_str::<TrustedIssuerSpec>(r#"{ "issuer": "sts", "colour": 1 }"#).expect_err("refused");
    }
}
