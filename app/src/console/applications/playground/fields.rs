//! What is chosen before a run.

use leptos::prelude::*;
use model::playground::PROMPTS;
use model::spec::GrantType;

use crate::console::words::grant_type;
use crate::form::{CheckboxGroup, Folded, Hidden, Opt, RadioGroup, SelectField, TextField};
use crate::tr;

/// Only what goes with the application.
#[component]
pub fn RunFields(
    /// Grants that it may use.
    grants: Vec<GrantType>,
    /// Scopes that it may request.
    scopes: Vec<String>,
) -> AnyView {
    let signs_in = grants.contains(&GrantType::AuthorizationCode);
    let grant = if let [only] = grants.as_slice() {
        view! { <Hidden name="grant" value=only.as_str() /> }.into_any()
    } else {
        let text = |grant: GrantType| tr!(&format!("grant-{}-text", grant.word().replace('_', "-")));
        let options = grants.iter().map(|g| Opt::new(g.as_str(), grant_type(*g)).described(text(*g)));
        view! { <RadioGroup name="grant" label=tr!("playground-grant") options=options.collect() /> }.into_any()
    };
    let scope_help = if signs_in { String::new() } else { tr!("playground-scope-help") };
    let scopes: Vec<Opt> = scopes.into_iter().map(|scope| Opt::new(scope.clone(), scope)).collect();
    let prompts = PROMPTS.map(|prompt| Opt::new(prompt, prompt_text(prompt)));
    let question = signs_in.then(|| {
        view! {
            <Folded title=tr!("playground-more") fields=vec!["prompt".to_owned(), "max_age".to_owned()]>
            <SelectField
                name="prompt"
                label=tr!("playground-prompt")
                help=tr!("playground-prompt-help")
                options=prompts.to_vec()
                none=tr!("playground-prompt-default")
                optional=true
            />
            <TextField
                name="max_age"
                label=tr!("playground-max-age")
                help=tr!("playground-max-age-help")
                inputmode="numeric"
                autocomplete="off"
                optional=true
            />
            </Folded>
        }
    });
    view! {
        {grant}
        <CheckboxGroup
            name="scope"
            label=tr!("playground-scope")
            help=scope_help
            options=scopes
            empty=tr!("playground-scope-empty")
        />
        {question}
    }
    .into_any()
}

fn prompt_text(prompt: &str) -> String {
    match prompt {
        "none" => tr!("playground-prompt-none"),
        "login" => tr!("playground-prompt-login"),
        "consent" => tr!("playground-prompt-consent"),
        "select_account" => tr!("playground-prompt-select-account"),
        _ => tr!("playground-prompt-create"),
    }
}
