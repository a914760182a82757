//! What the page before wanted said.

use leptos::prelude::*;

use super::{Icon, SecretOnce};
use crate::i18n::locale;
use crate::tr;
use crate::visit::Notice;

/// The sentence with the way on and the way to take it back, and a secret that is shown this once.
#[component]
pub fn NoticeBar(
    /// What to say, if anything.
    notice: Option<Notice>,
) -> AnyView {
    notice
        .map(|notice| {
            let sentence = locale().say_text(&notice.message, &notice.args);
            let next = notice.next.map(|(label, to)| view! { <a class="notice-action" href=to>{tr!(&label)}</a> });
            let undo = notice.undo.map(|to| view! { <a class="notice-action" href=to>{tr!("undo")}</a> });
            let secret = notice.secret.map(|(label, value)| view! { <SecretOnce label=tr!(&label) value /> });
            view! {
                <div class="notice notice-success" role="status">
                    <Icon name="circle-check" />
                    <span>{sentence}</span>
                    {next}
                    {undo}
                </div>
                {secret}
            }
        })
        .into_any()
}
