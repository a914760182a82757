//! A submitted form: names and values as typed, kept so that a failed submit loses nothing.

use serde::{Deserialize, Serialize};

/// Fields of a form in the order they came. A name may repeat (multiple choice).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormData(pub Vec<(String, String)>);

impl FormData {
    /// The first value of a field, as typed.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The first value without surrounding white space; empty when absent.
    pub fn trimmed(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// `None` for an absent or blank field.
    pub fn optional(&self, name: &str) -> Option<String> {
        let value = self.trimmed(name);
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Every non-blank value of a repeated field.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim().to_owned()).collect()
    }

    /// A checkbox: present and not `false`.
    pub fn flag(&self, name: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && !matches!(v.as_str(), "" | "false" | "off" | "0"))
    }

    /// The non-blank lines of a text area (or of each value of a repeated field).
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.all(name)
            .iter()
            .flat_map(|v| v.lines())
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// True when a repeated field holds this value: is the box ticked, the option chosen?
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && v == value)
    }

    /// Adds a value.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Builder form of [`Self::push`].
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.push(name, value);
        self
    }

    /// Adds a ticked checkbox, or nothing.
    pub fn push_flag(&mut self, name: &str, on: bool) {
        if on {
            self.push(name, "true");
        }
    }

    /// Drops a field: what must never be echoed, such as a password.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(n, _)| !names.contains(&n.as_str()));
        self
    }
}
