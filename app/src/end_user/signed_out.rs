//! Signed out.

use leptos::prelude::*;

use super::{Card, Way};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let sign_in = way.path("/login");
    let card = Card::new(&visit, way.brand(), say!(visit.locale, "signed-out-title"));
    Ok(card.answer(move || {
        view! {
            <p>{tr!("signed-out-text")}</p>
            <p>
                <a class="btn btn-block" href=sign_in>
                    {tr!("sign-in-once-more")}
                </a>
            </p>
        }
    }))
}
