//! What a file would do: how many are new, who exists, what is wrong with which line.

use leptos::prelude::*;
use service::console::users::import::{LineProblem, Preview};

use super::IMPORT;
use crate::components::Table;
use crate::i18n::locale;
use crate::tr;

/// Reasons that are shown; all of them would make a page that nobody reads.
const SHOWN: usize = 100;

/// The answer.
#[component]
pub fn Result(
    /// What was found.
    preview: Preview,
) -> AnyView {
    let Preview { new, with_password, existing, wrong, problems, wrong_lines } = preview;
    let tone = if wrong > 0 { "notice notice-warning" } else { "notice notice-success" };
    let without = new - with_password;
    let without = (without > 0).then(|| view! { <li>{tr!("import-without-password", count = without)}</li> });
    let existing = (existing > 0).then(|| view! { <li>{tr!("import-existing", count = existing)}</li> });
    let wrong = (wrong > 0).then(|| view! { <li>{tr!("import-wrong", count = wrong)}</li> });
    let details = (!problems.is_empty()).then(|| view! { <Problems problems wrong_lines /> });
    view! {
        <section class="stack" aria-labelledby="import-result">
            <h2 id="import-result">{tr!("import-result")}</h2>
            <div class=tone role="status">
                <ul class="plain-list">
                    <li>{tr!("import-new", count = new)}</li>
                    {without}
                    {existing}
                    {wrong}
                </ul>
            </div>
            {details}
        </section>
    }
    .into_any()
}

#[component]
fn Problems(problems: Vec<LineProblem>, wrong_lines: String) -> AnyView {
    let more = problems.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <p class="muted">{tr!("import-more", count = more)}</p> });
    let rows = problems.into_iter().take(SHOWN).map(|LineProblem { line, column, problem }| {
        let column = (!column.is_empty()).then(|| view! { <code class="id">{column}</code> });
        view! {
            <tr>
                <th scope="row" class="tabular">
                    {line.to_string()}
                </th>
                <td>{column}</td>
                <td>{locale().problem(&problem)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("import-line"), tr!("import-column"), tr!("import-reason")];
    let label = tr!("import-problems");
    // A browser drops the first line break of a text area.
    let content = format!("\n{}", wrong_lines.replace('&', "&amp;").replace('<', "&lt;"));
    view! {
        <Table label columns>{rows}</Table>
        {more}
        <details class="more">
            <summary>{tr!("import-wrong-lines")}</summary>
            <textarea
                class="textarea id"
                rows="6"
                readonly=true
                aria-label=tr!("import-wrong-lines")
                spellcheck="false"
                inner_html=content
            ></textarea>
        </details>
    }
    .into_any()
}

/// The button that does it; absent when there is nobody to make.
#[component]
pub fn ImportButton(
    /// Users who would be made.
    count: usize,
    /// Of the text that was checked.
    digest: String,
) -> AnyView {
    (count > 0)
        .then(|| {
            view! {
                <input type="hidden" name="checked" value=digest />
                <button class="btn btn-primary" type="submit" name="do" value=IMPORT>
                    {tr!("import-submit", count = count)}
                </button>
            }
        })
        .into_any()
}
