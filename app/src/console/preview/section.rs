//! The section of a page that shows the preview.

use leptos::prelude::*;
use model::FormData;
use service::console::preview::{PreviewGrant, Question};

use super::question::{DO, FIELDS, Shown};
use crate::console::Place;
use crate::console::applications::preview::PreviewAnswer;
use crate::console::effects::EFFECTS;
use crate::islands::{LivePreview, PreviewPlaces};
use crate::tr;

/// Anchor of the section.
pub const ANCHOR: &str = "token-preview";
const QUESTION: &str = "token-preview-question";
const RESULT: &str = "token-preview-result";

/// The application that was chosen, and those to choose from.
#[derive(Clone, Debug)]
pub struct Choice {
    /// As typed.
    pub client_id: String,
    /// Client IDs and names.
    pub offered: Vec<(String, String)>,
    /// Address of the chosen one's settings.
    pub settings: String,
}

/// The section.
#[component]
pub fn TokenPreviewSection(
    /// What was asked, and the answer.
    shown: Shown,
    /// The settings as they stand in the form.
    settings: FormData,
    /// Their version.
    version: i64,
    /// Where claims, scopes and users are.
    place: Place,
    /// Id of their form.
    form: &'static str,
    /// On the page of something else: the applications to choose from.
    #[prop(optional)]
    choice: Option<Choice>,
) -> AnyView {
    let Shown { question, answer, unreadable } = shown;
    let unreadable = unreadable.then(|| view! { <p class="notice notice-warning">{tr!("preview-unreadable")}</p> });
    // Without a script the settings travel with the question.
    let settings = settings.0.into_iter().filter(|(name, _)| !FIELDS.contains(&name.as_str()) && name != "version");
    let settings = settings.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    let text = if choice.is_some() { tr!("preview-text-object") } else { tr!("preview-text") };
    let own = choice.as_ref().map(|choice| choice.settings.clone()).unwrap_or_default();
    let result = format!("{RESULT} {EFFECTS}");
    let places = PreviewPlaces { settings: form.to_owned(), question: QUESTION.to_owned(), result };
    view! {
        <section class="card stack" id=ANCHOR aria-labelledby="token-preview-heading">
            <h2 id="token-preview-heading">{tr!("preview-title")}</h2>
            <p class="muted">{text}</p>
            <form class="preview-question" id=QUESTION method="post" action=format!("#{ANCHOR}") novalidate=true>
                {settings}
                <input type="hidden" name="version" value=version.to_string() />
                {choice.map(|choice| view! { <ApplicationField choice /> })}
                <QuestionFields question />
                <button class="btn" type="submit" name="do" value=DO>
                    {tr!("preview-show")}
                </button>
            </form>
            <LivePreview places updating=tr!("preview-updating") />
            <div class="stack" id=RESULT>
                {unreadable} {answer.map(|answer| view! { <PreviewAnswer answer place settings=own /> })}
            </div>
        </section>
    }
    .into_any()
}

/// Beside "Save": looks ahead instead. A script does so by itself.
#[component]
pub fn PreviewButton() -> AnyView {
    view! {
        <button class="btn" type="submit" name="do" value=DO formaction=format!("#{ANCHOR}")>
            {tr!("preview-show")}
        </button>
    }
    .into_any()
}

/// An application, by its client ID; a browser offers those that may ask.
#[component]
fn ApplicationField(choice: Choice) -> AnyView {
    let offered = choice.offered.into_iter().map(|(client_id, name)| view! { <option value=client_id>{name}</option> });
    view! {
        <div class="field">
            <label class="field-label" for="preview-application">
                {tr!("preview-application")}
            </label>
            <input
                class="input id"
                id="preview-application"
                name="preview_application"
                value=choice.client_id
                list="preview-applications"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
            <datalist id="preview-applications">{offered.collect_view()}</datalist>
        </div>
    }
    .into_any()
}

#[component]
fn QuestionFields(question: Question) -> AnyView {
    let grants = [
        ("authorization_code", tr!("preview-grant-user"), question.grant == PreviewGrant::AuthorizationCode),
        ("client_credentials", tr!("preview-grant-application"), question.grant == PreviewGrant::ClientCredentials),
    ];
    let grants = grants.map(|(value, label, selected)| {
        view! {
            <option value=value selected=selected>
                {label}
            </option>
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for="preview-grant">
                {tr!("preview-grant")}
            </label>
            <select class="select" id="preview-grant" name="preview_grant">
                {grants.collect_view()}
            </select>
        </div>
        <div class="field">
            <label class="field-label" for="preview-login">
                {tr!("preview-user")}
            </label>
            <input
                class="input"
                id="preview-login"
                name="preview_login"
                value=question.login
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </div>
        <div class="field">
            <label class="field-label" for="preview-scope">
                {tr!("preview-scope")}
            </label>
            <input
                class="input id"
                id="preview-scope"
                name="preview_scope"
                value=question.scope
                placeholder=tr!("preview-scope-all")
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </div>
    }
    .into_any()
}
