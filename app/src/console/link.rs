//! What stands at a one-time link that does not work, or not any more.

use leptos::prelude::*;

use crate::tr;
use crate::visit::{Answer, Page};

/// A calm page that says what to do instead, with the way to the console. 404, as for a link that never
/// was.
pub fn gone(title: String, text: String) -> Answer {
    let heading = title.clone();
    let page = Page::new(title, move || {
        view! {
            <main class="auth-shell" id="main">
                <div class="auth-card">
                    <h1>{heading}</h1>
                    <p>{text}</p>
                    <p>
                        <a class="btn btn-block" href="/console">
                            {tr!("link-to-console")}
                        </a>
                    </p>
                </div>
            </main>
        }
    });
    Page { status: 404, ..page }.into()
}
