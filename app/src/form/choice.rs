//! Fields that are chosen from.

use leptos::prelude::*;

use super::field::{FormContext, Ties, framed, words};

/// Something to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opt {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A sentence below it.
    pub description: Option<String>,
}

impl Opt {
    /// An option without description.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), description: None }
    }

    /// One for each value of a closed list, by the messages `family-value` and `family-value-text`.
    pub fn family(family: &str, values: impl Iterator<Item = &'static str>) -> Vec<Self> {
        let one = |value: &'static str| {
            let name = format!("{family}-{}", value.replace('_', "-"));
            Self::new(value, crate::tr!(&name)).described(crate::tr!(&format!("{name}-text")))
        };
        values.map(one).collect()
    }

    /// The same with a sentence below it; nothing for an empty one.
    #[must_use]
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into()).filter(|t| !t.is_empty());
        self
    }
}

/// One of several, folded together.
#[component]
pub fn SelectField(
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
    /// First line that stands for no choice.
    #[prop(optional, into)]
    none: Option<String>,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
    /// Cannot be changed here; the browser does not send it.
    #[prop(optional)]
    fixed: bool,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let chosen = form.data().get(&name).unwrap_or_default().to_owned();
    let none = none.map(|text| view! { <option value="">{text}</option> });
    let options = options.into_iter().map(|o| {
        let selected = o.value == chosen;
        view! { <option value=o.value selected=selected>{o.label}</option> }
    });
    let input = view! {
        <select
            class="select"
            id=ties.id.clone()
            name=name
            disabled=fixed
            aria-invalid=ties.invalid
            aria-describedby=ties.described_by.clone()
        >
            {none}
            {options.collect_view()}
        </select>
    };
    framed(ties, label, optional, help, input.into_any())
}

/// Yes or no.
#[component]
pub fn CheckboxField(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// Sends `false` when it is not ticked: unticked is a value.
    #[prop(optional)]
    with_false: bool,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let class = ties.class();
    let checked = form.data().flag(&name);
    let Ties { id, invalid, described_by, .. } = ties.clone();
    let hidden = with_false.then(|| view! { <input type="hidden" name=name.clone() value="false" /> });
    view! {
        <div class=class>
            {hidden}
            <div class="choice">
                <input
                    class="checkbox"
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value="true"
                    checked=checked
                    aria-invalid=invalid
                    aria-describedby=described_by
                />
                <div>
                    <label for=id>{label}</label>
                    {words(ties, help)}
                </div>
            </div>
        </div>
    }
    .into_any()
}
