//! The fields of a type of authorization details.

use leptos::prelude::*;

use crate::form::{TextArea, TextField};
use crate::tr;

/// Every field of the form.
pub const FIELDS: [&str; 8] =
    ["type", "display_name", "description", "actions", "locations", "datatypes", "privileges", "fields"];

/// The fields.
#[component]
pub fn DetailTypeFields(
    /// The type exists already.
    exists: bool,
) -> AnyView {
    let name_help = if exists { tr!("field-immutable") } else { tr!("detail-type-name-help") };
    view! {
        <TextField name="type" label=tr!("field-name") help=name_help code=true fixed=exists autofocus=!exists />
        <TextField name="display_name" label=tr!("field-display-name") help=tr!("detail-type-display-name-help") />
        <TextArea
            name="description"
            label=tr!("field-description")
            help=tr!("detail-type-description-help")
            rows=2
            optional=true
        />
        <TextArea
            name="fields"
            label=tr!("detail-type-fields")
            help=tr!("detail-type-fields-help")
            code=true
            optional=true
        />
        <TextArea
            name="actions"
            label=tr!("detail-type-actions")
            help=tr!("detail-type-actions-help")
            rows=3
            code=true
            optional=true
        />
        <TextArea
            name="locations"
            label=tr!("detail-type-locations")
            help=tr!("detail-type-locations-help")
            rows=2
            code=true
            optional=true
        />
        <TextArea
            name="datatypes"
            label=tr!("detail-type-datatypes")
            help=tr!("detail-type-datatypes-help")
            rows=2
            code=true
            optional=true
        />
        <TextArea
            name="privileges"
            label=tr!("detail-type-privileges")
            help=tr!("detail-type-privileges-help")
            rows=2
            code=true
            optional=true
        />
    }
    .into_any()
}
