//! A table that scrolls within itself on narrow screens.

use leptos::prelude::*;

/// Rows below their column headings.
#[component]
pub fn Table(
    /// What it lists, for screen readers.
    #[prop(into)]
    label: String,
    /// Column headings; an empty one stands over actions.
    columns: Vec<String>,
    /// The rows.
    children: Children,
) -> AnyView {
    let headings = columns.into_iter().map(|text| {
        if text.is_empty() { view! { <td></td> }.into_any() } else { view! { <th scope="col">{text}</th> }.into_any() }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=label>
            <table class="data-table">
                <thead>
                    <tr>{headings.collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The heading cell of a row: a link with the object's name for people and, below it, the one for
/// programs.
#[component]
pub fn NameCell(
    /// Page of the object.
    to: String,
    /// For people.
    title: String,
    /// For programs; left out where it says the same.
    #[prop(optional, into)]
    name: String,
) -> AnyView {
    let name = (!name.is_empty() && name != title).then(|| view! { " " <span class="id">{name}</span> });
    view! {
        <th scope="row">
            <a class="name-link" href=to>
                {title}
                {name}
            </a>
        </th>
    }
    .into_any()
}
