//! What a run came to, in a few lines: what the tokens say of the user, and what they allow.

use leptos::prelude::*;
use serde_json::Value;
use service::console::playground::{Record, Token};

use crate::tr;

/// The lines; nothing before there are tokens.
#[component]
pub fn Summary(
    /// Everything that was seen.
    record: Record,
) -> AnyView {
    let parts = [
        (tr!("preview-identity-token"), record.identity_token.as_ref()),
        (tr!("preview-access-token"), record.access_token.as_ref()),
    ];
    let rows = parts.into_iter().filter_map(|(name, token)| Some((name, token?))).map(|(name, token)| {
        let (claims, scope) = (token.facts(), scope_of(token));
        let nothing = (claims.is_empty() && scope.is_empty()).then(|| tr!("playground-summary-nothing"));
        let scope = (!scope.is_empty()).then(|| {
            view! { <p>{tr!("playground-summary-scopes")} " " <code class="id">{scope}</code></p> }
        });
        let claims = claims.into_iter().map(|(name, value)| {
            let (name, value) = (name.to_owned(), value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            view! { <p><code class="id">{name}</code> " = " <code class="id">{value}</code></p> }
        });
        view! {
            <dt>{name}</dt>
            <dd>{claims.collect_view()} {scope} {nothing}</dd>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    (!rows.is_empty())
        .then(|| {
            view! {
                <section class="card stack" aria-labelledby="summary-heading">
                    <h2 id="summary-heading">{tr!("playground-summary")}</h2>
                    <dl class="kv">{rows}</dl>
                </section>
            }
        })
        .into_any()
}

fn scope_of(token: &Token) -> String {
    match token.payload.get("scope") {
        Some(Value::String(scope)) => scope.clone(),
        Some(Value::Array(scopes)) => scopes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}
