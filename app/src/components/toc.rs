//! What a long page holds.

use leptos::prelude::*;

use crate::tr;

/// Links to the page's parts; on a phone they are folded by their style.
#[component]
pub fn Toc(
    /// Ids and titles, in the order of the page.
    entries: Vec<(String, String)>,
) -> AnyView {
    let links = entries.into_iter().map(|(id, title)| view! { <li><a href=format!("#{id}")>{title}</a></li> });
    view! {
        <nav class="toc" aria-label=tr!("nav-contents")>
            <ul>{links.collect_view()}</ul>
        </nav>
    }
    .into_any()
}
