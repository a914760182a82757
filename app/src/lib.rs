//! app
use leptos::prelude::*;

/// Proves that the wasm pipeline keeps islands; replaced by the real pages.
#[island]
pub fn Counter() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! { <button on:click=move |_| set_count.update(|n| *n += 1)>{count}</button> }
}
