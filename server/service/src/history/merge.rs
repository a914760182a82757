//! Two versions of a specification, field by field, and taking one change back under a third.

use serde_json::{Map, Value};

/// A field with two values; `None` where it has the value that it is born with.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Key of the `apply` file.
    pub name: String,
    /// On the one side.
    pub from: Option<Value>,
    /// On the other.
    pub to: Option<Value>,
}

/// What taking a change back comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// What it will be.
    pub result: Map<String, Value>,
    /// Fields that go back: from what they are to what they will be.
    pub fields: Vec<FieldChange>,
    /// Fields that somebody changed since: from what the change made of them to what they are. They stay.
    pub conflicts: Vec<FieldChange>,
}

/// The fields that differ.
pub fn difference(from: &Map<String, Value>, to: &Map<String, Value>) -> Vec<FieldChange> {
    let mut names: Vec<&String> = from.keys().chain(to.keys()).collect();
    names.sort();
    names.dedup();
    names.retain(|name| from.get(*name) != to.get(*name));
    let change =
        |name: &String| FieldChange { from: from.get(name).cloned(), to: to.get(name).cloned(), name: name.clone() };
    names.into_iter().map(change).collect()
}

/// Takes a change from `before` to `after` back under `now`: its fields become what they were, unless
/// somebody changed them since.
pub fn take_back(before: &Map<String, Value>, after: &Map<String, Value>, now: &Map<String, Value>) -> Merged {
    let mut merged = Merged { result: now.clone(), ..Merged::default() };
    for FieldChange { name, from: was, to: made } in difference(before, after) {
        let is = now.get(&name).cloned();
        if is == was {
            continue;
        }
        if is != made {
            merged.conflicts.push(FieldChange { name, from: made, to: is });
            continue;
        }
        match &was {
            Some(value) => merged.result.insert(name.clone(), value.clone()),
            None => merged.result.remove(&name),
        };
        merged.fields.push(FieldChange { name, from: is, to: was });
    }
    merged
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: Value) -> Map<String, Value> {
        let Value::Object(map) = value else { panic!("{value} is no object") };
        map
    }

    fn names(fields: &[FieldChange]) -> Vec<&str> {
        fields.iter().map(|field| field.name.as_str()).collect()
    }

    #[test]
    fn fields_of_the_change_go_back_and_others_stay() {
        let before = map(json!({ "name": "a", "help": "old", "unique": true }));
        let after = map(json!({ "name": "a", "help": "new", "pattern": "x" }));
        let now = map(json!({ "name": "a", "help": "new", "pattern": "x", "display_name": "theirs" }));
        let merged = take_back(&before, &after, &now);
        assert_eq!(
            Value::from(merged.result),
            json!({ "name": "a", "help": "old", "unique": true, "display_name": "theirs" })
        );
        assert_eq!(names(&merged.fields), ["help", "pattern", "unique"]);
        assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn what_somebody_changed_since_stays_and_is_told() {
        let (before, after) = (map(json!({ "help": "old", "a": 1 })), map(json!({ "help": "new", "a": 2 })));
        let now = map(json!({ "help": "newer", "a": 2 }));
        let merged = take_back(&before, &after, &now);
        assert_eq!(Value::from(merged.result), json!({ "help": "newer", "a": 1 }));
        let conflict = FieldChange { name: "help".into(), from: Some("new".into()), to: Some("newer".into()) };
        assert_eq!(merged.conflicts, [conflict]);
    }

    #[test]
    fn what_is_back_already_is_nothing() {
        let (before, after) = (map(json!({ "a": 1 })), map(json!({ "a": 2 })));
        let merged = take_back(&before, &after, &before);
        assert_eq!((merged.fields, merged.conflicts), (vec![], vec![]));
    }
}
