//! The types on the page of their connection.

use leptos::prelude::*;
use model::spec::DetailTypeSpec;

use crate::components::{Icon, NameCell, Table};
use crate::tr;

/// The section.
#[component]
pub fn DetailTypes(
    /// Address of the connection.
    own: String,
    /// All of the connection.
    types: Vec<DetailTypeSpec>,
    /// Whoever reads may make one.
    may_edit: bool,
) -> AnyView {
    let new = may_edit.then(|| {
        view! {
            <div>
                <a class="btn" href=format!("{own}/details/new")>
                    <Icon name="plus" />
                    {tr!("detail-types-new")}
                </a>
            </div>
        }
    });
    let table = (!types.is_empty()).then(|| {
        let rows = types.into_iter().enumerate().map(|(i, one)| {
            // An empty text would be written as a space, and the cell would not count as empty.
            let description = Some(one.description).filter(|text| !text.is_empty());
            view! {
                <tr>
                    <NameCell to=format!("{own}/details/{}", i + 1) title=one.display_name name=one.name />
                    <td>{description}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let columns = vec![tr!("field-name"), tr!("field-description")];
        view! { <Table label=tr!("detail-types-title") columns>{rows}</Table> }
    });
    view! {
        <section class="card stack" aria-labelledby="detail-types">
            <h2 id="detail-types">{tr!("detail-types-title")}</h2>
            <p class="muted">{tr!("detail-types-lead")}</p>
            {table}
            {new}
        </section>
    }
    .into_any()
}
