//! The part of a subscription's settings that says what new applications begin with.

use leptos::prelude::*;

use crate::console::applications::tokens::{FormatField, LIFETIMES, lifetime};
use crate::form::{CheckboxField, Section};
use crate::tr;

/// How the names of these fields begin.
const PREFIX: &str = "application_defaults.";

/// The fields.
#[component]
pub fn NewApplications() -> AnyView {
    view! {
        <Section id="new-applications" title=tr!("subscription-new-applications") help=tr!("subscription-new-applications-help")>
            <FormatField prefix=PREFIX />
            <CheckboxField
                name="application_defaults.refresh_token"
                label=tr!("subscription-new-refresh")
                help=tr!("grant-refresh-token-text")
            />
            <CheckboxField
                name="application_defaults.require_consent"
                label=tr!("application-require-consent")
                help=tr!("application-require-consent-help")
            />
            <div class="field-pair">{LIFETIMES.map(|one| lifetime(PREFIX, one)).into_iter().collect_view()}</div>
        </Section>
    }
    .into_any()
}
