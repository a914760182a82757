//! What an application's authorization requests may be answered with.

use leptos::prelude::*;
use model::spec::ResponseType;

use crate::form::{CheckboxGroup, Folded, Opt};
use crate::tr;

/// Name of the field.
const FIELD: &str = "response_types";

/// Folded while it is a code only, which is right for everything that was not written for another way.
#[component]
pub fn ResponseTypes(
    /// More than a code is chosen.
    open: bool,
) -> AnyView {
    let options = ResponseType::ALL.iter().map(|&one| {
        let words = one.as_str().replace([' ', '_'], "-");
        Opt::new(one.as_str(), one.as_str()).described(tr!(&format!("response-type-{words}-text")))
    });
    view! {
        <Folded title=tr!("application-more-response-types") fields=vec![FIELD.to_owned()] open>
            <p class="notice notice-warning">{tr!("application-response-types-warning")}</p>
            <CheckboxGroup name=FIELD label=tr!("application-response-types") options=options.collect() />
        </Folded>
    }
    .into_any()
}
