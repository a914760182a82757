//! How an application proves who it is, and that what it holds is its own.

use leptos::prelude::*;
use model::spec::{ApplicationType, CertificateName, ClientAuthentication, SecurityProfile};

use crate::console::keys_fields::KeysFields;
use crate::form::{CheckboxField, Folded, Opt, RadioGroup, SelectField, TextArea, TextField};
use crate::tr;

/// Names of the fields, with what only an application can have that keeps a secret first.
const FIELDS: [&str; 12] = [
    "token_endpoint_auth_method",
    "jwks",
    "jwks_uri",
    "tls_client_auth_kind",
    "tls_client_auth",
    "require_signed_request_object",
    "request_uris",
    "require_pushed_authorization_requests",
    "dpop_bound_access_tokens",
    "require_dpop_nonce",
    "tls_client_certificate_bound_access_tokens",
    "security_profile",
];

/// Those that are empty where nothing of this is used.
const USED: [&str; 9] = [
    "jwks",
    "jwks_uri",
    "tls_client_auth",
    "require_signed_request_object",
    "request_uris",
    "require_pushed_authorization_requests",
    "dpop_bound_access_tokens",
    "require_dpop_nonce",
    "tls_client_certificate_bound_access_tokens",
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
            <CheckboxField
                name="tls_client_certificate_bound_access_tokens"
                label=tr!("application-tls-bound")
                help=tr!("application-tls-bound-help")
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

/// What the certificate is called that an authority vouches for.
#[component]
fn CertificateFields() -> AnyView {
    let kinds = CertificateName::KINDS
        .map(|kind| Opt::new(kind, tr!(&format!("certificate-name-{}", kind.replace('_', "-")))))
        .to_vec();
    view! {
        <div class="field-pair">
            <SelectField name="tls_client_auth_kind" label=tr!("application-tls-client-auth-kind") options=kinds />
            <TextField
                name="tls_client_auth"
                label=tr!("application-tls-client-auth")
                help=tr!("application-tls-client-auth-help")
                code=true
                optional=true
            />
        </div>
    }
    .into_any()
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
        <KeysFields />
        <CertificateFields />
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
