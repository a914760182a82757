//! Icons of the sprite (`style/icons.txt`), always beside words that say the same.

use leptos::prelude::*;

/// An icon as high as the text around it. Screen readers do not see it.
#[component]
pub fn Icon(
    /// Name in the sprite.
    name: &'static str,
) -> AnyView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
    .into_any()
}
