//! A button that copies a value.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// Copies `value`; its words change when that is done. Only its room is there until the script is,
/// and not even that where there is none: it could do nothing.
#[island]
pub fn CopyButton(
    /// What to copy.
    value: String,
    /// What the button says.
    label: String,
    /// What it says when it is done.
    done: String,
    /// What is copied, for screen readers.
    what: String,
) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (copied, set_copied) = signal(false);
    Effect::new(move |_| set_awake.set(true));
    let copy = move |_| {
        let value = value.clone();
        spawn_local(async move {
            let Some(window) = web_sys::window() else { return };
            let written = JsFuture::from(window.navigator().clipboard().write_text(&value)).await;
            set_copied.set(written.is_ok());
        });
    };
    let text = move || if copied.get() { done.clone() } else { label.clone() };
    view! {
        <button type="button" class="btn btn-sm btn-copy needs-script" class:invisible=move || !awake.get() on:click=copy>
            <span aria-live="polite">{text}</span>
            <span class="sr-only">" " {what}</span>
        </button>
    }
}
