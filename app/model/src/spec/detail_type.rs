//! A type of authorization details (RFC 9396): what an application may ask for at an API in so many words, such as one
//! payment, where a scope only says "payments".

use serde::{Deserialize, Serialize};

use super::is_false;
use crate::form::FormData;
use crate::name::{self, MAX_HELP, MAX_NAME};
use crate::problem::{FieldErrors, Problem};

/// Most entries of one list of a type.
const MAX_VALUES: usize = 50;

/// Members that RFC 9396 section 2 defines, and which no field can be called.
pub const COMMON: [&str; 5] = ["type", "locations", "actions", "datatypes", "privileges"];

/// A type of authorization details. What it does not list, an object of this type must not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailTypeSpec {
    /// Immutable name, as requested.
    #[serde(rename = "type")]
    pub name: String,
    /// What people read at consent.
    #[serde(default)]
    pub display_name: String,
    /// Longer words for the consent page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What `actions` may name; without any, there is no such member.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// What `locations` may name besides the resource indicator of the connection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<String>,
    /// What `datatypes` may name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datatypes: Vec<String>,
    /// What `privileges` may name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub privileges: Vec<String>,
    /// Members of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<DetailFieldSpec>,
}

/// A member of the API's own, `identifier` among them (RFC 9396 section 2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailFieldSpec {
    /// As in the object.
    pub name: String,
    /// What people read at consent; the name where it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// What it holds.
    #[serde(default)]
    pub kind: DetailFieldKind,
    /// No object without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
}

/// What a member holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetailFieldKind {
    /// A text.
    #[default]
    String,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An object with whatever members.
    Object,
    /// A list of whatever values.
    List,
}

impl DetailFieldKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::String, Self::Number, Self::Boolean, Self::Object, Self::List];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::List => "list",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl DetailFieldSpec {
    /// What people read.
    pub fn title(&self) -> &str {
        if self.display_name.is_empty() { &self.name } else { &self.display_name }
    }

    /// Reads a line: `name: kind`, then `, required` and ` = words for people` where they are wanted.
    fn from_line(line: &str) -> Option<Self> {
        let (left, words) = line.split_once(" = ").unwrap_or((line, ""));
        let (name, rest) = left.rsplit_once(':')?;
        let (kind, required) = match rest.split_once(',') {
            None => (rest, false),
            Some((kind, word)) if word.trim() == "required" => (kind, true),
            Some(_) => return None,
        };
        let (name, display_name) = (name.trim().to_owned(), words.trim().to_owned());
        Some(Self { name, display_name, kind: DetailFieldKind::parse(kind.trim())?, required })
    }

    fn to_line(&self) -> String {
        let required = if self.required { ", required" } else { "" };
        let words = if self.display_name.is_empty() { String::new() } else { format!(" = {}", self.display_name) };
        format!("{}: {}{required}{words}", self.name, self.kind.as_str())
    }

    fn validate(&self) -> Result<(), Problem> {
        name::scope(&self.name)?;
        if COMMON.contains(&self.name.as_str()) {
            return Err(Problem::new("reserved").with("name", &self.name));
        }
        name::free_text(&self.display_name, name::MAX_DISPLAY_NAME)
    }
}

impl DetailTypeSpec {
    /// What each of the members of section 2.2 that are lists may name.
    pub fn lists(&self) -> [(&'static str, &[String]); 4] {
        [
            ("actions", &self.actions),
            ("locations", &self.locations),
            ("datatypes", &self.datatypes),
            ("privileges", &self.privileges),
        ]
    }

    /// Checks names, words and lists.
    pub fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("type", name::scope(&self.name));
        errors.check("display_name", name::display_name(&self.display_name));
        errors.check("description", name::free_text(&self.description, MAX_HELP));
        for (field, values) in self.lists() {
            for value in values {
                let checked = match field {
                    "locations" => name::resource(value),
                    _ if value.is_empty() => Err(Problem::new("required")),
                    _ => name::free_text(value, MAX_NAME),
                };
                errors.check(field, checked);
            }
            check_list(&mut errors, field, values.iter());
        }
        for field in &self.fields {
            errors.check("fields", field.validate());
        }
        check_list(&mut errors, "fields", self.fields.iter().map(|field| &field.name));
        errors.into_result(())
    }

    /// Reads a form.
    pub fn from_form(form: &FormData) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut fields = Vec::new();
        for line in form.lines("fields") {
            let read = DetailFieldSpec::from_line(&line);
            let read = read.ok_or_else(|| Problem::new("detail-field").with("line", &line));
            fields.extend(errors.check("fields", read));
        }
        let spec = Self {
            name: form.trimmed("type").to_owned(),
            display_name: form.trimmed("display_name").to_owned(),
            description: form.trimmed("description").to_owned(),
            actions: form.lines("actions"),
            locations: form.lines("locations"),
            datatypes: form.lines("datatypes"),
            privileges: form.lines("privileges"),
            fields,
        };
        if let Err(more) = spec.validate() {
            errors.0.extend(more.0);
        }
        errors.into_result(spec)
    }

    /// The fields with which a form shows this type.
    pub fn to_form(&self) -> FormData {
        let lines: Vec<String> = self.fields.iter().map(DetailFieldSpec::to_line).collect();
        let mut form = FormData::default()
            .with("type", &self.name)
            .with("display_name", &self.display_name)
            .with("description", &self.description);
        for (field, values) in self.lists() {
            form.push(field, values.join("\n"));
        }
        form.with("fields", lines.join("\n"))
    }
}

fn check_list<'n>(errors: &mut FieldErrors, field: &str, names: impl Iterator<Item = &'n String>) {
    let mut seen: Vec<&String> = Vec::new();
    for one in names {
        if seen.contains(&one) {
            errors.add(field, Problem::new("repeated").with("name", one));
        }
        seen.push(one);
    }
    if seen.len() > MAX_VALUES {
        errors.add(field, Problem::new("detail-entries").with("max", MAX_VALUES));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment() -> FormData {
        FormData::default()
            .with("type", "payment_initiation")
            .with("display_name", "A payment")
            .with("actions", "initiate\nstatus")
            .with("locations", "https://bank.example/payments")
            .with("fields", "instructedAmount: object, required = Amount\nurn:x:note: string")
    }

    #[test]
    fn a_form_says_all_of_it_and_comes_back() {
        let spec = DetailTypeSpec::from_form(&payment()).expect("good");
        assert_eq!((spec.name.as_str(), spec.actions.len()), ("payment_initiation", 2));
        let amount = &spec.fields[0];
        assert_eq!((amount.title(), amount.kind, amount.required), ("Amount", DetailFieldKind::Object, true));
        assert_eq!((spec.fields[1].name.as_str(), spec.fields[1].required), ("urn:x:note", false));
        assert_eq!(DetailTypeSpec::from_form(&spec.to_form()), Ok(spec));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        for (field, value, code) in [
            ("type", "two words", "scope-name"),
            ("display_name", "", "required"),
            ("actions", "read\nread", "repeated"),
            ("locations", "nowhere", "uri"),
            ("fields", "amount", "detail-field"),
            ("fields", "amount: money", "detail-field"),
            ("fields", "amount: number, perhaps", "detail-field"),
            ("fields", "actions: list", "reserved"),
            ("fields", "a: list\na: string", "repeated"),
        ] {
            let form = payment().without(&[field]).with(field, value);
            let errors = DetailTypeSpec::from_form(&form).expect_err("refused");
            assert_eq!(errors.of(field).map(|problem| problem.code.as_str()), Some(code), "{field} {value}");
        }
        let many: Vec<String> = (0..=MAX_VALUES).map(|i| format!("action {i}")).collect();
        let errors = DetailTypeSpec::from_form(&payment().without(&["actions"]).with("actions", many.join("\n")));
        assert!(errors.expect_err("refused").of("actions").is_some());
    }

    #[test]
    fn unknown_keys_are_refused() {
        let text = r#"{ "type": "a", "display_name": "A", "colour": 1 }"#;
        serde_json::from_str::<DetailTypeSpec>(text).expect_err("refused");
    }
}
