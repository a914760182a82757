//! The parameter `authorization_details` (RFC 9396 section 2).

use serde_json::Value;

use super::{Detail, refused};
use crate::error::OAuthError;
use crate::params::Params;

/// Its name, wherever it comes.
pub const PARAMETER: &str = "authorization_details";

/// Most objects of one request: a person has to read them.
pub const MAX_DETAILS: usize = 20;
/// Longest text, in bytes. A token that says them must stay sendable in a header.
const MAX_LENGTH: usize = 8 * 1024;
/// Deepest nesting, the list itself included.
const MAX_DEPTH: usize = 8;

/// The objects of a request; `None` where it has no such parameter.
///
/// # Errors
/// As [`parse`].
pub fn read(params: &Params) -> Result<Option<Vec<Detail>>, OAuthError> {
    params.get(PARAMETER).map(parse).transpose()
}

/// Section 2: "an array of objects", and of each: "type: An identifier for the authorization details type as a string.
/// [...] This field is REQUIRED."
///
/// # Errors
/// `invalid_authorization_details` for what is none, and beyond the limits.
pub fn parse(text: &str) -> Result<Vec<Detail>, OAuthError> {
    if text.len() > MAX_LENGTH {
        return Err(refused("authorization_details is too long"));
    }
    let Ok(Value::Array(items)) = serde_json::from_str::<Value>(text) else {
        return Err(refused("authorization_details must be a JSON array of objects"));
    };
    if items.len() > MAX_DETAILS {
        return Err(refused("authorization_details holds too many objects"));
    }
    items.into_iter().enumerate().map(|(i, item)| detail(i, item)).collect()
}

fn detail(i: usize, item: Value) -> Result<Detail, OAuthError> {
    if depth(&item) >= MAX_DEPTH {
        return Err(refused(format!("authorization_details[{i}] is nested too deeply")));
    }
    match item {
        Value::Object(members) if members.get("type").is_some_and(Value::is_string) => Ok(Detail(members)),
        Value::Object(_) => Err(refused(format!("authorization_details[{i}] has no type"))),
        _ => Err(refused(format!("authorization_details[{i}] is not an object"))),
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
