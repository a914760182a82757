//! Deleting an application; its name has to be typed.

use model::{FormData, Role};
use service::console::{applications, effects};

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
        applications::delete(&visit.ctx, &place.actor, place.slug(), visit.param("id"), version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let stored = applications::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?.stored;
    let name = stored.spec.name.as_str();
    let own = place.object("applications", &stored.id);
    let title = say!(l, "application-delete-title", name = name);
    let sheet = Sheet::within(visit, &place, Tab::Applications, title).below(&own, name);
    let task = Task::new(sheet, say!(l, "application-delete-text"), say!(l, "application-delete"), own)
        .on(stored.version)
        .typed(name)
        .to(place.path("/applications"))
        .says("application-deleted", &[("name", name)]);
    let deletion = effects::application::of_end(&visit.ctx, &place.actor, place.slug(), &stored.id).await?;
    let task = task.doing(&place, deletion);
    Ok((place, task))
}
