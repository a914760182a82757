//! What people see of an application on the way to it, besides its name.

use leptos::prelude::*;

use crate::form::{Folded, TextField};
use crate::tr;

/// Each with its label and its help.
const LINKS: [(&str, &str, &str); 4] = [
    ("client_uri", "application-client-uri", "application-client-uri-help"),
    ("logo_uri", "application-logo-uri", "application-logo-uri-help"),
    ("policy_uri", "application-policy-uri", "application-policy-uri-help"),
    ("tos_uri", "application-tos-uri", "application-tos-uri-help"),
];

/// The fields, unfolded where one of them is filled.
#[component]
pub fn Presentation() -> AnyView {
    let fields = LINKS.map(|(name, ..)| name.to_owned()).to_vec();
    let links = || {
        let one = |(name, label, help): (&'static str, &str, &str)| {
            view! { <TextField name label=tr!(label) help=tr!(help) inputmode="url" code=true optional=true /> }
        };
        LINKS.map(one).collect_view()
    };
    view! {
        <Folded
            title=tr!("application-more-presentation")
            fields
            open_with=&["client_uri", "logo_uri", "policy_uri", "tos_uri"]
        >
            {links()}
        </Folded>
    }
    .into_any()
}
