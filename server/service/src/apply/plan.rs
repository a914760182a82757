//! What an `apply` would do, for people to read before it does it.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

/// Stands for a value that a plan must not show.
pub(super) const HIDDEN: &str = "(hidden)";

/// What happens to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is made.
    Create,
    /// It becomes another.
    Change,
    /// It goes; only when pruning.
    Delete,
}

impl Kind {
    /// How a plan marks it.
    pub fn sign(self) -> char {
        match self {
            Self::Create => '+',
            Self::Change => '~',
            Self::Delete => '-',
        }
    }
}

/// A field that becomes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// As the file names it.
    pub name: String,
    /// `None` where it was not set.
    pub old: Option<String>,
    /// `None` where it will not be set.
    pub new: Option<String>,
}

/// What happens to one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub kind: Kind,
    /// `mysub/applications/my-app`.
    pub path: String,
    /// None for an object that goes.
    pub fields: Vec<FieldChange>,
}

/// Everything that an `apply` does, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One for each object.
    pub changes: Vec<Change>,
}

impl Plan {
    /// True when there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in &self.changes {
            writeln!(f, "{} {}", change.kind.sign(), change.path)?;
            for FieldChange { name, old, new } in &change.fields {
                match (change.kind, old, new) {
                    (Kind::Create, _, Some(new)) => writeln!(f, "    {name}: {new}")?,
                    // What it was is not told either, and neither is whether it was anything.
                    (_, None, Some(new)) if new == HIDDEN => writeln!(f, "    {name}: {new}")?,
                    (_, old, new) => {
                        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "(unset)".to_owned());
                        writeln!(f, "    {name}: {} -> {}", shown(old), shown(new))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The fields in which two specifications differ; `before` is `None` for something new. Secrets and
/// lists of objects with changes of their own are left to the caller.
pub(super) fn fields<T: Serialize>(before: Option<&T>, after: &T) -> Vec<FieldChange> {
    let (before, after) = (before.map(object).unwrap_or_default(), object(after));
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let names: Vec<&String> = after.keys().chain(gone).collect();
    let text = |fields: &Map<String, Value>, name: &str| fields.get(name).map(text);
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| FieldChange { name: name.clone(), old: text(&before, name), new: text(&after, name) })
        .collect()
}

fn object(spec: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(spec) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// Text as it is, anything else as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
