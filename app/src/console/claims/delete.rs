//! Deleting a claim that nothing refers to.

use model::{FormData, Role};
use service::console::{claims, effects};

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
    let result = task::run(&task, &form, async |version| {
        claims::delete(&visit.ctx, &place.actor, place.slug(), visit.param("id"), version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let claim = claims::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let name = claim.spec.title();
    let own = place.object("scopes/claims", &claim.id);
    let sheet = Sheet::within(visit, &place, Tab::Scopes, say!(l, "claim-delete-title", name = name)).below(&own, name);
    let task = Task::new(sheet, say!(l, "claim-delete-text"), say!(l, "claim-delete"), own)
        .on(claim.version)
        .dangerous()
        .to(place.path("/scopes"))
        .says("claim-deleted", &[("name", name)]);
    let deletion = effects::claim::of_deletion(&visit.ctx, &place.actor, place.slug(), &claim.id).await?;
    let task = task.doing(&place, deletion);
    Ok((place, task))
}
