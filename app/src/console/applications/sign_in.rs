//! How people sign in to an application: its grants, and what goes with them.

use leptos::prelude::*;
use model::spec::{ApplicationType, GrantType};

use super::proofs::Proofs;
use super::response_types::ResponseTypes;
use crate::console::words::grant_type;
use crate::form::{CheckboxField, CheckboxGroup, Folded, Opt, Section, TextField};
use crate::tr;

/// The section.
#[component]
pub fn SignIn(existing: Option<ApplicationType>, has_response_types: bool) -> AnyView {
    let pkce = if existing.is_some_and(|kind| !kind.is_confidential()) {
        view! { <p class="muted">{tr!("application-pkce-always")}</p> }.into_any()
    } else {
        let (label, help) = (tr!("application-require-pkce"), tr!("application-require-pkce-help"));
        view! { <CheckboxField name="require_pkce" label help /> }.into_any()
    };
    let grants = GrantType::ALL.iter().map(|&grant| {
        let words = tr!(&format!("grant-{}-text", grant.word().replace('_', "-")));
        Opt::new(grant.as_str(), grant_type(grant)).described(words)
    });
    let rest = ["require_pkce", "require_consent", "allow_registration"].map(str::to_owned).to_vec();
    view! {
        <Section id="sign-in" title=tr!("section-sign-in")>
            <p class="notice notice-info service-grants">{tr!("application-service-grants")}</p>
            <p class="notice notice-info device-grants">{tr!("application-device-grants")}</p>
            <CheckboxGroup name="grant_types" label=tr!("application-grant-types") options=grants.collect() />
            <TextField
                name="backchannel_client_notification_endpoint"
                label=tr!("application-notification-endpoint")
                help=tr!("application-notification-endpoint-help")
                inputmode="url"
                code=true
                optional=true
            />
            <Folded title=tr!("application-more-sign-in") fields=rest open=existing.is_some()>
                {pkce}
                <CheckboxField
                    name="require_consent"
                    label=tr!("application-require-consent")
                    help=tr!("application-require-consent-help")
                />
                <CheckboxField
                    name="allow_registration"
                    label=tr!("application-allow-registration")
                    help=tr!("application-allow-registration-help")
                />
            </Folded>
            <ResponseTypes open=has_response_types />
            <Proofs existing />
        </Section>
    }
    .into_any()
}
