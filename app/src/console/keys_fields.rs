//! The public keys of an application or an API connection: here, or where they are published.

use leptos::prelude::*;

use crate::form::{TextArea, TextField};
use crate::tr;

/// The fields.
pub const FIELDS: [&str; 2] = ["jwks", "jwks_uri"];

/// Both of them.
#[component]
pub fn KeysFields() -> AnyView {
    view! {
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
    }
    .into_any()
}
