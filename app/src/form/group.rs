//! Choices that are all in sight: boxes and buttons.

use leptos::prelude::*;

use super::Opt;
use super::field::{FormContext, LabelText, Ties, words};

/// Any number of several.
#[component]
pub fn CheckboxGroup(
    /// Field name; repeated for each ticked box.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// What there is to choose.
    options: Vec<Opt>,
    /// Said when there is nothing to choose.
    #[prop(optional, into)]
    empty: Option<String>,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
    /// The heading above says the same: the legend is for screen readers only.
    #[prop(optional)]
    titled: bool,
) -> AnyView {
    group("checkbox", name, label, help, options, empty, optional, titled).into_any()
}

/// One of several, all in sight.
#[component]
pub fn RadioGroup(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// What there is to choose.
    options: Vec<Opt>,
) -> AnyView {
    group("radio", name, label, help, options, None, false, false).into_any()
}

#[expect(clippy::too_many_arguments, reason = "the two components above give them names")]
fn group(
    kind: &'static str,
    name: String,
    label: String,
    help: String,
    options: Vec<Opt>,
    empty: Option<String>,
    optional: bool,
    titled: bool,
) -> impl IntoView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let class = ties.class();
    let empty = empty.filter(|_| options.is_empty()).map(|text| view! { <p class="muted">{text}</p> });
    let boxes = options.into_iter().enumerate().map(|(i, option)| {
        // The first box has the field's own id: links of the summary lead to it.
        let id = if i == 0 { ties.id.clone() } else { format!("{}--{i}", ties.id) };
        let described_by = option.description.as_ref().map(|_| format!("{id}-description"));
        let checked = form.data().has(&name, &option.value);
        view! {
            <div class="choice">
                <input
                    class=kind
                    type=kind
                    id=id.clone()
                    name=name.clone()
                    value=option.value
                    checked=checked
                    aria-describedby=described_by
                />
                <div>
                    <label for=id.clone()>{option.label}</label>
                    {option
                        .description
                        .map(|text| view! { <p class="field-help" id=format!("{id}-description")>{text}</p> })}
                </div>
            </div>
        }
    });
    let boxes = boxes.collect_view();
    let described_by = ties.described_by.clone();
    let legend = if titled { "sr-only" } else { "field-label" };
    view! {
        <fieldset class=class aria-describedby=described_by>
            <legend class=legend>
                <LabelText text=label optional />
            </legend>
            {words(ties, help)}
            {empty}
            <div class="choices">{boxes}</div>
        </fieldset>
    }
}
