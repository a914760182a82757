//! How an application is told that a session has ended: by the server, or through the browser.

use leptos::prelude::*;

use crate::form::{CheckboxField, TextField};
use crate::tr;

/// The fields.
pub const FIELDS: [&str; 4] = [
    "backchannel_logout_uri",
    "backchannel_logout_session_required",
    "frontchannel_logout_uri",
    "frontchannel_logout_session_required",
];

/// Both ways, the sure one first.
#[component]
pub fn LogoutFields() -> AnyView {
    view! {
        <TextField
            name="backchannel_logout_uri"
            label=tr!("application-backchannel-logout-uri")
            help=tr!("application-backchannel-logout-uri-help")
            inputmode="url"
            code=true
            optional=true
        />
        <CheckboxField
            name="backchannel_logout_session_required"
            label=tr!("application-backchannel-logout-session")
            help=tr!("application-backchannel-logout-session-help")
        />
        <TextField
            name="frontchannel_logout_uri"
            label=tr!("application-frontchannel-logout-uri")
            help=tr!("application-frontchannel-logout-uri-help")
            inputmode="url"
            code=true
            optional=true
        />
        <CheckboxField
            name="frontchannel_logout_session_required"
            label=tr!("application-frontchannel-logout-session")
            help=tr!("application-frontchannel-logout-session-help")
        />
    }
    .into_any()
}
