//! What every field has: an id, a label, help, a problem, and what somebody else stored.

use std::fmt::Write as _;
use std::sync::Arc;

use leptos::prelude::*;
use model::FormData;

use super::merge::Conflict;
use super::{FormState, Trouble, conflict};
use crate::i18n::locale;
use crate::tr;

/// What a [`super::Form`] provides to its fields.
#[derive(Clone)]
pub(super) struct FormContext {
    pub(super) state: Arc<FormState>,
    /// Field name and label, in the order of the fields, for the summary.
    pub(super) labels: StoredValue<Vec<(String, String)>>,
}

impl FormContext {
    /// The form around the field that is being rendered; an empty one where there is none.
    pub(super) fn current() -> Self {
        use_context().unwrap_or_else(|| Self { state: Arc::default(), labels: StoredValue::new(Vec::new()) })
    }

    pub(super) fn data(&self) -> &FormData {
        &self.state.data
    }
}

/// Id of the input of a field: the name, with anything unusual in it written as hexadecimal.
pub fn field_id(name: &str) -> String {
    let mut id = String::from("f-");
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') {
            id.push(c);
        } else {
            let _ = write!(id, "-{:x}-", u32::from(c));
        }
    }
    id
}

/// How an input is tied to its words.
#[derive(Clone)]
pub(super) struct Ties {
    pub(super) id: String,
    pub(super) error: Option<String>,
    /// Value of `aria-describedby`.
    pub(super) described_by: Option<String>,
    /// `true`, or absent.
    pub(super) invalid: Option<&'static str>,
    /// What somebody else saved in it, where it differs from what was typed.
    pub(super) stored: Option<Conflict>,
}

impl Ties {
    /// Ties a field, and notes its label for the summary.
    pub(super) fn new(form: &FormContext, name: &str, label: &str, has_help: bool) -> Self {
        form.labels.update_value(|labels| labels.push((name.to_owned(), label.to_owned())));
        let id = field_id(name);
        let error = form.state.errors.of(name).map(|problem| locale().problem(problem));
        let stored = stored_now(&form.state, name);
        let parts = [("help", has_help), ("error", error.is_some()), ("stored", stored.is_some())];
        let words: Vec<String> =
            parts.iter().filter(|(_, shown)| *shown).map(|(part, _)| format!("{id}-{part}")).collect();
        let described_by = (!words.is_empty()).then(|| words.join(" "));
        let invalid = error.is_some().then_some("true");
        Self { id, error, described_by, invalid, stored }
    }

    pub(super) fn class(&self) -> &'static str {
        if self.error.is_some() { "field has-error" } else { "field" }
    }
}

/// What somebody else saved in a field, where that is not what was typed.
fn stored_now(state: &FormState, name: &str) -> Option<Conflict> {
    match &state.trouble {
        Some(Trouble::Changed(merge)) => merge.at(name).cloned(),
        _ => None,
    }
}

/// The lines between a label and its input: help, problem, what is stored.
pub(super) fn words(ties: Ties, help: String) -> AnyView {
    let id = ties.id;
    let help = (!help.is_empty()).then(|| view! { <p class="field-help" id=format!("{id}-help")>{marked(&help)}</p> });
    let error = ties.error.map(|text| view! { <p class="field-error" id=format!("{id}-error")>{text}</p> });
    let stored = ties.stored.map(conflict::choice);
    view! { {help} {error} {stored} }.into_any()
}

/// A text in which what stands between backticks is for programs.
fn marked(text: &str) -> Vec<AnyView> {
    let parts = text.split('`').enumerate();
    let part = |(at, part): (usize, &str)| {
        let part = part.to_owned();
        if at % 2 == 1 { view! { <code class="id">{part}</code> }.into_any() } else { part.into_any() }
    };
    parts.map(part).collect()
}

/// A field: its label, the lines of [`words`], and its input, whose id is that of the ties.
pub(super) fn framed(ties: Ties, label: String, optional: bool, help: String, input: AnyView) -> AnyView {
    let (class, id) = (ties.class(), ties.id.clone());
    view! {
        <div class=class>
            <label class="field-label" for=id>
                <LabelText text=label optional />
            </label>
            {words(ties, help)}
            {input}
        </div>
    }
    .into_any()
}

/// The text of a label, which says when a field may stay empty.
#[component]
pub(super) fn LabelText(text: String, optional: bool) -> AnyView {
    let mark = optional.then(|| view! { " " <span class="optional">{tr!("form-optional")}</span> });
    view! { {text} {mark} }.into_any()
}

/// A value that the form carries unseen.
#[component]
pub fn Hidden(
    /// Field name.
    #[prop(into)]
    name: String,
    /// Its value.
    #[prop(into)]
    value: String,
) -> AnyView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_in_links() {
        assert_eq!(field_id("display_name"), "f-display_name");
        assert_eq!(field_id("address.locality"), "f-address-2e-locality");
        assert_eq!(field_id("https://x/%"), "f-https-3a--2f--2f-x-2f--25-");
    }
}
