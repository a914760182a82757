//! How an application proves who it is, and that what it holds is its own.

use leptos::prelude::*;
use model::spec::{ApplicationType, ClientAuthentication};

use crate::form::{CheckboxField, Folded, Opt, RadioGroup, TextArea, TextField};
use crate::tr;

/// Names of the fields, with what only an application can have that keeps a secret first.
const FIELDS: [&str; 8] = [
    "token_endpoint_auth_method",
    "jwks",
    "jwks_uri",
    "require_signed_request_object",
    "request_uris",
    "require_pushed_authorization_requests",
    "dpop_bound_access_tokens",
    "require_dpop_nonce",
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
        </Folded>
    }
    .into_any()
}

#[component]
fn Keys() -> AnyView {
    let methods = ClientAuthentication::ALL.iter().map(|&method| {
        let (name, text) = (method_name(method), tr!(&format!("{}-text", message(method))));
        Opt::new(method.as_str(), name).described(text)
    });
    view! {
        <RadioGroup
            name="token_endpoint_auth_method"
            label=tr!("application-auth-method")
            help=tr!("application-auth-method-help")
            options=methods.collect()
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

fn message(method: ClientAuthentication) -> String {
    format!("auth-method-{}", method.as_str().replace('_', "-"))
}

/// What people read.
fn method_name(method: ClientAuthentication) -> String {
    tr!(&message(method))
}
