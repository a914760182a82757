//! The fields of the branding.

use leptos::prelude::*;

use crate::form::{CheckboxField, ColourField, FileField, Section, TextField};
use crate::tr;

/// Tessera's own accent colour.
const DEFAULT_ACCENT: &str = "#0b6572";

/// All of them.
#[component]
pub fn BrandingFields(
    /// Name of the subscription.
    name: String,
    /// There is a logo that can be removed.
    has_logo: bool,
) -> AnyView {
    let remove = has_logo.then(|| view! { <CheckboxField name="remove_logo" label=tr!("branding-remove-logo") /> });
    view! {
        <Section id="branding-looks" title=tr!("branding-looks")>
            <TextField
                name="name"
                label=tr!("branding-name")
                help=tr!("branding-name-help", name = name)
                autocomplete="off"
                optional=true
            />
            <FileField
                name="logo"
                label=tr!("branding-logo")
                help=tr!("branding-logo-help")
                accept="image/png,image/jpeg,image/webp"
            />
            {remove}
            <CheckboxField name="own_accent" label=tr!("branding-own-accent") help=tr!("branding-own-accent-help") />
            <ColourField name="accent" label=tr!("branding-accent") default=DEFAULT_ACCENT />
        </Section>
        <Section id="branding-links" title=tr!("branding-links") help=tr!("branding-links-help")>
            <Link name="policy_uri" label=tr!("brand-policy") />
            <Link name="tos_uri" label=tr!("brand-terms") />
            <Link name="support_uri" label=tr!("brand-support") />
            <CheckboxField name="secured_by" label=tr!("branding-secured-by") help=tr!("branding-secured-by-help") />
        </Section>
    }
    .into_any()
}

#[component]
fn Link(name: &'static str, label: String) -> AnyView {
    view! { <TextField name label kind="url" inputmode="url" autocomplete="off" optional=true /> }.into_any()
}
