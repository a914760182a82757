//! The part of a subscription's settings that says whether applications register themselves.

use leptos::prelude::*;
use model::spec::RegistrationMode;

use crate::form::{CheckboxField, Opt, RadioGroup, Section, TextArea, TextField};
use crate::tr;

/// Where initial access tokens are, below the subscription.
pub const TOKENS: &str = "/settings/registration";

/// The fields.
#[component]
pub fn ClientRegistration(
    /// Address of the initial access tokens.
    tokens: String,
) -> AnyView {
    let modes = RegistrationMode::ALL.map(|mode| {
        let name = mode.as_str().replace('_', "-");
        let text = tr!(&format!("client-registration-{name}-text"));
        Opt::new(mode.as_str(), tr!(&format!("client-registration-{name}"))).described(text)
    });
    view! {
        <Section
            id="client-registration"
            title=tr!("subscription-client-registration")
            help=tr!("subscription-client-registration-help")
        >
            <RadioGroup name="client_registration.mode" label=tr!("client-registration-mode") options=modes.to_vec() />
            <p>
                <a href=tokens>{tr!("initial-tokens")}</a>
            </p>
            <TextArea
                name="client_registration.scopes"
                label=tr!("client-registration-scopes")
                help=tr!("client-registration-scopes-help")
                code=true
                optional=true
            />
            <CheckboxField
                name="client_registration.require_consent"
                label=tr!("application-require-consent")
                help=tr!("client-registration-consent-help")
            />
            <TextField
                name="client_registration.max_applications"
                label=tr!("client-registration-limit")
                help=tr!("client-registration-limit-help")
                inputmode="numeric"
            />
            <CheckboxField
                name="client_registration.metadata_documents"
                label=tr!("client-registration-documents")
                help=tr!("client-registration-documents-help")
            />
            <TextArea
                name="client_registration.document_hosts"
                label=tr!("client-registration-hosts")
                help=tr!("client-registration-hosts-help")
                code=true
                optional=true
            />
        </Section>
    }
    .into_any()
}
