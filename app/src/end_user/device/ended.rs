//! What became of a device's code. The page says it and does nothing, so it tells nobody anything.

use leptos::prelude::*;
use service::Error;

use crate::end_user::{Card, Way};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let (title, text, again) = match visit.param("outcome") {
        "connected" => ("device-connected-title", say!(visit.locale, "device-connected-text"), None),
        "denied" => ("device-denied-title", say!(visit.locale, "device-denied-text"), None),
        "expired" => ("device-expired-title", say!(visit.locale, "device-expired-text"), Some(way.path("/device"))),
        _ => return Err(Error::NotFound.into()),
    };
    let card = Card::new(&visit, way.brand(), say!(visit.locale, title));
    Ok(card.answer(move || {
        view! {
            <p>{text}</p>
            {again
                .map(|to| {
                    view! {
                        <p>
                            <a class="btn btn-block" href=to>
                                {tr!("device-again")}
                            </a>
                        </p>
                    }
                })}
        }
    }))
}
