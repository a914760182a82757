//! Fields with what they were and what they become: lists by their entries, texts by what differs.

use leptos::prelude::*;
use model::difference::{Difference, difference};
use serde_json::Value;
use service::history::merge::FieldChange;

use super::label;
use crate::tr;

/// A list of fields with both values.
#[component]
pub fn Fields(
    /// Name of the object's kind, by which fields are called.
    kind: String,
    /// Those that differ.
    fields: Vec<FieldChange>,
) -> AnyView {
    if fields.is_empty() {
        return ().into_any();
    }
    let rows = fields.into_iter().map(|field| {
        view! {
            <dt>{label::field(&kind, &field.name)}</dt>
            <dd class="diff">{both(&field)}</dd>
        }
    });
    view! { <dl class="kv">{rows.collect_view()}</dl> }.into_any()
}

fn both(field: &FieldChange) -> AnyView {
    match (&field.from, &field.to) {
        (Some(Value::Array(from)), Some(Value::Array(to))) => entries(from, to),
        (Some(Value::Array(from)), None) => entries(from, &[]),
        (None, Some(Value::Array(to))) => entries(&[], to),
        (Some(Value::String(from)), Some(Value::String(to))) if !from.is_empty() && !to.is_empty() => texts(from, to),
        (from, to) => {
            let (old, new) = (label::value(from.as_ref(), to.as_ref()), label::value(to.as_ref(), from.as_ref()));
            change(old, new)
        }
    }
}

/// Screen readers do not say `<del>` and `<ins>`: words do.
fn change(old: String, new: String) -> AnyView {
    view! {
        <span class="sr-only">{tr!("difference-from")} " "</span>
        <del>{old}</del>
        " → "
        <span class="sr-only">{tr!("difference-to")} " "</span>
        <ins>{new}</ins>
    }
    .into_any()
}

/// Entries that went and came; both lists where only their order changed.
fn entries(from: &[Value], to: &[Value]) -> AnyView {
    let gone: Vec<String> = from.iter().filter(|entry| !to.contains(entry)).map(label::item).collect();
    let new: Vec<String> = to.iter().filter(|entry| !from.contains(entry)).map(label::item).collect();
    if gone.is_empty() && new.is_empty() {
        let list = |items: &[Value]| items.iter().map(label::item).collect::<Vec<_>>().join(", ");
        return change(list(from), list(to));
    }
    let gone = gone.into_iter().map(|entry| {
        view! { <li>"− " <span class="sr-only">{tr!("difference-removed")} " "</span><del>{entry}</del></li> }
            .into_any()
    });
    let new = new.into_iter().map(|entry| {
        view! { <li>"+ " <span class="sr-only">{tr!("difference-added")} " "</span><ins>{entry}</ins></li> }.into_any()
    });
    view! { <ul class="plain-list">{gone.chain(new).collect_view()}</ul> }.into_any()
}

/// Two texts, with what differs between them marked where they share most.
fn texts(from: &str, to: &str) -> AnyView {
    let Difference { before, received, expected, after } = difference(from, to);
    let shared = before.chars().count() + after.chars().count();
    if shared < received.chars().count() + expected.chars().count() {
        return change(from.to_owned(), to.to_owned());
    }
    let line = |middle: &str| {
        let marked = (!middle.is_empty()).then(|| view! { <mark>{middle.to_owned()}</mark> });
        view! { {before.clone()} {marked} {after.clone()} }.into_any()
    };
    view! {
        <span class="sr-only">{tr!("difference-from")} " "</span>
        <del>{line(&received)}</del>
        " → "
        <span class="sr-only">{tr!("difference-to")} " "</span>
        <ins>{line(&expected)}</ins>
    }
    .into_any()
}
