//! Deleting a subscription with all that is in it; its slug has to be typed.

use model::{FormData, Role};
use service::console::subscriptions;

use crate::console::task::{self, Task};
use crate::console::{Place, Sheet, Tab, words};
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
        subscriptions::delete(&visit.ctx, &place.actor, place.slug(), version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Owner)?;
    let counts = subscriptions::counts(&visit.ctx, &place.actor, place.slug()).await?;
    let l = visit.locale;
    let name = place.name().to_owned();
    let sheet = Sheet::within(visit, &place, Tab::Settings, say!(l, "subscription-delete-title", name = name.as_str()));
    let (applications, users) = (counts.applications, words::users(l, counts.users));
    let text = say!(l, "subscription-delete-text", applications = applications, count = counts.users, users = users);
    let task = Task::new(sheet, text, say!(l, "subscription-delete"), place.path("/settings"))
        .on(place.view.stored.version)
        .typed(place.slug())
        .to("/console")
        .says("subscription-deleted", &[("name", &name)]);
    Ok((place, task))
}
