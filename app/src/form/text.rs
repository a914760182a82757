//! Fields that are typed into.

use leptos::prelude::*;

use super::field::{FormContext, Ties, framed, words};
use crate::components::Copyable;

/// One line of text.
#[expect(clippy::fn_params_excessive_bools, reason = "attributes of an input")]
#[component]
pub fn TextField(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// Type of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// Token of the HTML standard.
    #[prop(optional)]
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: &'static str,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
    /// Does not say that it may stay empty: the group around it does.
    #[prop(optional)]
    unmarked: bool,
    /// Cannot be changed here: shown to be copied, and not sent.
    #[prop(optional)]
    fixed: bool,
    /// A name that programs read: monospace, never corrected.
    #[prop(optional)]
    code: bool,
    /// Where the cursor stands when the page opens.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let marked = optional && !unmarked;
    let value = form.data().get(&name).unwrap_or_default().to_owned();
    if fixed {
        return fixed_value(ties, label, value, help);
    }
    // The summary takes the focus when there is one. A browser would put the cursor before a name that is begun.
    let autofocus = autofocus && !form.state.is_refused() && value.is_empty();
    let input = view! {
        <input
            class=if code { "input id" } else { "input" }
            id=ties.id.clone()
            name=name
            type=kind
            value=value
            autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
            autocapitalize=code.then_some("none")
            spellcheck=code.then_some("false")
            inputmode=(!inputmode.is_empty()).then_some(inputmode)
            required=!optional
            autofocus=autofocus
            aria-invalid=ties.invalid
            aria-describedby=ties.described_by.clone()
        />
    };
    framed(ties, label, marked, help, input.into_any())
}

/// A value in the place of its input.
fn fixed_value(ties: Ties, label: String, value: String, help: String) -> AnyView {
    let class = ties.class();
    let Ties { id, described_by, .. } = ties.clone();
    let (label_id, labelled_by) = (format!("{id}-label"), format!("{id}-label"));
    view! {
        <div
            class=class
            id=id
            role="group"
            tabindex="-1"
            aria-labelledby=labelled_by
            aria-describedby=described_by
        >
            <p class="field-label" id=label_id>
                {label.clone()}
            </p>
            {words(ties, help)}
            <Copyable value what=label />
        </div>
    }
    .into_any()
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// Lines in sight.
    #[prop(default = 3)]
    rows: u8,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
    /// Does not say that it may stay empty: the group around it does.
    #[prop(optional)]
    unmarked: bool,
    /// Addresses, names or JSON: monospace, never corrected.
    #[prop(optional)]
    code: bool,
    /// Token of the HTML standard.
    #[prop(optional)]
    autocomplete: &'static str,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let marked = optional && !unmarked;
    let value = form.data().get(&name).unwrap_or_default();
    // A browser drops the first line break of a text area.
    let content = format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"));
    let input = view! {
        <textarea
            class=if code { "textarea id" } else { "textarea" }
            id=ties.id.clone()
            name=name
            rows=rows.to_string()
            required=!optional
            autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
            autocapitalize=code.then_some("none")
            spellcheck=code.then_some("false")
            aria-invalid=ties.invalid
            aria-describedby=ties.described_by.clone()
            inner_html=content
        ></textarea>
    };
    framed(ties, label, marked, help, input.into_any())
}

/// A password. What was typed is never sent back.
#[component]
pub fn PasswordField(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
    /// Where the cursor stands when the page opens.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let autofocus = autofocus && !form.state.is_refused();
    let input = view! {
        <input
            class="input"
            id=ties.id.clone()
            name=name
            type="password"
            autocomplete=autocomplete
            required=!optional
            autofocus=autofocus
            aria-invalid=ties.invalid
            aria-describedby=ties.described_by.clone()
        />
    };
    framed(ties, label, optional, help, input.into_any())
}
