//! The answer to an application as a form that submits itself (OAuth 2.0 Form Post Response Mode).
//! The one end-user page with a script; without it, a button does the same.

use leptos::prelude::*;
use service::flow::AuthorizationResponse;

use crate::i18n::Locale;
use crate::visit::Page;
use crate::{say, tr};

/// The whole script. `server` allows it by its SHA-256 on pages that are `self_submitting`.
pub const SCRIPT: &str = "document.forms[0].submit()";

/// The page.
pub fn page(response: &AuthorizationResponse, locale: Locale) -> Page {
    let (action, parameters) = response.form();
    let (action, parameters) = (action.to_owned(), parameters.to_vec());
    let target = response.to.csp_source();
    let page = Page::new(say!(locale, "form-post-title"), move || {
        let fields =
            parameters.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
        view! {
            <main class="auth-shell" id="main">
                <div class="auth-card">
                    <h1>{tr!("form-post-title")}</h1>
                    <p>{tr!("form-post-text")}</p>
                    <form class="form" method="post" action=action>
                        {fields.collect_view()}
                        <button class="btn btn-primary" type="submit">
                            {tr!("continue")}
                        </button>
                    </form>
                </div>
            </main>
            <script inner_html=SCRIPT></script>
        }
    });
    Page { form_action: vec![target], self_submitting: true, ..page }
}
