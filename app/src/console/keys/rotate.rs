//! Making the next signing key.

use model::{FormData, Role};
use service::console::keys;

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
    let result = task::run(&task, &form, async |_| keys::rotate(&visit.ctx, &place.actor, place.slug()).await).await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let sheet = Sheet::within(visit, &place, Tab::Keys, say!(l, "keys-rotate-title"));
    let task = Task::new(sheet, say!(l, "keys-rotate-text"), say!(l, "keys-rotate"), place.path("/keys"));
    Ok((place, task.says("keys-rotated", &[])))
}
