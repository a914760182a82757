//! What became of a request. The page says it and does nothing.

use leptos::prelude::*;
use service::Error;

use crate::end_user::{Card, Way};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let (title, text) = match visit.param("outcome") {
        "allowed" => ("request-allowed-title", say!(visit.locale, "request-allowed-text")),
        "denied" => ("request-denied-title", say!(visit.locale, "request-denied-text")),
        "ended" => ("request-ended-title", say!(visit.locale, "request-ended-text")),
        _ => return Err(Error::NotFound.into()),
    };
    let back = way.path("/requests");
    let card = Card::new(&visit, way.brand(), say!(visit.locale, title));
    Ok(card.answer(move || {
        view! {
            <p>{text}</p>
            <p>
                <a href=back>{tr!("requests-title")}</a>
            </p>
        }
    }))
}
