//! Fields that hold more than text: files and colours.

use leptos::prelude::*;

use super::field::{FormContext, Ties, framed};

/// A file. Its form has to be one with `upload`.
#[component]
pub fn FileField(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// What the browser offers: endings and media types. The server looks for itself.
    accept: &'static str,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let input = view! {
        <input
            class="file-input"
            id=ties.id.clone()
            name=name
            type="file"
            accept=accept
            aria-invalid=ties.invalid
            aria-describedby=ties.described_by.clone()
        />
    };
    framed(ties, label, true, help, input.into_any())
}

/// A colour, `#rrggbb`. Browsers always send one.
#[component]
pub fn ColourField(
    /// Field name.
    #[prop(into)]
    name: String,
    /// What people read.
    #[prop(into)]
    label: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    help: String,
    /// Shown while none is set.
    default: &'static str,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let value = form.data().get(&name).unwrap_or(default).to_owned();
    let input = view! {
        <input
            class="colour-input"
            id=ties.id.clone()
            name=name
            type="color"
            value=value
            aria-invalid=ties.invalid
            aria-describedby=ties.described_by.clone()
        />
    };
    framed(ties, label, false, help, input.into_any())
}
