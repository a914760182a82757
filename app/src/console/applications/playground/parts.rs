//! The parts that a run's steps are made of: a section, names and values, claims, an answer, code to copy.

use leptos::prelude::*;
use serde_json::Value;
use service::console::playground::{Answer, Check, Token};

use super::explain;
use crate::components::{Icon, Moment};
use crate::islands::CopyButton;
use crate::tr;

/// Claims that are moments (RFC 7519 section 4.1, OpenID Connect Core sections 2 and 5.1).
const MOMENTS: [&str; 5] = ["exp", "iat", "nbf", "auth_time", "updated_at"];

/// Id of a step, from 1.
pub fn anchor(number: usize) -> String {
    format!("step-{number}")
}

/// A step, with its place in the order.
#[component]
pub fn Step(
    /// From 1.
    number: usize,
    /// Heading.
    title: String,
    /// What happens here.
    text: String,
    /// What was seen.
    children: Children,
) -> AnyView {
    let id = anchor(number);
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{tr!("playground-step", number = number, title = title)}</h2>
            <p class="muted">{text}</p>
            {children()}
        </section>
    }
    .into_any()
}

/// Parameters, each with what it is for.
#[component]
pub fn Parameters(
    /// Names and values.
    pairs: Vec<(String, String)>,
    /// What they are, for screen readers.
    label: String,
) -> AnyView {
    let rows = pairs.into_iter().map(|(name, value)| {
        let purpose = explain::parameter(&name);
        view! {
            <tr>
                <th scope="row">
                    <code class="id">{name}</code>
                </th>
                <td>
                    <code class="id">{value}</code>
                </td>
                <td>
                    <span class="muted">{purpose}</span>
                </td>
            </tr>
        }
    });
    rows_of(label, rows.collect_view().into_any())
}

/// A token, taken apart.
#[component]
pub fn Decoded(
    /// The token.
    token: Token,
    /// What it is called.
    name: String,
) -> AnyView {
    let header = tr!("playground-token-header", name = name.as_str());
    let claims = tr!("playground-token-claims", name = name.as_str());
    view! {
        <p class="muted">{tr!("playground-token-bytes", count = token.bytes)}</p>
        <h3>{header.clone()}</h3>
        {members(header, token.header)}
        <h3>{claims.clone()}</h3>
        {members(claims, token.payload)}
    }
    .into_any()
}

fn members(label: String, object: Value) -> AnyView {
    let Value::Object(members) = object else { return ().into_any() };
    let rows = members.into_iter().map(|(name, value)| {
        let at = value.as_i64().filter(|_| MOMENTS.contains(&name.as_str()));
        let text = match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        view! {
            <tr>
                <th scope="row">
                    <code class="id">{name}</code>
                </th>
                <td>
                    <code class="id">{text}</code>
                    {at.map(|at| view! { " " <span class="muted"><Moment at /></span> })}
                </td>
            </tr>
        }
    });
    rows_of(label, rows.collect_view().into_any())
}

fn rows_of(label: String, rows: AnyView) -> AnyView {
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=label>
            <table class="data-table preview-table">
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A request that can be repeated in a terminal.
#[component]
pub fn Sample(
    /// The command.
    code: String,
    /// What it does.
    what: String,
) -> AnyView {
    view! {
        <div class="sample-header">
            <h3>{what.clone()}</h3>
            <CopyButton value=code.clone() label=tr!("copy") done=tr!("copied") what />
        </div>
        <pre class="code-block" tabindex="0">
            <code>{code}</code>
        </pre>
    }
    .into_any()
}

/// An answer as it was, without secrets.
#[component]
pub fn Answered(
    /// The answer.
    answer: Answer,
) -> AnyView {
    let status = answer.status.to_string();
    let body = serde_json::to_string_pretty(&answer.body).unwrap_or_default();
    let body = Some(body).filter(|_| !answer.body.is_null());
    view! {
        <h3>{tr!("playground-answer", status = status)}</h3>
        {body
            .map(|body| {
                view! {
                    <pre class="code-block" tabindex="0">
                        <code>{body}</code>
                    </pre>
                }
            })}
    }
    .into_any()
}

/// What an application checks at this point, and how it came out.
#[component]
pub fn Checks(
    /// Each with its outcome.
    checks: Vec<(Check, bool)>,
) -> AnyView {
    let items = checks.into_iter().map(|(check, good)| {
        let (icon, outcome) = if good {
            ("circle-check", tr!("playground-check-good"))
        } else {
            ("circle-alert", tr!("playground-check-bad"))
        };
        view! {
            <li>
                <Icon name=icon />
                " "
                <strong>{outcome}</strong>
                " "
                {explain::check(check)}
            </li>
        }
    });
    let items = items.collect::<Vec<_>>();
    (!items.is_empty())
        .then(|| {
            view! {
                <h3>{tr!("playground-checks")}</h3>
                <ul class="bare-list">{items.into_iter().collect_view()}</ul>
            }
        })
        .into_any()
}
