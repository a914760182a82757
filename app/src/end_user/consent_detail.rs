//! What an application asks for in detail, in words: every value of it, since a person agrees to just these.

use leptos::prelude::*;
use service::flow::{ConsentDetail, ConsentField};

use crate::tr;

/// Longest value that is shown unfolded, in characters.
const LONG: usize = 200;

/// One entry of the list.
pub fn detail(detail: ConsentDetail) -> AnyView {
    let ConsentDetail { title, description, api, lists, fields } = detail;
    let description = (!description.is_empty()).then(|| view! { <p class="field-help">{description}</p> });
    let lists = lists.into_iter().map(|(name, values)| {
        let label = match name {
            "actions" => tr!("consent-actions"),
            "locations" => tr!("consent-locations"),
            "datatypes" => tr!("consent-datatypes"),
            _ => tr!("consent-privileges"),
        };
        row(label, vec![(String::new(), values.join(", "))])
    });
    let fields = fields.into_iter().map(|ConsentField { label, values }| row(label, values));
    view! {
        <li class="consent-scope">
            <p class="consent-name">{title}</p>
            {description}
            <dl class="kv">
                {row(tr!("consent-api"), vec![(String::new(), api)])} {lists.collect_view()} {fields.collect_view()}
            </dl>
        </li>
    }
    .into_any()
}

fn row(label: String, values: Vec<(String, String)>) -> AnyView {
    let values = values.into_iter().map(|(at, text)| {
        let at = (!at.is_empty()).then(|| view! { <span class="muted">{at}": "</span> });
        view! { <dd>{at} {value(text)}</dd> }
    });
    view! {
        <dt>{label}</dt>
        {values.collect_view()}
    }
    .into_any()
}

/// A long text is folded behind its beginning, and there in full.
fn value(text: String) -> AnyView {
    if text.chars().count() <= LONG {
        return text.into_any();
    }
    let beginning: String = text.chars().take(LONG).chain(['…']).collect();
    view! {
        <details class="more">
            <summary>{beginning}</summary>
            <p>{text}</p>
        </details>
    }
    .into_any()
}
