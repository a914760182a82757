//! What belongs to something, as a section of its page: scopes and types of authorization details of a connection,
//! issuers that a subscription trusts.

use leptos::prelude::*;

use crate::components::{Icon, NameCell, Table};
use crate::tr;

/// One of them.
pub struct Row {
    /// Its page.
    pub to: String,
    /// For people.
    pub title: String,
    /// For programs.
    pub name: String,
    /// May be empty.
    pub description: String,
}

/// The section.
#[component]
pub fn Listed(
    /// Names the section within the page.
    id: &'static str,
    /// What they are.
    title: String,
    /// What they are for.
    lead: String,
    /// Page and words for making one; `None` for whoever may only read.
    new: Option<(String, String)>,
    /// All of them.
    rows: Vec<Row>,
) -> AnyView {
    let new = new.map(|(to, label)| {
        view! {
            <div>
                <a class="btn" href=to>
                    <Icon name="plus" />
                    {label}
                </a>
            </div>
        }
    });
    let table = (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|row| {
            // An empty text would be written as a space, and the cell would not count as empty.
            let description = Some(row.description).filter(|text| !text.is_empty());
            view! {
                <tr>
                    <NameCell to=row.to title=row.title name=row.name />
                    <td>{description}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let columns = vec![tr!("field-name"), tr!("field-description")];
        view! { <Table label=title.clone() columns>{rows}</Table> }
    });
    view! {
        <section class="card stack" aria-labelledby=id>
            <h2 id=id>{title.clone()}</h2>
            <p class="muted">{lead}</p>
            {table}
            {new}
        </section>
    }
    .into_any()
}
