//! What stands on top of a console page.

use leptos::prelude::*;

use crate::components::Icon;
use crate::tr;

/// A link that looks like a button, at the end of the header.
#[derive(Clone, Debug)]
pub struct Action {
    /// Where it leads.
    pub to: String,
    /// What it says.
    pub label: String,
    /// In the sprite.
    pub icon: &'static str,
    /// Of the style sheet.
    pub class: &'static str,
}

/// The way from the subscriptions down to the page.
#[component]
pub fn Breadcrumbs(
    /// Addresses and names.
    crumbs: Vec<(String, String)>,
) -> AnyView {
    (!crumbs.is_empty())
        .then(|| {
            let items = crumbs.into_iter().map(|(to, name)| view! { <li><a href=to>{name}</a></li> });
            view! {
                <nav class="breadcrumbs-bar" aria-label=tr!("nav-breadcrumbs")>
                    <ol>{items.collect_view()}</ol>
                </nav>
            }
        })
        .into_any()
}

/// The heading, a name and a sentence below it, what to do from here.
#[component]
pub fn PageHeader(
    /// The page's one `<h1>`.
    title: String,
    /// The object's name for programs.
    name: Option<String>,
    /// The sentence.
    lead: Option<String>,
    /// What to do.
    actions: Vec<Action>,
) -> AnyView {
    let mut main = Some("n");
    let buttons = actions.into_iter().map(|action| {
        let keys = if action.class == "btn btn-primary" { main.take() } else { None };
        view! {
            <a class=action.class href=action.to data-keys=keys>
                <Icon name=action.icon />
                {action.label}
            </a>
        }
    });
    let buttons = buttons.collect::<Vec<_>>();
    view! {
        <header class="page-header">
            <div>
                <h1>{title}</h1>
                {name.map(|name| view! { <p class="lead id">{name}</p> })}
                {lead.map(|text| view! { <p class="lead">{text}</p> })}
            </div>
            {(!buttons.is_empty()).then(|| view! { <div class="actions">{buttons}</div> })}
        </header>
    }
    .into_any()
}
