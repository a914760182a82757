//! The part of a subscription's settings that says what new applications begin with.

use leptos::prelude::*;
use model::spec::AccessTokenFormat;

use crate::console::words::access_token_format;
use crate::form::{CheckboxField, LifetimeField, Opt, RadioGroup, Section};
use crate::tr;

/// Lifetimes with the labels that they have at applications.
const LIFETIMES: [(&str, &str); 4] = [
    ("application_defaults.access_token_lifetime", "application-access-token-lifetime"),
    ("application_defaults.identity_token_lifetime", "application-identity-token-lifetime"),
    ("application_defaults.refresh_token_idle_lifetime", "application-refresh-idle-lifetime"),
    ("application_defaults.refresh_token_absolute_lifetime", "application-refresh-absolute-lifetime"),
];

/// The fields.
#[component]
pub fn NewApplications() -> AnyView {
    let formats = AccessTokenFormat::ALL.iter().map(|&format| {
        let words = tr!(&format!("access-token-{}-text", format.as_str()));
        Opt::new(format.as_str(), access_token_format(format)).described(words)
    });
    let lifetimes = LIFETIMES.map(|(name, label)| {
        let help = tr!(&format!("{label}-help"));
        view! { <LifetimeField name label=tr!(label) help /> }
    });
    view! {
        <Section id="new-applications" title=tr!("subscription-new-applications") help=tr!("subscription-new-applications-help")>
            <RadioGroup
                name="application_defaults.access_token_format"
                label=tr!("application-access-token-format")
                options=formats.collect()
            />
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
            <div class="field-pair">{lifetimes.into_iter().collect_view()}</div>
        </Section>
    }
    .into_any()
}
