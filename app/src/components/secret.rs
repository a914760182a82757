//! Values to copy, and secrets that are shown once.

use leptos::prelude::*;

use super::Icon;
use crate::islands::CopyButton;
use crate::tr;

/// A value with a button that copies it.
#[component]
pub fn Copyable(
    /// The value.
    #[prop(into)]
    value: String,
    /// What it is, for the button's name.
    #[prop(into)]
    what: String,
) -> AnyView {
    view! {
        <div class="copyable">
            <span class="id">{value.clone()}</span>
            <CopyButton value label=tr!("copy") done=tr!("copied") what />
        </div>
    }
    .into_any()
}

/// A secret that is shown now and never again.
#[component]
pub fn SecretOnce(
    /// What it is.
    label: String,
    /// The secret.
    value: String,
) -> AnyView {
    view! {
        <div class="secret-once" role="group" aria-labelledby="secret-once-title">
            <h2 id="secret-once-title">
                <Icon name="key-round" />
                " "
                {label.clone()}
            </h2>
            <p>{tr!("secret-once-text")}</p>
            <Copyable value what=label />
        </div>
    }
    .into_any()
}
