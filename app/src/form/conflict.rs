//! What a form says when somebody else saved the same object first.

use leptos::prelude::*;

use super::field::field_id;
use super::merge::{Conflict, Merge, choice_field, packed};
use crate::tr;

/// The versions of one field, and the choice between them. It stands between the label and the input.
pub(super) fn choice(conflict: Conflict) -> AnyView {
    let Conflict { field, mine, theirs, together } = conflict;
    let (id, name) = (field_id(&field), choice_field(&field));
    let own = if together { tr!("conflict-together") } else { tr!("conflict-mine") };
    let only_mine = together.then(|| (packed(&mine), tr!("conflict-only-mine"), Some(mine)));
    let offers = [Some((String::new(), own, None)), Some((packed(&theirs), tr!("conflict-theirs"), Some(theirs)))];
    let offers = offers.into_iter().chain([only_mine]).flatten().enumerate().map(|(i, (value, label, shown))| {
        let option = format!("{id}-keep{i}");
        view! {
            <div class="choice">
                <input class="radio" type="radio" id=option.clone() name=name.clone() value=value checked={i == 0} />
                <label for=option>{label} {shown.map(values)}</label>
            </div>
        }
    });
    let offers = offers.collect_view();
    view! {
        <fieldset class="conflict" id=format!("{id}-stored")>
            <legend>{tr!("conflict-question")}</legend>
            {offers}
        </fieldset>
    }
    .into_any()
}

fn values(values: Vec<String>) -> AnyView {
    let text: Vec<String> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
    let text = if text.is_empty() { tr!("form-stored-nothing") } else { text.join("\n") };
    view! { " " <span class="conflict-value">{text}</span> }.into_any()
}

/// The body of the summary: who was faster, what became of each field, the ways on.
pub(super) fn told(merge: &Merge, labels: &[(String, String)]) -> AnyView {
    let label = |field: &str| labels.iter().find(|(name, _)| name == field).map(|(_, label)| label.clone());
    let ago = merge.by.as_ref().map(|(_, seconds)| ago(*seconds));
    let by = merge.by.as_ref().zip(ago.as_ref()).map(|((who, _), ago)| {
        let (who, ago) = (who.as_str(), ago.as_str());
        view! { <p>{tr!("conflict-by", who = who, ago = ago)}</p> }
    });
    let asked = merge.conflicts.iter().filter_map(|c| Some((c, label(&c.field)?))).map(|(conflict, label)| {
        let said = if conflict.together {
            tr!("conflict-both-together", label = label)
        } else {
            tr!("conflict-both", label = label)
        };
        view! { <li><a href=format!("#{}", field_id(&conflict.field))>{said}</a></li> }
    });
    let asked = asked.collect_view();
    let taken = merge.taken.iter().filter_map(|field| Some((field, label(field)?))).map(|(field, label)| {
        let said = match merge.by.as_ref().zip(ago.as_ref()) {
            Some(((who, _), ago)) => {
                tr!("conflict-kept-of", who = who.as_str(), label = label, ago = ago.as_str())
            }
            None => tr!("conflict-kept", label = label),
        };
        view! { <li><a href=format!("#{}", field_id(field))>{said}</a></li> }
    });
    let taken = taken.collect_view();
    let nothing = (merge.conflicts.is_empty() && merge.taken.is_empty()).then(|| tr!("conflict-elsewhere"));
    let start_over = merge.start_over.clone().unwrap_or_else(|| "?".to_owned());
    view! {
        {by}
        <p>{tr!("form-changed-text")} {nothing.map(|text| format!(" {text}"))}</p>
        <ul>{asked} {taken}</ul>
        <p>
            <a href=start_over>{tr!("conflict-start-over")}</a>
        </p>
    }
    .into_any()
}

/// How long ago, in the unit people would use.
fn ago(seconds: i64) -> String {
    match seconds {
        ..60 => tr!("ago-now"),
        60..3_600 => tr!("ago-minutes", count = seconds / 60),
        3_600..86_400 => tr!("ago-hours", count = seconds / 3_600),
        _ => tr!("ago-days", count = seconds / 86_400),
    }
}
