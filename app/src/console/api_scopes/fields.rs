//! The fields of an API scope.

use leptos::prelude::*;

use crate::console::words::or_made;
use crate::form::{TextArea, TextField};
use crate::tr;

/// Every field of the form.
pub const FIELDS: [&str; 3] = ["name", "display_name", "description"];

/// The fields.
#[component]
pub fn ScopeFields(
    /// The scope exists already.
    exists: bool,
) -> AnyView {
    let name_help = if exists { tr!("field-immutable") } else { tr!("api-scope-name-help") };
    let display_name_help = tr!("scope-display-name-help");
    let display_name_help = if exists { display_name_help } else { or_made(&display_name_help) };
    view! {
        <TextField name="name" label=tr!("field-name") help=name_help code=true fixed=exists autofocus=!exists />
        <TextField name="display_name" label=tr!("field-display-name") help=display_name_help optional=!exists />
        <TextArea name="description" label=tr!("field-description") help=tr!("scope-description-help") rows=2 optional=true />
    }.into_any()
}
