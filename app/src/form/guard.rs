//! What a submitted form may hold.

use model::{FieldErrors, FormData, Problem};
use service::Error;

use super::merge::BASE;

/// Refuses fields that the form does not have, by name.
pub fn only(form: &FormData, fields: &[&str]) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    for (name, _) in &form.0 {
        if name != "version" && name != BASE && !fields.contains(&name.as_str()) {
            errors.add("", Problem::new("unknown-field").with("name", name));
        }
    }
    errors.into_result(()).map_err(Error::from)
}

/// The version that an edit form carries. A form without one is as good as outdated.
pub fn version(form: &FormData) -> Result<i64, Error> {
    form.trimmed("version").parse().map_err(|_| Error::Changed)
}

/// Fills in fields that cannot be changed, which a browser does not send. A value that was sent all
/// the same stays, so that the use case can refuse it.
#[must_use]
pub fn fixed(mut form: FormData, stored: &FormData, fields: &[&str]) -> FormData {
    for field in fields {
        if form.get(field).is_none() {
            for value in stored.0.iter().filter(|(name, _)| name == field).map(|(_, v)| v) {
                form.push(field, value.as_str());
            }
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_fields_are_refused_by_name() {
        let form = FormData::default().with("name", "n").with("version", "1").with("role", "owner");
        let Err(Error::Invalid(errors)) = only(&form, &["name"]) else { panic!("accepted") };
        assert_eq!(errors.of("").map(|p| p.args.clone()), Some(vec![("name".to_owned(), "role".to_owned())]));
    }

    #[test]
    fn what_was_sent_is_not_overwritten() {
        let stored = FormData::default().with("name", "old").with("type", "string");
        let form = fixed(FormData::default().with("name", "new"), &stored, &["name", "type"]);
        assert_eq!((form.get("name"), form.get("type")), (Some("new"), Some("string")));
    }
}
