//! What this program is.

use leptos::prelude::*;

use crate::console::{Sheet, Way};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// Where the licences that are named here can be read.
const LICENCES: &str = "https://spdx.org/licenses/";

/// The documents that come with the source: file and message that says what is in it.
const DOCUMENTS: [(&str, &str); 6] = [
    ("docs/administration.md", "about-administration"),
    ("docs/integrating.md", "about-integrating"),
    ("docs/migrating.md", "about-migrating"),
    ("docs/operations.md", "about-operations"),
    ("docs/security.md", "about-security"),
    ("docs/architecture.md", "about-architecture"),
];

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    visit.actor()?;
    let sheet = Sheet::new(&visit, say!(visit.locale, "about-title")).at(Way::About).narrow();
    Ok(sheet.answer(|| {
        let documents = DOCUMENTS.map(|(file, text)| {
            view! {
                <dt class="id">{file}</dt>
                <dd>{tr!(text)}</dd>
            }
        });
        view! {
            <section class="card stack" aria-labelledby="about-program">
                <h2 id="about-program">{tr!("about-program")}</h2>
                <p>{tr!("about-text")}</p>
                <dl class="kv kv-wide">
                    <dt>{tr!("about-version")}</dt>
                    <dd>{env!("CARGO_PKG_VERSION")}</dd>
                    <dt>{tr!("about-licence")}</dt>
                    <dd>{tr!("about-licence-text")}</dd>
                </dl>
            </section>
            <section class="card stack" aria-labelledby="about-bundled">
                <h2 id="about-bundled">{tr!("about-bundled")}</h2>
                <p>
                    {tr!("about-bundled-text")} " "
                    <a href=LICENCES rel="noreferrer">
                        {tr!("about-bundled-link")}
                    </a>
                </p>
            </section>
            <section class="card stack" aria-labelledby="about-documents">
                <h2 id="about-documents">{tr!("about-documents")}</h2>
                <p>{tr!("about-documents-text")}</p>
                <dl class="kv">{documents.into_iter().collect_view()}</dl>
            </section>
        }
    }))
}
