//! The field of a claim: the input that its type deserves.

use leptos::prelude::*;
use model::address;
use model::claim_type::ClaimType;
use model::spec::ClaimSpec;

use super::field::{FormContext, LabelText, Ties, words};
use super::{CheckboxField, CheckboxGroup, Opt, SelectField, TextArea, TextField};
use crate::i18n::claim_title;
use crate::tr;

/// Who fills a claim's field in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filler {
    /// The person it is about, who has to: the browser may help.
    SelfRequired,
    /// The person it is about, who need not.
    SelfOptional,
    /// An administrator: the browser's own data are somebody else's.
    Administrator,
}

impl Filler {
    fn may_skip(self) -> bool {
        self != Self::SelfRequired
    }
}

/// The field of one claim, named by it.
#[component]
pub fn ClaimField(
    /// The claim.
    claim: ClaimSpec,
    /// Who fills it in.
    filler: Filler,
    /// Where the cursor stands when the page opens, if it is one line.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let name = claim.name.clone();
    let label = match filler {
        // Administrators know claims by both names.
        Filler::Administrator if claim_title(&claim).to_lowercase() != name.to_lowercase() => {
            format!("{} · {name}", claim_title(&claim))
        }
        _ => claim_title(&claim),
    };
    let help = if claim.help.is_empty() { usual_help(&claim, filler) } else { claim.help.clone() };
    let optional = filler.may_skip();
    let autocomplete = match filler {
        Filler::Administrator => "off",
        _ => autocomplete(&name),
    };
    let line =
        |kind: &'static str, inputmode: &'static str| Line { kind, inputmode, autocomplete, optional, autofocus };
    let options = || claim.choices.iter().map(|c| Opt::new(&c.value, c.shown())).collect::<Vec<_>>();
    match claim.kind {
        ClaimType::String => text(name, label, help, line("text", "")),
        ClaimType::Integer => text(name, label, help, line("text", "numeric")),
        ClaimType::Decimal => text(name, label, help, line("text", "decimal")),
        ClaimType::Date => text(name, label, help, line("date", "")),
        ClaimType::Email => text(name, label, help, line("email", "")),
        ClaimType::Phone => text(name, label, help, line("tel", "")),
        ClaimType::Url => text(name, label, help, line("url", "")),
        ClaimType::Text => view! { <TextArea name label help optional /> }.into_any(),
        ClaimType::Json => view! { <TextArea name label help optional code=true rows=6 /> }.into_any(),
        ClaimType::Boolean if optional => {
            let options = vec![Opt::new("true", tr!("claim-yes")), Opt::new("false", tr!("claim-no"))];
            view! { <SelectField name label help options none=tr!("claim-not-set") optional /> }.into_any()
        }
        ClaimType::Boolean => view! { <CheckboxField name label help with_false=true /> }.into_any(),
        ClaimType::Choice => {
            let none = if optional { tr!("claim-not-set") } else { tr!("claim-choose") };
            view! { <SelectField name label help options=options() none optional /> }.into_any()
        }
        ClaimType::MultipleChoice => view! { <CheckboxGroup name label help options=options() optional /> }.into_any(),
        ClaimType::Address => view! { <AddressFields name label help filler /> }.into_any(),
    }
}

/// What is said at the field of a claim that has no help of its own.
fn usual_help(claim: &ClaimSpec, filler: Filler) -> String {
    // Whoever wrote a pattern can read it. People whom it concerns need words, which are the claim's help.
    if let (Filler::Administrator, Some(pattern)) = (filler, &claim.pattern) {
        return tr!("claim-pattern-is", pattern = pattern.as_str());
    }
    match claim.kind {
        ClaimType::Phone => tr!("claim-phone-help"),
        ClaimType::Url => tr!("claim-url-help"),
        ClaimType::Json => tr!("claim-json-help"),
        ClaimType::Address if filler != Filler::Administrator => tr!("claim-address-help"),
        _ => String::new(),
    }
}

/// What distinguishes one input line from another.
struct Line {
    kind: &'static str,
    inputmode: &'static str,
    autocomplete: &'static str,
    optional: bool,
    autofocus: bool,
}

fn text(name: String, label: String, help: String, line: Line) -> AnyView {
    view! {
        <TextField
            name
            label
            help
            kind=line.kind
            inputmode=line.inputmode
            autocomplete=line.autocomplete
            optional=line.optional
            autofocus=line.autofocus
        />
    }
    .into_any()
}

/// A postal address in its parts.
#[component]
fn AddressFields(name: String, label: String, help: String, filler: Filler) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, !help.is_empty());
    let parts = address::PARTS.into_iter().map(|(part, token)| {
        let field = address::field(&name, part);
        let label = tr!(&format!("address-{}", part.replace('_', "-")));
        let autocomplete = if filler == Filler::Administrator { "off" } else { token };
        if part == "street_address" {
            view! { <TextArea name=field label rows=2 optional=true unmarked=true autocomplete /> }.into_any()
        } else {
            view! { <TextField name=field label optional=true unmarked=true autocomplete /> }.into_any()
        }
    });
    let parts = parts.collect_view();
    let class = ties.class();
    let Ties { id, described_by, .. } = ties.clone();
    view! {
        <fieldset class=class id=id tabindex="-1" aria-describedby=described_by>
            <legend class="field-label">
                <LabelText text=label optional=filler.may_skip() />
            </legend>
            {words(ties, help)}
            <div class="form nested">{parts}</div>
        </fieldset>
    }
    .into_any()
}

/// Autofill token of the HTML standard for a standard claim.
fn autocomplete(claim: &str) -> &'static str {
    match claim {
        "name" => "name",
        "given_name" => "given-name",
        "family_name" => "family-name",
        "middle_name" => "additional-name",
        "nickname" => "nickname",
        "email" => "email",
        "phone_number" => "tel",
        "website" | "profile" => "url",
        "picture" => "photo",
        "birthdate" => "bday",
        "gender" => "sex",
        "locale" => "language",
        _ => "",
    }
}
