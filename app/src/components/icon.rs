//! Icons of the sprite (`style/icons.txt`), always beside words that say the same.

use leptos::prelude::*;

/// What the sprite's address carries so that browsers keep it; provided by the document.
#[derive(Clone, Debug)]
pub struct AssetVersion(pub String);

/// An icon as high as the text around it. Screen readers do not see it.
#[component]
pub fn Icon(
    /// Name in the sprite.
    name: &'static str,
) -> AnyView {
    let version = use_context::<AssetVersion>().map(|v| format!("?v={}", v.0)).unwrap_or_default();
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg{version}#{name}")></use>
        </svg>
    }
    .into_any()
}
