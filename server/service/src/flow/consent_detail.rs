//! What is asked for in detail (RFC 9396), as the consent page words it: what the API's administrator wrote of the type,
//! and every value of the request.

use model::spec::{ApiConnectionSpec, DetailTypeSpec};
use oidc::authorization_details::Detail;
use oidc::authorize::AuthorizationRequest;
use oidc::tenant::Tenant;
use serde_json::Value;

/// One detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentDetail {
    /// For people.
    pub title: String,
    /// For people; may be empty.
    pub description: String,
    /// What the API is called.
    pub api: String,
    /// What it names of the members that every type may have, by their names.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// The members of its own type.
    pub fields: Vec<ConsentField>,
}

/// A member of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentField {
    /// For people.
    pub label: String,
    /// Each value, with where inside of the member it stands; nowhere for a plain one.
    pub values: Vec<(String, String)>,
}

/// All of a request, in its order.
pub(super) fn all(tenant: &Tenant, request: &AuthorizationRequest) -> Vec<ConsentDetail> {
    let details = request.authorization_details.iter();
    let worded = details.filter_map(|detail| {
        let (connection, spec) = tenant.detail_type(detail.kind())?;
        Some(one(connection.spec(), spec, detail))
    });
    worded.collect()
}

fn one(connection: &ApiConnectionSpec, spec: &DetailTypeSpec, detail: &Detail) -> ConsentDetail {
    let members = detail.members();
    let lists = spec.lists().into_iter().filter_map(|(name, _)| {
        let values = members.get(name)?.as_array()?.iter();
        Some((name, values.filter_map(Value::as_str).map(str::to_owned).collect()))
    });
    let fields = spec.fields.iter().filter_map(|field| {
        let mut values = Vec::new();
        flatten(members.get(&field.name)?, "", &mut values);
        Some(ConsentField { label: field.title().to_owned(), values })
    });
    ConsentDetail {
        title: spec.display_name.clone(),
        description: spec.description.clone(),
        api: connection.display_name.clone(),
        lists: lists.collect(),
        fields: fields.collect(),
    }
}

/// Every value with its place: an amount is `currency` and `amount`, and what is empty is said to be so.
fn flatten(value: &Value, at: &str, found: &mut Vec<(String, String)>) {
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(name, value)| flatten(value, &below(name), found));
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            items.iter().enumerate().for_each(|(i, item)| flatten(item, &below(&(i + 1).to_string()), found));
        }
        Value::Array(items) if !items.is_empty() => items.iter().for_each(|item| flatten(item, at, found)),
        Value::String(text) => found.push((at.to_owned(), text.clone())),
        other => found.push((at.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn flat(value: &Value) -> Vec<(String, String)> {
        let mut found = Vec::new();
        flatten(value, "", &mut found);
        found
    }

    #[test]
    fn nothing_of_a_value_is_left_out() {
        let pair = |at: &str, text: &str| (at.to_owned(), text.to_owned());
        assert_eq!(flat(&json!("A text")), [pair("", "A text")]);
        assert_eq!(flat(&json!(["a", "b"])), [pair("", "a"), pair("", "b")]);
        assert_eq!(flat(&json!({ "amount": "1.50" })), [pair("amount", "1.50")]);
        assert_eq!(
            flat(&json!([{ "lat": 1, "deep": { "er": [] } }, true])),
            [pair("1.deep.er", "[]"), pair("1.lat", "1"), pair("2", "true")]
        );
    }
}
