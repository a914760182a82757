//! What users are called towards an application.

use leptos::prelude::*;
use model::spec::SubjectType;

use crate::form::{Opt, RadioGroup, TextField};
use crate::tr;

/// The fields.
#[component]
pub fn SubjectFields() -> AnyView {
    let options = Opt::family("subject-type", SubjectType::ALL.iter().map(|one| one.as_str()));
    view! {
        <RadioGroup name="subject_type" label=tr!("application-subject-type") options />
        <TextField
            name="sector_identifier_uri"
            label=tr!("application-sector")
            help=tr!("application-sector-help")
            inputmode="url"
            code=true
            optional=true
        />
    }
    .into_any()
}
