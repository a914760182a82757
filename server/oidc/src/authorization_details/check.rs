//! Objects against the types that the API connections define (RFC 9396 section 5).

use std::borrow::Cow;

use model::name::is_unsafe;
use model::spec::{DetailFieldKind, DetailTypeSpec};
use serde_json::Value;

use super::{Detail, refused};
use crate::error::OAuthError;
use crate::tenant::{Application, Connection, Tenant};

/// Section 5: "The AS MUST refuse to process any unknown authorization details type or authorization details not
/// conforming to the respective type definition."
///
/// # Errors
/// `invalid_authorization_details`, naming the object. Unknown and not allowed are told in the same words: what exists is
/// not for everybody to know.
pub fn check(tenant: &Tenant, application: &Application, details: &[Detail]) -> Result<(), OAuthError> {
    for (i, detail) in details.iter().enumerate() {
        conforms(tenant, application, detail).map_err(|text| refused(format!("authorization_details[{i}]: {text}")))?;
    }
    Ok(())
}

/// Those of a grant that the application may still ask for, and that are still what their types allow.
pub fn still_allowed(tenant: &Tenant, application: &Application, details: &[Detail]) -> Vec<Detail> {
    details.iter().filter(|detail| conforms(tenant, application, detail).is_ok()).cloned().collect()
}

type Checked = Result<(), Cow<'static, str>>;

fn conforms(tenant: &Tenant, application: &Application, detail: &Detail) -> Checked {
    let found = tenant.detail_type(detail.kind()).filter(|_| application.allows_detail_type(detail.kind()));
    let Some((connection, spec)) = found else {
        return Err("the type is unknown, or the application may not ask for it".into());
    };
    for (member, value) in detail.members().iter().filter(|(member, _)| *member != "type") {
        check_member(connection, spec, member, value)?;
    }
    // "is missing required fields for the authorization details type".
    match spec.fields.iter().find(|field| field.required && !detail.members().contains_key(&field.name)) {
        Some(missing) => Err(format!("{} is required", missing.name).into()),
        None => Ok(()),
    }
}

/// "is an object of known type but containing unknown fields, contains fields of the wrong type [...], contains fields
/// with invalid values for the authorization details type".
fn check_member(connection: &Connection, spec: &DetailTypeSpec, member: &str, value: &Value) -> Checked {
    if let Some((_, listed)) = spec.lists().into_iter().find(|(name, _)| *name == member) {
        let own = connection.spec().resource.iter().filter(|_| member == "locations");
        let allowed: Vec<&String> = listed.iter().chain(own).collect();
        return check_list(member, &allowed, value);
    }
    let Some(field) = spec.fields.iter().find(|field| field.name == member) else {
        return Err(format!("{member} is unknown").into());
    };
    let fits = match field.kind {
        DetailFieldKind::String => value.is_string(),
        DetailFieldKind::Number => value.is_number(),
        DetailFieldKind::Boolean => value.is_boolean(),
        DetailFieldKind::Object => value.is_object(),
        DetailFieldKind::List => value.is_array(),
    };
    if !fits {
        return Err(format!("{member} must be of the kind {}", field.kind.as_str()).into());
    }
    // A person decides by what they read: nothing in it may forge how it is shown.
    if is_forged(value) {
        return Err(format!("{member} holds control characters").into());
    }
    Ok(())
}

/// Section 2.2: each of these is "An array of strings". An empty one says nothing, and could be taken for everything.
fn check_list(member: &str, allowed: &[&String], value: &Value) -> Checked {
    if allowed.is_empty() {
        return Err(format!("{member} is unknown").into());
    }
    let named = value.as_array().filter(|items| !items.is_empty());
    let named = named.and_then(|items| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    let Some(named) = named else { return Err(format!("{member} must be a list of strings").into()) };
    match named.into_iter().find(|one| !allowed.iter().any(|known| known == one)) {
        Some(other) => Err(format!("{member} must not name {other}").into()),
        None => Ok(()),
    }
}

fn is_forged(value: &Value) -> bool {
    let unsafe_text = |text: &str| text.chars().any(is_unsafe);
    match value {
        Value::String(text) => unsafe_text(text),
        Value::Array(items) => items.iter().any(is_forged),
        Value::Object(members) => members.iter().any(|(name, value)| unsafe_text(name) || is_forged(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
