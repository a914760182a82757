//! The fields of an identity scope.

use leptos::prelude::*;
use model::spec::ClaimSpec;

use crate::console::words::or_made;
use crate::form::{CheckboxGroup, Opt, TextArea, TextField};
use crate::i18n::claim_title;
use crate::tr;

/// Every field of the form.
pub const FIELDS: [&str; 4] = ["name", "display_name", "description", "claims"];

/// What cannot be changed once a scope exists.
pub const FIXED: [&str; 1] = ["name"];

/// The fields.
#[component]
pub fn ScopeFields(
    /// The scope exists already.
    exists: bool,
    /// All claims of the subscription.
    claims: Vec<ClaimSpec>,
) -> AnyView {
    let claims = claims.iter().map(|claim| Opt::new(&claim.name, &claim.name).described(claim_title(claim))).collect();
    let name_help = if exists { tr!("field-immutable") } else { tr!("scope-name-help") };
    let display_name_help = tr!("scope-display-name-help");
    let display_name_help = if exists { display_name_help } else { or_made(&display_name_help) };
    view! {
        <TextField name="name" label=tr!("field-name") help=name_help code=true fixed=exists autofocus=!exists />
        <TextField name="display_name" label=tr!("field-display-name") help=display_name_help optional=!exists />
        <TextArea name="description" label=tr!("field-description") help=tr!("scope-description-help") rows=2 optional=true />
        <CheckboxGroup
            name="claims"
            label=tr!("identity-scope-claims")
            help=tr!("identity-scope-claims-help")
            options=claims
        />
    }.into_any()
}
