//! A claim's definition.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{is_false, is_true, yes};
use crate::claim_type::ClaimType;
use crate::form::FormData;
use crate::name::{self, MAX_HELP};
use crate::problem::{FieldErrors, Problem};

/// Longest pattern, in characters.
const MAX_PATTERN: usize = 500;

/// One of the values a choice offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored and put into tokens.
    pub value: String,
    /// What people read; the value itself when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
}

impl Choice {
    /// What people read.
    pub fn shown(&self) -> &str {
        if self.label.is_empty() { &self.value } else { &self.label }
    }
}

/// A fact that can be held about a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "keys of the apply file")]
pub struct ClaimSpec {
    /// Immutable name, as in tokens.
    pub name: String,
    /// What people read.
    #[serde(default)]
    pub display_name: String,
    /// Immutable type.
    #[serde(rename = "type", default)]
    pub kind: ClaimType,
    /// Full-match regular expression for textual types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// In characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// In characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    /// Largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    /// For choice and multiple choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Shown below the field.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// No two users of the subscription hold the same value.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unique: bool,
    /// Offered on the registration form.
    #[serde(default, skip_serializing_if = "is_false")]
    pub show_at_registration: bool,
    /// Shown and editable on the account page.
    #[serde(default, skip_serializing_if = "is_false")]
    pub show_on_profile: bool,
    /// May go into identity tokens (UserInfo always may).
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub in_identity_token: bool,
    /// Also goes into access tokens whose scopes hold it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub in_access_token: bool,
}

impl Default for ClaimSpec {
    fn default() -> Self {
        Self {
            name: String::new(),
            display_name: String::new(),
            kind: ClaimType::String,
            pattern: None,
            min_length: None,
            max_length: None,
            minimum: None,
            maximum: None,
            choices: Vec::new(),
            help: String::new(),
            unique: false,
            show_at_registration: false,
            show_on_profile: false,
            in_identity_token: true,
            in_access_token: false,
        }
    }
}

impl ClaimSpec {
    /// What people read: the display name, or the name where there is none.
    pub fn title(&self) -> &str {
        if self.display_name.is_empty() { &self.name } else { &self.display_name }
    }

    /// True when the same values are good by both.
    pub fn has_rules_of(&self, other: &Self) -> bool {
        let values = |spec: &Self| spec.choices.iter().map(|choice| choice.value.clone()).collect::<Vec<_>>();
        self.kind == other.kind
            && self.pattern == other.pattern
            && (self.min_length, self.max_length) == (other.min_length, other.max_length)
            && (self.minimum, self.maximum) == (other.minimum, other.maximum)
            && values(self) == values(other)
    }

    /// Checks a custom claim. Standard claims keep their name, so that is not looked at for them.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if !crate::standard_claims::is_standard(&self.name) {
            errors.check("name", name::claim(&self.name));
        }
        errors.check("display_name", name::display_name(&self.display_name));
        errors.check("help", name::free_text(&self.help, MAX_HELP));
        self.validate_rules(&mut errors);
        errors.into_result(())
    }

    fn validate_rules(&self, errors: &mut FieldErrors) {
        if let Some(pattern) = &self.pattern {
            if !self.kind.is_textual() {
                errors.add("pattern", Problem::new("not-for-type"));
            } else if pattern.chars().count() > MAX_PATTERN {
                errors.add("pattern", Problem::new("too-long").with("max", MAX_PATTERN));
            } else if compile_pattern(pattern).is_err() {
                errors.add("pattern", Problem::new("pattern-syntax"));
            }
        }
        for (field, set) in [("min_length", self.min_length.is_some()), ("max_length", self.max_length.is_some())] {
            if set && !self.kind.is_textual() {
                errors.add(field, Problem::new("not-for-type"));
            }
        }
        for (field, set) in [("minimum", self.minimum.is_some()), ("maximum", self.maximum.is_some())] {
            if set && !self.kind.is_numeric() {
                errors.add(field, Problem::new("not-for-type"));
            }
        }
        if matches!((self.min_length, self.max_length), (Some(min), Some(max)) if min > max) {
            errors.add("max_length", Problem::new("range-order"));
        }
        if matches!((self.minimum, self.maximum), (Some(min), Some(max)) if min > max) {
            errors.add("maximum", Problem::new("range-order"));
        }
        self.validate_choices(errors);
        if self.unique
            && matches!(
                self.kind,
                ClaimType::Boolean | ClaimType::MultipleChoice | ClaimType::Json | ClaimType::Address
            )
        {
            errors.add("unique", Problem::new("not-for-type"));
        }
    }

    fn validate_choices(&self, errors: &mut FieldErrors) {
        if !self.kind.has_choices() {
            if !self.choices.is_empty() {
                errors.add("choices", Problem::new("not-for-type"));
            }
            return;
        }
        if self.choices.is_empty() {
            errors.add("choices", Problem::new("required"));
        }
        for (i, choice) in self.choices.iter().enumerate() {
            let bad =
                name::display_name(&choice.value).and_then(|()| name::free_text(&choice.label, name::MAX_DISPLAY_NAME));
            if let Err(problem) = bad {
                errors.add("choices", problem);
            } else if self.choices[..i].iter().any(|c| c.value == choice.value) {
                errors.add("choices", Problem::new("repeated").with("name", &choice.value));
            }
        }
    }

    /// Reads a form. Problems of reading and of validation come together.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let kind = errors.check("type", ClaimType::parse(form.trimmed("type")).ok_or_else(|| Problem::new("choice")));
        let spec = Self {
            name: form.trimmed("name").to_owned(),
            display_name: form.trimmed("display_name").to_owned(),
            kind: kind.unwrap_or_default(),
            pattern: form.optional("pattern"),
            min_length: errors.check("min_length", number(form, "min_length")).flatten(),
            max_length: errors.check("max_length", number(form, "max_length")).flatten(),
            minimum: errors.check("minimum", number(form, "minimum")).flatten(),
            maximum: errors.check("maximum", number(form, "maximum")).flatten(),
            choices: form.lines("choices").iter().map(|l| choice_line(l)).collect(),
            help: form.trimmed("help").to_owned(),
            unique: form.flag("unique"),
            show_at_registration: form.flag("show_at_registration"),
            show_on_profile: form.flag("show_on_profile"),
            in_identity_token: form.flag("in_identity_token"),
            in_access_token: form.flag("in_access_token"),
        };
        if let Err(more) = spec.validate() {
            errors.0.extend(more.0);
        }
        errors.into_result(spec)
    }

    /// The fields with which a form shows this claim.
    pub fn to_form(&self) -> FormData {
        let mut form = FormData::default()
            .with("name", &self.name)
            .with("display_name", &self.display_name)
            .with("type", self.kind.as_str())
            .with("help", &self.help);
        let numbers = [
            ("min_length", self.min_length.map(|n| n.to_string())),
            ("max_length", self.max_length.map(|n| n.to_string())),
            ("minimum", self.minimum.map(|n| n.to_string())),
            ("maximum", self.maximum.map(|n| n.to_string())),
            ("pattern", self.pattern.clone()),
        ];
        for (field, value) in numbers {
            form.push(field, value.unwrap_or_default());
        }
        let lines: Vec<String> = self
            .choices
            .iter()
            .map(|c| if c.label.is_empty() { c.value.clone() } else { format!("{} = {}", c.value, c.label) })
            .collect();
        form.push("choices", lines.join("\n"));
        form.push_flag("unique", self.unique);
        form.push_flag("show_at_registration", self.show_at_registration);
        form.push_flag("show_on_profile", self.show_on_profile);
        form.push_flag("in_identity_token", self.in_identity_token);
        form.push_flag("in_access_token", self.in_access_token);
        form
    }
}

/// Compiled patterns of this process: tokens and UserInfo validate stored values again and again. Shared,
/// because a copy begins without the memory that its matches need.
static COMPILED: LazyLock<Mutex<HashMap<String, Arc<Regex>>>> = LazyLock::new(Mutex::default);
/// Patterns kept compiled; one more and all are forgotten.
const COMPILED_CAPACITY: usize = 500;
/// Bytes of one compiled pattern.
const COMPILED_SIZE: usize = 1 << 18;

/// A pattern as it is used: anchored at both ends, bounded in compiled size.
///
/// # Errors
/// `pattern-syntax`.
pub fn compile_pattern(pattern: &str) -> Result<Arc<Regex>, Problem> {
    if let Some(regex) = compiled().get(pattern) {
        return Ok(Arc::clone(regex));
    }
    // Not while others wait for theirs: compiling takes its time.
    let regex = Arc::new(compile_pattern_once(pattern)?);
    let mut compiled = compiled();
    if compiled.len() >= COMPILED_CAPACITY {
        compiled.clear();
    }
    compiled.insert(pattern.to_owned(), Arc::clone(&regex));
    Ok(regex)
}

/// The same for a pattern that nobody has saved: it is not kept.
///
/// # Errors
/// `pattern-syntax`.
pub fn compile_pattern_once(pattern: &str) -> Result<Regex, Problem> {
    regex::RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(COMPILED_SIZE)
        .dfa_size_limit(COMPILED_SIZE)
        .build()
        .map_err(|_| Problem::new("pattern-syntax"))
}

fn compiled() -> MutexGuard<'static, HashMap<String, Arc<Regex>>> {
    COMPILED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number<T: std::str::FromStr>(form: &FormData, field: &str) -> Result<Option<T>, Problem> {
    form.optional(field).map(|t| t.parse().map_err(|_| Problem::new("number"))).transpose()
}

/// `value` or `value = label`.
fn choice_line(line: &str) -> Choice {
    match line.split_once('=') {
        Some((value, label)) => Choice { value: value.trim().to_owned(), label: label.trim().to_owned() },
        None => Choice { value: line.to_owned(), label: String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_survives_the_round_trip() {
        let spec = ClaimSpec {
            name: "tier".into(),
            display_name: "Tier".into(),
            kind: ClaimType::Choice,
            choices: vec![
                Choice { value: "g".into(), label: "Gold".into() },
                Choice { value: "s".into(), label: String::new() },
            ],
            unique: true,
            ..ClaimSpec::default()
        };
        assert_eq!(ClaimSpec::from_form(&spec.to_form()), Ok(spec));
    }

    #[test]
    fn rules_that_do_not_fit_the_type_are_refused_at_their_field() {
        let form = FormData::default()
            .with("name", "n")
            .with("display_name", "N")
            .with("type", "integer")
            .with("pattern", "x")
            .with("maximum", "1")
            .with("minimum", "2");
        let errors = ClaimSpec::from_form(&form).expect_err("refused");
        assert_eq!(errors.of("pattern").map(|p| p.code.as_str()), Some("not-for-type"));
        assert_eq!(errors.of("maximum").map(|p| p.code.as_str()), Some("range-order"));
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let form =
            FormData::default().with("name", "n").with("display_name", "N").with("type", "string").with("pattern", "[");
        let errors = ClaimSpec::from_form(&form).expect_err("refused");
        assert_eq!(errors.of("pattern").map(|p| p.code.as_str()), Some("pattern-syntax"));
    }
}
