//! The fields of a trusted issuer.

use leptos::prelude::*;
use model::spec::AssertedSubject;

use crate::console::keys_fields::KeysFields;
use crate::form::{CheckboxField, LifetimeField, Opt, RadioGroup, TextArea, TextField};
use crate::tr;

/// Every field of the form.
pub const FIELDS: [&str; 7] =
    ["issuer", "jwks", "jwks_uri", "applications", "subject", "longest_lifetime", "software_statements"];

/// The fields.
#[component]
pub fn TrustedIssuerFields(
    /// The issuer is there already.
    exists: bool,
) -> AnyView {
    let subjects = AssertedSubject::ALL.map(|one| {
        let name = one.as_str();
        Opt::new(name, tr!(&format!("asserted-subject-{name}")))
            .described(tr!(&format!("asserted-subject-{name}-text")))
    });
    view! {
        <TextField
            name="issuer"
            label=tr!("trusted-issuer-issuer")
            help=tr!("trusted-issuer-issuer-help")
            code=true
            autofocus=!exists
        />
        <KeysFields />
        <TextArea
            name="applications"
            label=tr!("trusted-issuer-applications")
            help=tr!("trusted-issuer-applications-help")
            rows=3
            code=true
            optional=true
        />
        <RadioGroup name="subject" label=tr!("trusted-issuer-subject") options=subjects.to_vec() />
        <LifetimeField
            name="longest_lifetime"
            label=tr!("trusted-issuer-lifetime")
            help=tr!("trusted-issuer-lifetime-help")
        />
        <CheckboxField
            name="software_statements"
            label=tr!("trusted-issuer-statements")
            help=tr!("trusted-issuer-statements-help")
        />
    }
    .into_any()
}
