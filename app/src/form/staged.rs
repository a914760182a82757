//! Boxes with a stage each: the claims that an application requires.

use leptos::prelude::*;
use model::spec::{RequiredClaim, Stage};

use super::Opt;
use super::field::{FormContext, LabelText, Ties, words};
use crate::components::Icon;
use crate::tr;

/// Any number of claims, and for each that is ticked its stage. Ticked ones come first, in their own order.
/// The stage of a claim that is not ticked is hidden by the style sheet, and counts for nothing.
#[component]
pub fn StagedGroup(
    /// Field name; repeated for each ticked box.
    #[prop(into)]
    name: String,
    /// Legend, for screen readers: the heading above says the same.
    #[prop(into)]
    label: String,
    /// What there is to choose.
    options: Vec<Opt>,
    /// Those of them that are ticked in vain: no allowed scope lets them out.
    unheld: Vec<String>,
) -> AnyView {
    let form = FormContext::current();
    let ties = Ties::new(&form, &name, &label, false);
    let ticked = form.data().all(&name);
    let place = |option: &Opt| ticked.iter().position(|claim| *claim == option.value).unwrap_or(usize::MAX);
    let mut options = options;
    options.sort_by_key(place);
    let rows = options.into_iter().enumerate().map(|(i, option)| {
        let id = if i == 0 { ties.id.clone() } else { format!("{}--{i}", ties.id) };
        let is_unheld = unheld.contains(&option.value);
        let parts = [("description", option.description.is_some()), ("unheld", is_unheld)];
        let parts: Vec<String> =
            parts.iter().filter(|(_, shown)| *shown).map(|(part, _)| format!("{id}-{part}")).collect();
        let described_by = (!parts.is_empty()).then(|| parts.join(" "));
        let unheld = is_unheld.then(|| {
            view! {
                <p class="field-help" id=format!("{id}-unheld")>
                    <Icon name="triangle-alert" />
                    " "
                    {tr!("required-claim-unheld")}
                </p>
            }
        });
        let description = option.description.clone();
        let description =
            description.map(|text| view! { <p class="field-help" id=format!("{id}-description")>{text}</p> });
        view! {
            <div class="choice staged">
                <input
                    class="checkbox"
                    type="checkbox"
                    id=id.clone()
                    name=name.clone()
                    value=option.value.clone()
                    checked=ticked.contains(&option.value)
                    aria-describedby=described_by
                />
                <div>
                    <label for=id.clone()>{option.label.clone()}</label>
                    {description}
                    {unheld}
                    <Staging claim=option.value />
                </div>
            </div>
        }
    });
    let rows = rows.collect_view();
    let (class, described_by) = (ties.class(), ties.described_by.clone());
    view! {
        <fieldset class=class aria-describedby=described_by>
            <legend class="sr-only">
                <LabelText text=label optional=false />
            </legend>
            {words(ties, String::new())}
            <div class="choices">{rows}</div>
        </fieldset>
    }
    .into_any()
}

/// Name of a stage for people.
pub fn stage(stage: Stage) -> String {
    tr!(&format!("stage-{}", stage.as_str()))
}

/// Stage and last day of one claim.
#[component]
fn Staging(claim: String) -> AnyView {
    let form = FormContext::current();
    let (stage_field, until_field) = (RequiredClaim::stage_field(&claim), RequiredClaim::until_field(&claim));
    let chosen = form.data().get(&stage_field).and_then(Stage::parse).unwrap_or_default();
    let until = form.data().get(&until_field).unwrap_or_default().to_owned();
    let of_stage = Ties::new(&form, &stage_field, &tr!("stage-of", claim = claim.as_str()), false);
    let of_until = Ties::new(&form, &until_field, &tr!("stage-until-of", claim = claim.as_str()), false);
    let options = Stage::ALL.iter().rev().map(|&one| {
        view! {
            <option value=one.as_str() selected=one == chosen>
                {tr!(&format!("stage-{}-text", one.as_str()))}
            </option>
        }
    });
    let options = options.collect_view();
    let until_class = if of_until.error.is_some() { "staging-until has-error" } else { "staging-until" };
    let stage_class = if of_stage.error.is_some() { "has-error" } else { "" };
    view! {
        <div class="staging">
            <div class=stage_class>
                <label class="sr-only" for=of_stage.id.clone()>
                    {tr!("stage-of", claim = claim.as_str())}
                </label>
                {words(of_stage.clone(), String::new())}
                <select
                    class="select select-sm"
                    id=of_stage.id
                    name=stage_field
                    aria-invalid=of_stage.invalid
                    aria-describedby=of_stage.described_by
                >
                    {options}
                </select>
            </div>
            <div class=until_class>
                <label for=of_until.id.clone()>
                    <span aria-hidden="true">{tr!("stage-until")}</span>
                    <span class="sr-only">{tr!("stage-until-of", claim = claim.as_str())}</span>
                </label>
                {words(of_until.clone(), String::new())}
                <input
                    class="input input-sm"
                    type="date"
                    id=of_until.id
                    name=until_field
                    value=until
                    aria-invalid=of_until.invalid
                    aria-describedby=of_until.described_by
                />
            </div>
        </div>
    }
    .into_any()
}
