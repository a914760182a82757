//! The frame of a form: the summary on top, the fields, the button.

use std::sync::Arc;

use leptos::prelude::*;

use super::field::FormContext;
use super::merge::{BASE, pack_base};
use super::{ErrorSummary, FormState, Hidden};

/// Path and query of the page being rendered, provided by the document. A form that names them posts without
/// the fragment that the address bar may hold: one would survive the redirect, and the browser would scroll
/// past the notice on top.
#[derive(Clone, Debug)]
pub struct Here(pub String);

/// A form that posts to the page's own address. Its fields take their values from `state`.
///
/// Browsers do not check it (`novalidate`), so that every problem is told in one way, by the server.
#[component]
pub fn Form(
    /// What the form shows.
    state: FormState,
    /// Shown to somebody who may look but not change.
    #[prop(optional)]
    read_only: bool,
    /// For those who look for it.
    #[prop(optional, into)]
    id: Option<String>,
    /// Where it posts, when that is not the page's own address.
    #[prop(optional, into)]
    action: Option<String>,
    /// Holds a file.
    #[prop(optional)]
    upload: bool,
    /// The fields and the buttons.
    children: Children,
) -> AnyView {
    let enctype = upload.then_some("multipart/form-data");
    let action = action.or_else(|| use_context::<Here>().map(|here| here.0));
    let state = Arc::new(state);
    let labels = StoredValue::new(Vec::new());
    provide_context(FormContext { state: Arc::clone(&state), labels });
    // The fields come first: they say how they are labelled, and the summary needs that.
    let fields = children();
    let summary =
        state.is_refused().then(|| view! { <ErrorSummary state=Arc::clone(&state) labels=labels.get_value() /> });
    let version = state.version.map(|version| view! { <Hidden name="version" value=version.to_string() /> });
    let base = state.base.as_ref().filter(|_| !read_only).and_then(pack_base);
    let base = base.map(|base| view! { <Hidden name=BASE value=base /> });
    view! {
        {summary}
        <form class="form" id=id method="post" action=action enctype=enctype novalidate=true>
            {version} {base} <fieldset class="contents" disabled=read_only>
                {fields}
            </fieldset>
        </form>
    }
    .into_any()
}

/// A part of a long form, with a heading that the table of contents leads to.
#[component]
pub fn Section(
    /// Anchor.
    #[prop(into)]
    id: String,
    /// Heading.
    #[prop(into)]
    title: String,
    /// A sentence below the heading.
    #[prop(optional, into)]
    help: String,
    /// The fields.
    children: Children,
) -> AnyView {
    let heading = format!("{id}-heading");
    view! {
        <section class="section" id=id aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            {(!help.is_empty()).then(|| view! { <p class="section-help">{help}</p> })}
            {children()}
        </section>
    }
    .into_any()
}

/// Fields that few need, folded away. They stay open where one of them has something to say.
#[component]
pub fn Folded(
    /// What is inside.
    #[prop(into)]
    title: String,
    /// Names of the fields inside.
    fields: Vec<String>,
    /// In sight all the same.
    #[prop(optional)]
    open: bool,
    /// Fields with whose values it is in sight.
    #[prop(optional)]
    open_with: &'static [&'static str],
    /// The fields.
    children: Children,
) -> AnyView {
    let form = FormContext::current();
    let used = open_with.iter().any(|field| !form.state.data.trimmed(field).is_empty());
    let open = open || used || fields.iter().any(|field| form.state.has_word_on(field));
    view! {
        <details class="more advanced" open=open>
            <summary>{title}</summary>
            <div class="form">{children()}</div>
        </details>
    }
    .into_any()
}

/// The button that submits, and the way back. Absent for those who may not change anything.
#[component]
pub fn SubmitBar(
    /// What the button says.
    #[prop(into)]
    label: String,
    /// Where "Cancel" leads.
    #[prop(optional, into)]
    cancel: Option<String>,
    /// Stays in sight on long forms.
    #[prop(optional)]
    sticky: bool,
    /// For what cannot be undone.
    #[prop(optional)]
    dangerous: bool,
    /// No button.
    #[prop(optional)]
    absent: bool,
    /// Other buttons, after the one that submits: the Enter key presses the first.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    if absent {
        return ().into_any();
    }
    let bar = if sticky { "form-actions sticky" } else { "form-actions" };
    let button = if dangerous { "btn btn-error" } else { "btn btn-primary" };
    view! {
        <div class=bar>
            <button type="submit" class=button>
                {label}
            </button>
            {children.map(|children| children())}
            {cancel.map(|to| view! { <a class="btn btn-ghost" href=to>{crate::tr!("form-cancel")}</a> })}
        </div>
    }
    .into_any()
}
