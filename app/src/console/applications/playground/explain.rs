//! Sentences: what a parameter is for, what a check is about, how a run stands.

use leptos::prelude::*;
use service::console::playground::{Check, Ended, RunState};

use crate::tr;

/// What a parameter of a request or an answer is for.
pub fn parameter(name: &str) -> String {
    match name {
        "response_type" => tr!("playground-param-response-type"),
        "client_id" => tr!("playground-param-client-id"),
        "redirect_uri" => tr!("playground-param-redirect-uri"),
        "scope" => tr!("playground-param-scope"),
        "state" => tr!("playground-param-state"),
        "nonce" => tr!("playground-param-nonce"),
        "code_challenge" => tr!("playground-param-code-challenge"),
        "code_challenge_method" => tr!("playground-param-code-challenge-method"),
        "prompt" => tr!("playground-param-prompt"),
        "max_age" => tr!("playground-param-max-age"),
        "grant_type" => tr!("playground-param-grant-type"),
        "code" => tr!("playground-param-code"),
        "iss" => tr!("playground-param-iss"),
        "error" => tr!("playground-param-error"),
        "error_description" => tr!("playground-param-error-description"),
        _ => String::new(),
    }
}

/// What an application has to check.
pub fn check(check: Check) -> String {
    match check {
        Check::State => tr!("playground-check-state"),
        Check::Issuer => tr!("playground-check-issuer"),
        Check::Nonce => tr!("playground-check-nonce"),
        Check::Signature => tr!("playground-check-signature"),
    }
}

/// How a run stands, in a word or two.
pub fn state_badge(state: RunState) -> AnyView {
    let (class, text) = match state {
        RunState::Ended(Ended::Done) => ("badge badge-soft badge-success", tr!("playground-state-done")),
        RunState::Ended(Ended::Refused) => ("badge badge-soft badge-warning", tr!("playground-state-refused")),
        RunState::Ended(Ended::NoTokens) => ("badge badge-soft badge-warning", tr!("playground-state-no-tokens")),
        RunState::Waiting => ("badge badge-soft badge-info", tr!("playground-state-waiting")),
        RunState::Expired => ("badge badge-soft badge-warning", tr!("playground-state-expired")),
        RunState::Interrupted => ("badge badge-soft badge-error", tr!("playground-state-interrupted")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// The same in a sentence, after the class and the icon of the message it stands in.
pub fn state_sentence(state: RunState) -> (&'static str, &'static str, String) {
    let warning = ("notice notice-warning", "triangle-alert");
    let ((class, icon), sentence) = match state {
        RunState::Ended(Ended::Done) => (("notice notice-success", "circle-check"), tr!("playground-done")),
        RunState::Ended(Ended::Refused) => (warning, tr!("playground-refused")),
        RunState::Ended(Ended::NoTokens) => (warning, tr!("playground-no-tokens")),
        RunState::Waiting => (("notice notice-info", "clock"), tr!("playground-waiting")),
        RunState::Expired => (warning, tr!("playground-expired")),
        RunState::Interrupted => (("notice notice-error", "circle-alert"), tr!("playground-interrupted")),
    };
    (class, icon, sentence)
}
