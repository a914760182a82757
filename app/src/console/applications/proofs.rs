//! How an application proves who it is, and that what it holds is its own.

use leptos::prelude::*;
use model::spec::{ApplicationType, ClientAuthentication, SecurityProfile};

use crate::form::{CheckboxField, Folded, Opt, RadioGroup, TextArea, TextField};
use crate::tr;

/// Names of the fields, with what only an application can have that keeps a secret first.
const FIELDS: [&str; 9] = [
    "token_endpoint_auth_method",
    "jwks",
    "jwks_uri",
    "require_signed_request_object",
    "request_uris",
    "require_pushed_authorization_requests",
    "dpop_bound_access_tokens",
    "require_dpop_nonce",
    "security_profile",
];

/// Those that are empty where nothing of this is used.
const USED: [&str; 7] = [
    "jwks",
    "jwks_uri",
    "require_signed_request_object",
    "request_uris",
    "require_pushed_authorization_requests",
    "dpop_bound_access_tokens",
    "require_dpop_nonce",
];

/// The fields, folded unless some of them are used: a secret and PKCE are enough for most.
#[component]
pub fn Proofs(
    /// Type of an application that exists already.
    existing: Option<ApplicationType>,
) -> AnyView {
    // A public application could not keep its rules.
    let profile = existing.is_none_or(ApplicationType::is_confidential).then(|| view! { <Profile /> });
    let keys = existing.is_none_or(ApplicationType::is_confidential).then(|| view! { <Keys /> });
    view! {
        <Folded
            title=tr!("application-proofs")
            fields=FIELDS.map(str::to_owned).to_vec()
            open_with=&USED
        >
            {keys}
            <CheckboxField
                name="require_pushed_authorization_requests"
                label=tr!("application-require-pushed")
                help=tr!("application-require-pushed-help")
            />
            <CheckboxField
                name="dpop_bound_access_tokens"
                label=tr!("application-dpop")
                help=tr!("application-dpop-help")
            />
            <CheckboxField
                name="require_dpop_nonce"
                label=tr!("application-dpop-nonce")
                help=tr!("application-dpop-nonce-help")
            />
            {profile}
        </Folded>
    }
    .into_any()
}

#[component]
fn Profile() -> AnyView {
    let options = Opt::family("security-profile", SecurityProfile::ALL.iter().map(|one| one.as_str()));
    view! { <RadioGroup name="security_profile" label=tr!("application-security-profile") options /> }.into_any()
}

#[component]
fn Keys() -> AnyView {
    let options = Opt::family("auth-method", ClientAuthentication::ALL.iter().map(|one| one.as_str()));
    view! {
        <RadioGroup
            name="token_endpoint_auth_method"
            label=tr!("application-auth-method")
            help=tr!("application-auth-method-help")
            options
        />
        <TextArea
            name="jwks"
            label=tr!("application-jwks")
            help=tr!("application-jwks-help")
            code=true
            optional=true
        />
        <TextField
            name="jwks_uri"
            label=tr!("application-jwks-uri")
            help=tr!("application-jwks-uri-help")
            inputmode="url"
            code=true
            optional=true
        />
        <CheckboxField
            name="require_signed_request_object"
            label=tr!("application-require-signed")
            help=tr!("application-require-signed-help")
        />
        <TextArea
            name="request_uris"
            label=tr!("application-request-uris")
            help=tr!("application-request-uris-help")
            code=true
            optional=true
        />
    }
    .into_any()
}
