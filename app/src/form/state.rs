//! A submitted form as it comes back: typed values, problems, and what stands in the way.

use model::{FieldErrors, FormData, Problem};
use service::Error;
use service::error::Usage;

use super::merge::{self, BASE, Merge};
use crate::visit::PageError;

/// What a form shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    /// As typed, or as stored when the page was opened. Passwords are never in it.
    pub data: FormData,
    /// Empty when the page was opened.
    pub errors: FieldErrors,
    /// Version of the object that the form was made from.
    pub version: Option<i64>,
    /// The values that the form was made from, by which it is told who changed what.
    pub base: Option<FormData>,
    /// What stands in the way besides the fields' values.
    pub trouble: Option<Trouble>,
}

/// Why a form with good values was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Somebody else saved the object meanwhile.
    Changed(Merge),
    /// These refer to the object that was to go.
    InUse(Vec<Usage>),
    /// To be tried again after so many seconds.
    TooMany(i64),
}

/// Names of fields whose value is never sent back.
const NEVER_ECHOED: [&str; 4] = ["password", "password_confirmation", "current_password", "new_password"];

impl FormState {
    /// A form just opened.
    pub fn opened(data: FormData) -> Self {
        Self { data, ..Self::default() }
    }

    /// A form just opened on an object that has a version.
    pub fn editing(data: FormData, version: i64) -> Self {
        Self { base: Some(data.clone()), data, version: Some(version), ..Self::default() }
    }

    /// An edit form as it was sent, to be gone on with.
    pub fn resumed(form: FormData) -> Self {
        let (base, version) = (merge::base_of(&form), form.get("version").and_then(|v| v.trim().parse().ok()));
        Self { data: form.without(&[BASE, "version"]).without(&NEVER_ECHOED), base, version, ..Self::default() }
    }

    /// A form that was refused, where the form can show why; else the error itself.
    pub fn refused(form: FormData, error: PageError) -> Result<Self, PageError> {
        let mut state = Self::resumed(form);
        match error {
            PageError::Service(Error::Invalid(errors)) => state.errors = errors,
            PageError::Service(Error::Changed) => state.trouble = Some(Trouble::Changed(Merge::default())),
            PageError::Service(Error::InUse(users)) => state.trouble = Some(Trouble::InUse(users)),
            PageError::Service(Error::TooManyRequests { retry_after }) => {
                state.trouble = Some(Trouble::TooMany(retry_after));
            }
            other => return Err(other),
        }
        Ok(state)
    }

    /// After [`Self::refused`] on an edit form: where somebody else was faster, the form holds what both
    /// changed, and what both changed differently stands side by side. Saving once more, with the new
    /// version, does it knowingly. Values of fields that cannot be changed were not sent by the browser;
    /// they are filled in.
    #[must_use]
    pub fn beside(mut self, stored: &FormData, version: i64, unchangeable: &[&str]) -> Self {
        self.data = super::fixed(self.data, stored, unchangeable);
        if let Some(Trouble::Changed(found)) = &mut self.trouble {
            (self.data, *found) = merge::merge(self.base.as_ref(), &self.data, stored);
            self.base = Some(stored.clone());
            self.version = Some(version);
        }
        self
    }

    /// After [`Self::refused`] on a form without stored values: it may go ahead on the newer version.
    #[must_use]
    pub fn anew(mut self, version: i64) -> Self {
        if matches!(self.trouble, Some(Trouble::Changed(_))) {
            self.version = Some(version);
        }
        self
    }

    /// Status of the page that shows this form.
    pub fn status(&self) -> u16 {
        match &self.trouble {
            Some(Trouble::Changed(_) | Trouble::InUse(_)) => 409,
            Some(Trouble::TooMany(_)) => 429,
            None if self.errors.is_empty() => 200,
            None => 422,
        }
    }

    /// Seconds to wait before the next try.
    pub fn retry_after(&self) -> Option<i64> {
        match self.trouble {
            Some(Trouble::TooMany(seconds)) => Some(seconds),
            _ => None,
        }
    }

    /// True when there is something to say on top of the form.
    pub fn is_refused(&self) -> bool {
        self.status() != 200
    }

    /// True where a field was refused, or changed by somebody else.
    pub fn has_word_on(&self, field: &str) -> bool {
        let changed = match &self.trouble {
            Some(Trouble::Changed(merge)) => {
                merge.at(field).is_some() || merge.taken.iter().any(|taken| taken == field)
            }
            _ => false,
        };
        changed || self.errors.of(field).is_some()
    }

    /// Shows what was made for a field that was left empty, where that is what was refused.
    #[must_use]
    pub fn with_made(mut self, field: &str, made: &FormData) -> Self {
        if self.errors.of(field).is_some() {
            self.data = self.data.without(&[field]).with(field, made.get(field).unwrap_or_default());
        }
        self
    }

    /// A form that was refused for a reason of ours, at one field.
    #[must_use]
    pub fn with_error(mut self, field: &str, problem: Problem) -> Self {
        self.errors.add(field, problem);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_never_sent_back() {
        let form = FormData::default().with("username", "john").with("password", "secret");
        let state = FormState::refused(form, Error::field("password", Problem::new("required")).into()).expect("shown");
        assert_eq!(state.data, FormData::default().with("username", "john"));
        assert_eq!(state.status(), 422);
    }

    #[test]
    fn a_later_save_is_told_from_the_earlier_one() {
        let typed = FormData::default().with("display_name", "Mine").with("version", "1");
        let base = FormData::default().with("name", "n").with("display_name", "Old");
        let typed = typed.with(BASE, merge::pack_base(&base).expect("short"));
        let stored = FormData::default().with("name", "n").with("display_name", "Theirs");
        let state = FormState::refused(typed, Error::Changed.into()).expect("shown").beside(&stored, 2, &["name"]);
        assert_eq!(state.status(), 409);
        assert_eq!(state.version, Some(2));
        assert_eq!(state.data.get("name"), Some("n"));
        assert_eq!(state.data.get("display_name"), Some("Mine"));
        assert_eq!(state.base, Some(stored));
        let Some(Trouble::Changed(merge)) = state.trouble else { panic!("no merge") };
        assert!(merge.at("display_name").is_some() && merge.at("name").is_none() && merge.taken.is_empty());
    }

    #[test]
    fn a_name_that_was_made_is_shown_where_it_is_refused() {
        let typed = || FormData::default().with("name", "City Library").with("slug", "");
        let made = model::naming::with_identifier(&typed(), "slug");
        let refused = |field: &str| {
            let error = Error::field(field, Problem::new("taken"));
            FormState::refused(typed(), error.into()).expect("shown").with_made("slug", &made)
        };
        assert_eq!(refused("slug").data.get("slug"), Some("city-library"));
        assert_eq!(refused("name").data, typed());
    }

    #[test]
    fn other_errors_are_not_the_forms() {
        assert!(FormState::refused(FormData::default(), Error::NotFound.into()).is_err());
    }
}
