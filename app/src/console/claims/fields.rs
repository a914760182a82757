//! The fields of a claim, for a new one and for an existing one.

use leptos::prelude::*;
use model::claim_type::ClaimType;

use crate::console::words::or_made;
use crate::form::{CheckboxField, Folded, Opt, Section, SelectField, TextArea, TextField};
use crate::islands::{PatternTester, TesterWords};
use crate::tr;

/// Every field of the form.
pub const FIELDS: [&str; 15] = [
    "name",
    "display_name",
    "type",
    "pattern",
    "min_length",
    "max_length",
    "minimum",
    "maximum",
    "choices",
    "help",
    "unique",
    "show_at_registration",
    "show_on_profile",
    "in_identity_token",
    "in_access_token",
];

/// On the form of a new claim: the identity scope that it goes into.
pub const SCOPE: &str = "identity_scope";

/// What cannot be changed once a claim exists.
pub const FIXED: [&str; 2] = ["name", "type"];

/// Name of a type for people.
pub fn type_name(kind: ClaimType) -> String {
    tr!(&format!("claim-type-{}", kind.as_str().replace('_', "-")))
}

/// The fields. Rules that do not fit the chosen type are hidden by the style sheet; what most claims can do
/// without is folded away on the form of a new one.
#[component]
pub fn ClaimFields(
    /// The claim exists already.
    exists: bool,
    /// Its pattern, for the tester.
    pattern: String,
) -> AnyView {
    let types = ClaimType::ALL.map(|kind| Opt::new(kind.as_str(), type_name(kind)));
    let name_help = if exists { tr!("field-immutable") } else { tr!("claim-name-help") };
    let display_name_help = tr!("claim-display-name-help");
    let display_name_help = if exists { display_name_help } else { or_made(&display_name_help) };
    let type_help = if exists { tr!("field-immutable") } else { tr!("claim-type-help") };
    let scope = (!exists).then(|| {
        let (label, help) = (tr!("claim-scope"), tr!("claim-scope-help"));
        view! { <TextField name=SCOPE label help code=true optional=true /> }
    });
    let fields = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    view! {
        <Section id="general" title=tr!("section-general")>
            <TextField name="name" label=tr!("field-name") help=name_help code=true fixed=exists autofocus=!exists />
            <TextField name="display_name" label=tr!("field-display-name") help=display_name_help optional=!exists />
            {scope}
            <SelectField name="type" label=tr!("claim-type") help=type_help options=types.to_vec() fixed=exists />
            <Rules pattern />
            <TextArea name="help" label=tr!("claim-help") help=tr!("claim-help-help") rows=2 optional=true />
        </Section>
        <Folded title=tr!("section-claim-rules") fields=fields(&["min_length", "max_length", "unique"]) open=exists>
            <div class="for-textual field-pair">
                <TextField name="min_length" label=tr!("claim-min-length") inputmode="numeric" optional=true />
                <TextField name="max_length" label=tr!("claim-max-length") inputmode="numeric" optional=true />
            </div>
            <CheckboxField name="unique" label=tr!("claim-unique") help=tr!("claim-unique-help") />
        </Folded>
        <Folded title=tr!("section-claim-pages") fields=fields(&["show_at_registration", "show_on_profile"]) open=exists>
            <CheckboxField name="show_at_registration" label=tr!("claim-at-registration") help=tr!("claim-at-registration-help") />
            <CheckboxField name="show_on_profile" label=tr!("claim-on-profile") help=tr!("claim-on-profile-help") />
        </Folded>
        <Folded title=tr!("section-destinations") fields=fields(&["in_identity_token", "in_access_token"]) open=exists>
            <p class="muted">{tr!("section-destinations-help")}</p>
            <CheckboxField name="in_identity_token" label=tr!("claim-in-identity-token") help=tr!("claim-in-identity-token-help") />
            <CheckboxField name="in_access_token" label=tr!("claim-in-access-token") help=tr!("claim-in-access-token-help") />
        </Folded>
    }.into_any()
}

#[component]
fn Rules(pattern: String) -> AnyView {
    let words = TesterWords {
        label: tr!("tester-label"),
        matches: tr!("tester-matches"),
        differs: tr!("tester-differs"),
        broken: tr!("tester-broken"),
    };
    view! {
        <div class="for-textual form">
            <PatternTester pattern words>
                <TextField name="pattern" label=tr!("claim-pattern") help=tr!("claim-pattern-help") code=true optional=true />
            </PatternTester>
        </div>
        <div class="for-numeric field-pair">
            <TextField name="minimum" label=tr!("claim-minimum") inputmode="decimal" optional=true />
            <TextField name="maximum" label=tr!("claim-maximum") inputmode="decimal" optional=true />
        </div>
        <div class="for-choices">
            <TextArea name="choices" label=tr!("claim-choices") help=tr!("claim-choices-help") rows=4 />
        </div>
    }.into_any()
}
