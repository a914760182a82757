//! The issuers that a subscription trusts, on the page of its settings.

use leptos::prelude::*;
use model::spec::TrustedIssuerSpec;

use super::one::PATH;
use crate::console::Place;
use crate::console::listed::{Listed, Row};
use crate::tr;

/// The section.
#[component]
pub fn TrustedIssuers(
    /// Where.
    place: Place,
) -> AnyView {
    let own = place.path(PATH);
    let new = place.may_edit().then(|| (format!("{own}/new"), tr!("trusted-issuers-new")));
    let rows = place.view.stored.spec.trusted_issuers.iter().enumerate().map(|(i, one)| Row {
        to: format!("{own}/{}", i + 1),
        title: one.issuer.clone(),
        name: String::new(),
        description: trusted_for(one),
    });
    let rows = rows.collect();
    let (title, lead) = (tr!("trusted-issuers-title"), tr!("trusted-issuers-lead"));
    view! { <Listed id="trusted-issuers" title lead new rows /> }.into_any()
}

/// What its word is taken for.
fn trusted_for(issuer: &TrustedIssuerSpec) -> String {
    let applications = issuer.applications.join(", ");
    match (issuer.applications.is_empty(), issuer.software_statements) {
        (false, false) => tr!("trusted-issuer-for", applications = applications),
        (false, true) => tr!("trusted-issuer-for-both", applications = applications),
        (true, _) => tr!("trusted-issuer-for-statements"),
    }
}
