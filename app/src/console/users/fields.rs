//! The fields of a user: sign-in names, and one field per claim by its type.
//!
//! What the standard knows about a person is folded away where nothing of it is known: most users of most
//! subscriptions have none of it, and a new user needs a name and a password.

use leptos::prelude::*;
use model::claim_type::ClaimType;
use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, address, claim_value};
use serde_json::Value;

use crate::form::claim::Filler;
use crate::form::{CheckboxField, ClaimField, Folded, Section, TextField};
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
            unmarked=fresh
            autofocus=fresh
        />
        <TextField
            name="email"
            label=tr!("user-email")
            help=tr!("user-email-help")
            kind="email"
            autocomplete="off"
            optional=true
            unmarked=fresh
        />
        <CheckboxField name="email_verified" label=tr!("user-email-verified") help=tr!("user-email-verified-help") />
    }
    .into_any()
}

/// The claims' fields.
#[component]
pub fn Claims(
    /// Claims that can be typed.
    claims: Vec<ClaimSpec>,
    /// What the form holds when it opens.
    data: FormData,
) -> AnyView {
    let groups = Group::ALL.map(|group| {
        let claims: Vec<_> = claims.iter().filter(|claim| Group::of(claim) == group).cloned().collect();
        (!claims.is_empty()).then(|| group_of_claims(group, claims, &data))
    });
    groups.collect_view().into_any()
}

fn group_of_claims(group: Group, claims: Vec<ClaimSpec>, data: &FormData) -> AnyView {
    let names: Vec<String> = claims.iter().flat_map(fields_of).collect();
    let open = group == Group::Own || names.iter().any(|name| !data.trimmed(name).is_empty());
    let fields = claims.into_iter().map(|claim| view! { <ClaimField claim filler=Filler::Administrator /> });
    let fields = fields.collect_view();
    let title = tr!(group.title());
    if group == Group::Own {
        return view! { <Section id="claims" title>{fields}</Section> }.into_any();
    }
    view! { <Folded title fields=names open>{fields}</Folded> }.into_any()
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

    /// Message of the heading.
    fn title(self) -> &'static str {
        match self {
            Self::Own => "user-claims-own",
            Self::Name => "user-claims-name",
            Self::Contact => "user-claims-contact",
            Self::Person => "user-claims-person",
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
    names.extend(claims.iter().flat_map(fields_of));
    names
}

/// Names of the fields of one claim.
fn fields_of(claim: &ClaimSpec) -> Vec<String> {
    match claim.kind {
        ClaimType::Address => address::PARTS.iter().map(|(part, _)| address::field(&claim.name, part)).collect(),
        _ => vec![claim.name.clone()],
    }
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
