//! What was refused, on top of the form, with links to the fields. It gets the focus.

use std::sync::Arc;

use leptos::prelude::*;
use service::error::Usage;

use super::field::field_id;
use super::{FormState, Trouble, conflict};
use crate::components::Icon;
use crate::i18n::locale;
use crate::tr;

/// Says why the form came back.
#[component]
pub fn ErrorSummary(
    /// The form.
    state: Arc<FormState>,
    /// Names of its fields with their labels.
    labels: Vec<(String, String)>,
) -> AnyView {
    let (title, body) = match &state.trouble {
        Some(Trouble::Changed(merge)) => (tr!("form-changed-title"), conflict::told(merge, &labels)),
        Some(Trouble::InUse(users)) => (tr!("form-in-use-title"), usages(users).into_any()),
        Some(Trouble::TooMany(seconds)) => {
            (tr!("form-too-many-title"), view! { <p>{tr!("form-too-many-text", seconds = *seconds)}</p> }.into_any())
        }
        None => match state.errors.0.as_slice() {
            // What stands at no field is all there is to say.
            [only] if place(&labels, &only.field).is_none() => (locale().problem(&only.problem), ().into_any()),
            all => (tr!("form-errors-title", count = all.len()), links(&state, &labels).into_any()),
        },
    };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="error-summary-title">
            <h2 id="error-summary-title">
                <Icon name="circle-alert" />
                " "
                {title}
            </h2>
            {body}
        </div>
    }
    .into_any()
}

/// Which field of the form this is.
fn place(labels: &[(String, String)], field: &str) -> Option<usize> {
    labels.iter().position(|(name, _)| name == field)
}

/// In the order of the form's fields; what stands at none of them comes first.
fn links(state: &FormState, labels: &[(String, String)]) -> impl IntoView + use<> {
    let mut errors: Vec<_> = state.errors.0.iter().map(|error| (place(labels, &error.field), error)).collect();
    errors.sort_by_key(|(place, _)| *place);
    let items = errors.into_iter().map(|(place, error)| {
        let sentence = locale().problem(&error.problem);
        match place.map(|place| &labels[place]) {
            Some((name, label)) => {
                let text = tr!("form-error-at", label = label.as_str(), problem = sentence);
                view! { <li><a href=format!("#{}", field_id(name))>{text}</a></li> }.into_any()
            }
            None => view! { <li>{sentence}</li> }.into_any(),
        }
    });
    view! { <ul>{items.collect_view()}</ul> }
}

fn usages(users: &[Usage]) -> impl IntoView + use<> {
    let items = users.iter().map(|user| view! { <li>{usage(user)}</li> });
    view! {
        <p>{tr!("form-in-use-text")}</p>
        <ul>{items.collect_view()}</ul>
    }
}

/// One object that refers to another: "Application Library website".
pub fn usage(user: &Usage) -> String {
    let message = format!("usage-{}", user.object_type.replace('_', "-"));
    locale().say_text(&message, &[("name".to_owned(), user.name.clone()), ("count".to_owned(), user.name.clone())])
}
