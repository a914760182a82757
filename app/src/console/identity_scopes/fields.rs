//! The fields of an identity scope.

use leptos::prelude::*;
use model::Stored;
use model::spec::ClaimSpec;

use crate::form::{CheckboxGroup, Opt, TextArea, TextField};
use crate::i18n::claim_title;
use crate::tr;

/// Every field of the form.
pub const FIELDS: [&str; 4] = ["name", "display_name", "description", "claims"];

/// What cannot be changed once a scope exists.
pub const FIXED: [&str; 1] = ["name"];

/// Claims to choose from: by name, with what people read beside it.
pub fn claim_options(claims: &[Stored<ClaimSpec>]) -> Vec<Opt> {
    claims.iter().map(|c| Opt::new(&c.spec.name, &c.spec.name).described(claim_title(&c.spec))).collect()
}

/// The fields.
#[component]
pub fn ScopeFields(
    /// The scope exists already.
    exists: bool,
    /// All claims of the subscription.
    claims: Vec<Stored<ClaimSpec>>,
) -> AnyView {
    let name_help = if exists { tr!("field-immutable") } else { tr!("scope-name-help") };
    view! {
        <TextField name="name" label=tr!("field-name") help=name_help code=true fixed=exists autofocus=!exists />
        <TextField name="display_name" label=tr!("field-display-name") help=tr!("scope-display-name-help") />
        <TextArea name="description" label=tr!("field-description") help=tr!("scope-description-help") rows=2 optional=true />
        <CheckboxGroup
            name="claims"
            label=tr!("identity-scope-claims")
            help=tr!("identity-scope-claims-help")
            options=claim_options(&claims)
        />
    }.into_any()
}
