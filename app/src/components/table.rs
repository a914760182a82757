//! A table whose rows are cards on narrow screens.

use leptos::prelude::*;

use super::rows::labelled;

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
    let rows = labelled(&children().to_html(), &columns);
    let headings = columns.into_iter().map(|text| {
        if text.is_empty() {
            view! { <td role="cell"></td> }.into_any()
        } else {
            view! { <th scope="col" role="columnheader">{text}</th> }.into_any()
        }
    });
    // Roles are said aloud: browsers forget those of a table whose rows are laid out as cards.
    view! {
        <div class="table-scroll cards-when-narrow" tabindex="0" role="group" aria-label=label>
            <table class="data-table" role="table">
                <thead role="rowgroup">
                    <tr role="row">{headings.collect_view()}</tr>
                </thead>
                <tbody role="rowgroup" inner_html=rows></tbody>
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
