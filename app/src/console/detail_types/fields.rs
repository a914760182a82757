//! The fields of a type of authorization details.

use leptos::prelude::*;

use crate::form::{TextArea, TextField};
use crate::tr;

/// Every field of the form.
pub const FIELDS: [&str; 8] =
    ["type", "display_name", "description", "actions", "locations", "datatypes", "privileges", "fields"];

/// Members of RFC 9396 section 2.2 that list texts, with what people read.
const LISTS: [(&str, &str, &str); 4] = [
    ("actions", "detail-type-actions", "detail-type-actions-help"),
    ("locations", "detail-type-locations", "detail-type-locations-help"),
    ("datatypes", "detail-type-datatypes", "detail-type-datatypes-help"),
    ("privileges", "detail-type-privileges", "detail-type-privileges-help"),
];

/// The fields.
#[component]
pub fn DetailTypeFields(
    /// The type exists already.
    exists: bool,
) -> AnyView {
    let name_help = if exists { tr!("field-immutable") } else { tr!("detail-type-name-help") };
    let lists = LISTS.map(|(name, label, help)| {
        view! { <TextArea name label=tr!(label) help=tr!(help) rows=2 code=true optional=true /> }
    });
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
        {lists}
    }
    .into_any()
}
