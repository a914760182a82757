//! A user's value for a claim: read from a form or from JSON, validated, made canonical.

use serde_json::{Map, Number, Value};

use crate::address;
use crate::claim_type::ClaimType;
use crate::form::FormData;
use crate::name::{free_text, is_unsafe};
use crate::problem::Problem;
use crate::spec::ClaimSpec;

/// Longest value, as JSON text, in bytes.
pub const MAX_VALUE: usize = 16 * 1024;
/// Longest line of text unless the claim sets its own limit, in characters.
const MAX_LINE: usize = 1024;
/// Largest integer that every JSON reader keeps exactly: 2^53 - 1.
const MAX_INTEGER: i64 = 9_007_199_254_740_991;

/// Reads the value a form holds for a claim. `Ok(None)` when it was left empty.
///
/// An unticked checkbox is a value (`false`) only where the form says that it showed the box, by
/// a hidden field of the same name with the value `false`.
pub fn from_form(spec: &ClaimSpec, field: &str, form: &FormData) -> Result<Option<Value>, Problem> {
    let typed = form.trimmed(field);
    let value = match spec.kind {
        ClaimType::Address => {
            let mut parts = Map::new();
            for (part, _) in address::PARTS {
                let text = form.trimmed(&address::field(field, part));
                if !text.is_empty() {
                    parts.insert(part.to_owned(), Value::String(text.to_owned()));
                }
            }
            if parts.is_empty() {
                return Ok(None);
            }
            Value::Object(parts)
        }
        ClaimType::MultipleChoice => {
            let chosen = form.all(field);
            if chosen.is_empty() {
                return Ok(None);
            }
            Value::Array(chosen.into_iter().map(Value::String).collect())
        }
        ClaimType::Boolean => {
            // "Not set" of a yes-or-no choice is blank.
            if form.all(field).is_empty() {
                return Ok(None);
            }
            Value::Bool(form.flag(field))
        }
        _ if typed.is_empty() => return Ok(None),
        ClaimType::Integer => {
            let number: i64 = typed.parse().map_err(|_| Problem::new("integer"))?;
            Value::Number(number.into())
        }
        ClaimType::Decimal => {
            let number: f64 = typed.replace(',', ".").parse().map_err(|_| Problem::new("decimal"))?;
            Value::Number(Number::from_f64(number).ok_or_else(|| Problem::new("decimal"))?)
        }
        ClaimType::Json => serde_json::from_str(typed).map_err(|_| Problem::new("json"))?,
        ClaimType::Text => Value::String(typed.replace("\r\n", "\n")),
        _ => Value::String(typed.to_owned()),
    };
    validate(spec, &value).map(Some)
}

/// Checks a value against its claim and returns it in its stored form.
pub fn validate(spec: &ClaimSpec, value: &Value) -> Result<Value, Problem> {
    if value.to_string().len() > MAX_VALUE {
        return Err(Problem::new("too-long").with("max", MAX_VALUE));
    }
    match spec.kind {
        ClaimType::Boolean => value.as_bool().map(Value::Bool).ok_or_else(|| Problem::new("boolean")),
        ClaimType::Integer => {
            let number = value.as_i64().ok_or_else(|| Problem::new("integer"))?;
            if number.unsigned_abs() > MAX_INTEGER.unsigned_abs() {
                return Err(Problem::new("integer-range"));
            }
            #[expect(clippy::cast_precision_loss, reason = "within 2^53 by the check above")]
            range(spec, number as f64)?;
            Ok(Value::Number(number.into()))
        }
        ClaimType::Decimal => {
            let number = value.as_f64().filter(|n| n.is_finite()).ok_or_else(|| Problem::new("decimal"))?;
            range(spec, number)?;
            Ok(value.clone())
        }
        ClaimType::Address => address_value(value),
        ClaimType::Json => Ok(value.clone()),
        ClaimType::MultipleChoice => {
            let chosen = value.as_array().ok_or_else(|| Problem::new("choice"))?;
            for one in chosen {
                choice(spec, one)?;
            }
            // The claim's own order, each once: the same set is always the same value.
            let ordered = spec.choices.iter().filter(|c| chosen.iter().any(|v| v.as_str() == Some(&c.value)));
            let ordered: Vec<Value> = ordered.map(|c| Value::String(c.value.clone())).collect();
            if ordered.is_empty() { Err(Problem::new("choose")) } else { Ok(Value::Array(ordered)) }
        }
        ClaimType::Choice => choice(spec, value).map(|()| value.clone()),
        _ => textual(spec, value.as_str().ok_or_else(|| Problem::new("text"))?),
    }
}

fn textual(spec: &ClaimSpec, text: &str) -> Result<Value, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::new("required"));
    }
    let multi_line = spec.kind == ClaimType::Text;
    if text.chars().any(|c| is_unsafe(c) && !(multi_line && matches!(c, '\n' | '\t'))) {
        return Err(Problem::new("control-characters"));
    }
    let length = text.chars().count();
    let default_max = if multi_line { MAX_VALUE } else { MAX_LINE };
    let max = spec.max_length.map_or(default_max, |m| m as usize);
    if length > max {
        return Err(Problem::new("too-long").with("max", max));
    }
    if let Some(min) = spec.min_length.filter(|&min| length < min as usize) {
        return Err(Problem::new("too-short").with("min", min));
    }
    match spec.kind {
        ClaimType::Email => email(text)?,
        ClaimType::Phone => phone(text)?,
        ClaimType::Url => url(text)?,
        ClaimType::Date => date(text)?,
        _ => {}
    }
    if let Some(pattern) = spec.pattern.as_deref().filter(|p| !p.is_empty()) {
        // A pattern that was accepted when the claim was saved compiles; if it does not, refuse.
        let regex = crate::spec::claim::compile_pattern(pattern).map_err(|_| Problem::new("pattern"))?;
        if !regex.is_match(text) {
            return Err(Problem::new("pattern"));
        }
    }
    Ok(Value::String(text.to_owned()))
}

fn range(spec: &ClaimSpec, number: f64) -> Result<(), Problem> {
    if let Some(min) = spec.minimum.filter(|&min| number < min) {
        return Err(Problem::new("too-small").with("min", min));
    }
    if let Some(max) = spec.maximum.filter(|&max| number > max) {
        return Err(Problem::new("too-large").with("max", max));
    }
    Ok(())
}

fn choice(spec: &ClaimSpec, value: &Value) -> Result<(), Problem> {
    let known = value.as_str().is_some_and(|v| spec.choices.iter().any(|c| c.value == v));
    if known { Ok(()) } else { Err(Problem::new("choice")) }
}

fn address_value(value: &Value) -> Result<Value, Problem> {
    let parts = value.as_object().ok_or_else(|| Problem::new("address"))?;
    let mut kept = Map::new();
    for (part, text) in parts {
        let known = part == "formatted" || address::PARTS.iter().any(|(p, _)| p == part);
        let text = text.as_str().filter(|_| known).ok_or_else(|| Problem::new("address"))?;
        if part == "street_address" || part == "formatted" {
            free_text(&text.replace(['\n', '\r'], " "), MAX_LINE)?;
        } else {
            free_text(text, MAX_LINE)?;
        }
        if !text.trim().is_empty() {
            kept.insert(part.clone(), Value::String(text.trim().to_owned()));
        }
    }
    if kept.is_empty() { Err(Problem::new("required")) } else { Ok(Value::Object(kept)) }
}

/// A practical addr-spec: one `@`, a dot-atom before it, a DNS name after it (RFC 5321 lengths).
pub fn email(text: &str) -> Result<(), Problem> {
    let bad = || Problem::new("email");
    if text.len() > 254 {
        return Err(Problem::new("too-long").with("max", 254));
    }
    let (local, domain) = text.rsplit_once('@').ok_or_else(bad)?;
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c);
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && local.chars().all(atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label_ok = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if local_ok && !domain.is_empty() && domain.split('.').all(label_ok) { Ok(()) } else { Err(bad()) }
}

/// E.164: a plus sign and up to fifteen digits; spaces, dots, dashes and brackets may group them.
fn phone(text: &str) -> Result<(), Problem> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let ok = text.starts_with('+')
        && (4..=15).contains(&digits)
        && text[1..].chars().all(|c| c.is_ascii_digit() || " .-()".contains(c));
    if ok { Ok(()) } else { Err(Problem::new("phone")) }
}

fn url(text: &str) -> Result<(), Problem> {
    let ok = url::Url::parse(text)
        .is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.host_str().is_some_and(|h| !h.is_empty()));
    if ok { Ok(()) } else { Err(Problem::new("url")) }
}

/// `YYYY-MM-DD`, a day that exists; the year 0000 means that it is left out (OpenID Connect Core
/// section 5.1, birthdate).
fn date(text: &str) -> Result<(), Problem> {
    let bad = || Problem::new("date");
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shape {
        return Err(bad());
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().map_err(|_| bad());
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return Err(bad()),
    };
    if (1..=days).contains(&day) { Ok(()) } else { Err(bad()) }
}

/// Text by which two values are the same: for uniqueness and search.
pub fn canonical(kind: ClaimType, value: &Value) -> String {
    match (kind, value) {
        (ClaimType::Email, Value::String(text)) => crate::canonical::email(text),
        (ClaimType::Phone, Value::String(text)) => text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        (_, Value::String(text)) => crate::canonical::text(text),
        (_, other) => other.to_string(),
    }
}

/// The fields with which a form shows a stored value.
pub fn to_form(spec: &ClaimSpec, field: &str, value: &Value, form: &mut FormData) {
    match (spec.kind, value) {
        (ClaimType::Address, Value::Object(parts)) => {
            for (part, _) in address::PARTS {
                if let Some(text) = parts.get(part).and_then(Value::as_str) {
                    form.push(&address::field(field, part), text);
                }
            }
        }
        (ClaimType::MultipleChoice, Value::Array(values)) => {
            for text in values.iter().filter_map(Value::as_str) {
                form.push(field, text);
            }
        }
        (_, Value::String(text)) => form.push(field, text.as_str()),
        (_, other) => form.push(field, other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spec::Choice;

    fn claim(kind: ClaimType) -> ClaimSpec {
        ClaimSpec { name: "c".into(), display_name: "C".into(), kind, ..ClaimSpec::default() }
    }

    fn read(spec: &ClaimSpec, text: &str) -> Result<Option<Value>, String> {
        from_form(spec, "c", &FormData::default().with("c", text)).map_err(|p| p.code)
    }

    #[test]
    fn a_pattern_matches_the_whole_value() {
        let spec = ClaimSpec { pattern: Some("^LC-[0-9]{6}$".into()), ..claim(ClaimType::String) };
        assert_eq!(read(&spec, " LC-123456 "), Ok(Some(json!("LC-123456"))));
        assert_eq!(read(&spec, "LC-1234567"), Err("pattern".into()));
        let open = ClaimSpec { pattern: Some("[0-9]+|x".into()), ..claim(ClaimType::String) };
        assert_eq!(read(&open, "1x"), Err("pattern".into()));
    }

    #[test]
    fn each_type_reads_its_own_kind_of_value() {
        assert_eq!(read(&claim(ClaimType::Integer), "-7"), Ok(Some(json!(-7))));
        assert_eq!(read(&claim(ClaimType::Integer), "7.5"), Err("integer".into()));
        assert_eq!(read(&claim(ClaimType::Integer), "9007199254740992"), Err("integer-range".into()));
        assert_eq!(read(&claim(ClaimType::Integer), "-9223372036854775808"), Err("integer-range".into()));
        assert_eq!(read(&claim(ClaimType::Decimal), "7.25"), Ok(Some(json!(7.25))));
        assert_eq!(read(&claim(ClaimType::Decimal), "NaN"), Err("decimal".into()));
        assert_eq!(read(&claim(ClaimType::Boolean), "false"), Ok(Some(json!(false))));
        assert_eq!(read(&claim(ClaimType::Boolean), ""), Ok(None));
        assert_eq!(read(&claim(ClaimType::Date), "2024-02-29"), Ok(Some(json!("2024-02-29"))));
        assert_eq!(read(&claim(ClaimType::Date), "2023-02-29"), Err("date".into()));
        assert_eq!(read(&claim(ClaimType::Email), "a@b.example"), Ok(Some(json!("a@b.example"))));
        assert_eq!(read(&claim(ClaimType::Email), "a b@c"), Err("email".into()));
        assert_eq!(read(&claim(ClaimType::Phone), "+1 (425) 555-1212"), Ok(Some(json!("+1 (425) 555-1212"))));
        assert_eq!(read(&claim(ClaimType::Phone), "555"), Err("phone".into()));
        assert_eq!(read(&claim(ClaimType::Url), "javascript:alert(1)"), Err("url".into()));
        assert_eq!(read(&claim(ClaimType::Json), "{\"a\":1}"), Ok(Some(json!({"a": 1}))));
        assert_eq!(read(&claim(ClaimType::Json), "{"), Err("json".into()));
        assert_eq!(read(&claim(ClaimType::String), "  "), Ok(None));
    }

    #[test]
    fn numbers_keep_to_their_range_and_text_to_its_length() {
        let age = ClaimSpec { minimum: Some(18.0), maximum: Some(120.0), ..claim(ClaimType::Integer) };
        assert_eq!(read(&age, "17"), Err("too-small".into()));
        assert_eq!(read(&age, "121"), Err("too-large".into()));
        let short = ClaimSpec { min_length: Some(2), max_length: Some(3), ..claim(ClaimType::String) };
        assert_eq!(read(&short, "é"), Err("too-short".into()));
        assert_eq!(read(&short, "éééé"), Err("too-long".into()));
    }

    #[test]
    fn choices_are_the_ones_offered_in_their_order() {
        let choices = ["a", "b"].map(|v| Choice { value: v.into(), label: String::new() }).to_vec();
        let many = ClaimSpec { choices: choices.clone(), ..claim(ClaimType::MultipleChoice) };
        let form = FormData::default().with("c", "b").with("c", "a").with("c", "b");
        assert_eq!(from_form(&many, "c", &form), Ok(Some(json!(["a", "b"]))));
        let one = ClaimSpec { choices, ..claim(ClaimType::Choice) };
        assert_eq!(read(&one, "z"), Err("choice".into()));
    }

    #[test]
    fn an_address_has_parts_of_its_own() {
        let form = FormData::default().with("c.locality", "Lisbon").with("c.country", "Portugal");
        let value = json!({"locality": "Lisbon", "country": "Portugal"});
        assert_eq!(from_form(&claim(ClaimType::Address), "c", &form), Ok(Some(value)));
        assert!(validate(&claim(ClaimType::Address), &json!({"planet": "Earth"})).is_err());
    }

    #[test]
    fn hostile_text_is_refused_not_stored() {
        for bad in ["a\0b", "a\u{202E}b", "a\nb"] {
            assert_eq!(read(&claim(ClaimType::String), bad), Err("control-characters".into()), "{bad:?}");
        }
        assert_eq!(read(&claim(ClaimType::Text), "a\r\nb"), Ok(Some(json!("a\nb"))));
    }
}
