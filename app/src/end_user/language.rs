//! The language of the pages of a subscription.

use model::FormData;

use super::{Card, Way};
use crate::form::FormState;
use crate::language::Choice;
use crate::say;
use crate::visit::{Answer, PageResult, Visit};

/// The choice.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    Ok(page(&visit, &way, FormState::default()))
}

/// Keeps it, and goes back: an interaction goes on where it was.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    match choice(&visit, &way).submit(&form) {
        Ok(answer) => Ok(answer),
        Err(error) => Ok(page(&visit, &way, FormState::refused(form, error)?)),
    }
}

/// Only to pages of the same subscription: others may share the host.
fn choice(visit: &Visit, way: &Way) -> Choice {
    Choice::of(visit, &visit.base, &way.path("/account"))
}

fn page(visit: &Visit, way: &Way, state: FormState) -> Answer {
    let choice = choice(visit, way);
    let card = Card::new(visit, way.brand(), say!(visit.locale, "language-title")).form(&state);
    card.answer(move || choice.view(state))
}
