//! Trying a pattern on a value before it is saved.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// Does the value match the pattern as the claim would? `None` when the pattern itself is wrong.
#[server(prefix = "/api/console", endpoint = "try-pattern")]
pub async fn try_pattern(
    /// As typed.
    pattern: String,
    /// To try it on.
    value: String,
) -> Result<Option<bool>, ServerFnError> {
    crate::console::call::caller()?;
    if pattern.len() > 2000 || value.len() > 10_000 {
        return Ok(None);
    }
    Ok(model::spec::claim::compile_pattern_once(&pattern).ok().map(|regex| regex.is_match(&value)))
}

/// Words of the tester.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct TesterWords {
    /// Label of the input.
    pub label: String,
    /// The value matches.
    pub matches: String,
    /// It does not.
    pub differs: String,
    /// The pattern cannot be read.
    pub broken: String,
}

/// Stands around the field `pattern` and adds an input for a value to try. Hidden until the script
/// is there; the input has no name, so the form does not send it.
#[island]
pub fn PatternTester(
    /// The pattern as the page came.
    pattern: String,
    /// What it says.
    words: TesterWords,
    /// The pattern's field.
    children: Children,
) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (pattern, set_pattern) = signal(pattern);
    let (value, set_value) = signal(String::new());
    let attempt = Action::new(|(pattern, value): &(String, String)| try_pattern(pattern.clone(), value.clone()));
    Effect::new(move |_| {
        set_awake.set(true);
        let (pattern, value) = (pattern.get(), value.get());
        if !pattern.is_empty() && !value.is_empty() {
            attempt.dispatch((pattern, value));
        }
    });
    let typed = move |event: web_sys::Event| {
        let input = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            if input.name() == "pattern" { set_pattern.set(input.value()) } else { set_value.set(input.value()) }
        }
    };
    let label = words.label.clone();
    let outcome = move || match attempt.value().get() {
        _ if pattern.get().is_empty() || value.get().is_empty() => None,
        Some(Ok(outcome)) => Some(outcome),
        Some(Err(_)) | None => None,
    };
    let verdict = move || match outcome() {
        Some(Some(true)) => words.matches.clone(),
        Some(Some(false)) => words.differs.clone(),
        Some(None) => words.broken.clone(),
        None => String::new(),
    };
    view! {
        <div class="form" on:input=typed>
            {children()}
            <div class="field needs-script" class:invisible=move || !awake.get()>
                <label class="field-label" for="pattern-sample">
                    {label}
                </label>
                <input class="input id" id="pattern-sample" autocomplete="off" aria-describedby="pattern-verdict" />
                <p
                    class="field-help"
                    class:verdict-fits=move || outcome() == Some(Some(true))
                    class:verdict-differs=move || matches!(outcome(), Some(None | Some(false)))
                    id="pattern-verdict"
                    aria-live="polite"
                >
                    {verdict}
                </p>
            </div>
        </div>
    }
}
