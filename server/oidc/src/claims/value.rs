//! A user's value for a claim: stored, or derived from the user's own row.

use model::claim_value;
use model::spec::ClaimSpec;
use serde_json::Value;

use super::explanation::Reason;
use crate::user::UserFacts;

/// The value in the form it is released, or why there is none.
///
/// A stored value that fails today's validation counts as missing. `false` is a value.
pub fn of(spec: &ClaimSpec, user: &UserFacts) -> Result<Value, Reason<'static>> {
    let text = |value: &Option<String>| value.clone().filter(|v| !v.is_empty()).map(Value::String);
    let stored = match spec.name.as_str() {
        // What the server derives has no validation of an administrator's.
        "sub" => return Ok(Value::String(user.sub.clone())),
        "updated_at" => return Ok(Value::Number(user.updated_at.into())),
        "email_verified" => {
            return user.email.as_ref().map(|_| Value::Bool(user.email_verified)).ok_or(Reason::NoValue);
        }
        "phone_number_verified" => {
            user.values.get("phone_number").ok_or(Reason::NoValue)?;
            let verified = user.values.get("phone_number_verified").and_then(Value::as_bool);
            return Ok(Value::Bool(verified.unwrap_or(false)));
        }
        "email" => text(&user.email),
        "preferred_username" => user.values.get("preferred_username").cloned().or_else(|| text(&user.username)),
        name => user.values.get(name).cloned(),
    };
    match stored {
        None | Some(Value::Null) => Err(Reason::NoValue),
        Some(value) => claim_value::validate(spec, &value).map_err(|_| Reason::InvalidValue),
    }
}
