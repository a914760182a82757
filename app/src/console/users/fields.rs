//! The fields of a user: sign-in names, and one field per claim by its type.

use leptos::prelude::*;
use model::claim_type::ClaimType;
use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, address, claim_value};
use serde_json::Value;

use crate::form::claim::Filler;
use crate::form::{CheckboxField, ClaimField, Section, TextField};
use crate::tr;

/// Sign-in names and address.
#[component]
pub fn Names(
    /// The form is for a new user.
    #[prop(optional)]
    fresh: bool,
) -> AnyView {
    let names_help = fresh.then(|| view! { <p class="muted">{tr!("user-names-help")}</p> });
    view! {
        {names_help}
        <TextField
            name="username"
            label=tr!("user-username")
            help=tr!("user-username-help")
            autocomplete="off"
            code=true
            optional=true
            autofocus=fresh
        />
        <TextField name="email" label=tr!("user-email") help=tr!("user-email-help") kind="email" autocomplete="off" optional=true />
        <CheckboxField name="email_verified" label=tr!("user-email-verified") help=tr!("user-email-verified-help") />
    }.into_any()
}

/// The claims' fields.
#[component]
pub fn Claims(
    /// Claims that can be typed.
    claims: Vec<ClaimSpec>,
) -> AnyView {
    let sections = Group::ALL.map(|group| {
        let fields = claims.iter().filter(|claim| Group::of(claim) == group).cloned();
        let fields: Vec<_> =
            fields.map(|claim| view! { <ClaimField claim filler=Filler::Administrator /> }.into_any()).collect();
        (!fields.is_empty()).then(|| {
            let (id, name) = group.place();
            view! {
                <Section id title=tr!(name)>
                    {fields}
                </Section>
            }
        })
    });
    view! {
        <p class="muted">{tr!("user-claims-help")}</p>
        {sections.collect_view()}
    }
    .into_any()
}

/// What is asked about in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Own,
    Name,
    Contact,
    Person,
}

impl Group {
    /// What the subscription itself wants to know comes first.
    const ALL: [Self; 4] = [Self::Own, Self::Name, Self::Contact, Self::Person];

    fn of(claim: &ClaimSpec) -> Self {
        match claim.name.as_str() {
            "name" | "given_name" | "family_name" | "middle_name" | "nickname" | "preferred_username" => Self::Name,
            "phone_number" | "address" | "website" | "profile" => Self::Contact,
            name if model::standard_claims::is_standard(name) => Self::Person,
            _ => Self::Own,
        }
    }

    /// Anchor, and the message of the heading.
    fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Own => ("claims", "user-claims-own"),
            Self::Name => ("claims-name", "user-claims-name"),
            Self::Contact => ("claims-contact", "user-claims-contact"),
            Self::Person => ("claims-person", "user-claims-person"),
        }
    }
}

/// True for claims that have a field of their own kind on the form, or none.
pub fn is_typed(claim: &ClaimSpec) -> bool {
    claim.name != "email" && !model::standard_claims::is_derived(&claim.name)
}

/// Names of all fields of a form with these claims, besides `extra`.
pub fn field_names(claims: &[ClaimSpec], extra: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = ["username", "email", "email_verified"].iter().map(|n| (*n).to_owned()).collect();
    names.extend(extra.iter().map(|n| (*n).to_owned()));
    for claim in claims {
        match claim.kind {
            ClaimType::Address => {
                names.extend(address::PARTS.iter().map(|(part, _)| address::field(&claim.name, part)));
            }
            _ => names.push(claim.name.clone()),
        }
    }
    names
}

/// What a form holds for each claim, `None` where it was left empty; and what of it cannot be read,
/// to be told together with everything else that is wrong.
pub fn read_claims(claims: &[ClaimSpec], form: &FormData) -> (Vec<(String, Option<Value>)>, FieldErrors) {
    let mut errors = FieldErrors::default();
    let mut values = Vec::new();
    for claim in claims {
        if let Some(value) = errors.check(&claim.name, claim_value::from_form(claim, &claim.name, form)) {
            values.push((claim.name.clone(), value));
        }
    }
    (values, errors)
}
