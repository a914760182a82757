//! The browser's entry point: wakes up the islands of the page that loaded it.
//!
//! Everything else lives in `app`; this crate exists because the browser build
//! is a `cdylib` with other features than the server's build of `app`.

// Nothing here names an item of `app`, yet its islands must be linked in.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's module script once the wasm is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
