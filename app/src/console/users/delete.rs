//! Deleting a user with all that is held about them.

use model::{FormData, Role};
use service::console::users;

use super::called;
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
        users::delete(&visit.ctx, &place.actor, place.slug(), visit.param("id"), version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let name = called(&user);
    let own = place.object("users", &user.id);
    let title = say!(l, "user-delete-title", name = name.as_str());
    let sheet = Sheet::within(visit, &place, Tab::Users, title).below(&own, name.clone());
    let task = Task::new(sheet, say!(l, "user-delete-text"), say!(l, "user-delete"), own)
        .on(user.version)
        .dangerous()
        .to(place.path("/users"))
        .says("user-deleted", &[("name", &name)]);
    Ok((place, task))
}
