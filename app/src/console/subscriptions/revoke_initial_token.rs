//! Ending an initial access token.

use model::{FormData, Role};
use service::console::{Done, initial_access_tokens};

use super::client_registration::TOKENS;
use crate::console::task::{self, Task};
use crate::console::{Place, Sheet, Tab};
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, task) = task(&visit).await?;
    let result = task::run(&task, &form, async |_| {
        let ended = initial_access_tokens::revoke(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await;
        ended.map(Done::from)
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let found = initial_access_tokens::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let (l, own) = (visit.locale, place.path(TOKENS));
    let sheet = Sheet::within(visit, &place, Tab::Settings, say!(l, "initial-token-revoke-title"));
    let sheet = sheet.below(&own, say!(l, "initial-tokens"));
    let text = say!(l, "initial-token-revoke-text", name = found.name.as_str());
    let task = Task::new(sheet, text, say!(l, "initial-token-revoke"), own).dangerous();
    Ok((place, task.says("initial-token-revoked", &[])))
}
