//! A sign-in that is over: too old, already answered, or not of this browser's subscription.

use leptos::prelude::*;
use service::Error;

use super::{Card, Way};
use crate::visit::{PageError, PageResult, Visit};
use crate::{say, tr};

/// The page for a sign-in that nobody knows (any more); other errors pass.
pub fn or(visit: &Visit, way: &Way, error: PageError) -> PageResult {
    if !matches!(error, PageError::Service(Error::NotFound)) {
        return Err(error);
    }
    let account = way.path("/account");
    let card = Card::new(visit, way.brand(), say!(visit.locale, "expired-title")).status(404);
    Ok(card.answer(move || {
        view! {
            <p>{tr!("expired-text")}</p>
            <p>
                <a class="btn btn-block" href=account>
                    {tr!("account-title")}
                </a>
            </p>
        }
    }))
}
