//! Deleting an API connection with its scopes, when no application may request them.

use model::{FormData, Role};
use service::console::{api_connections, effects};

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
        api_connections::delete(&visit.ctx, &place.actor, place.slug(), visit.param("id"), version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let connection = api_connections::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?.stored;
    let name = connection.spec.display_name.as_str();
    let own = place.object("connections", &connection.id);
    let title = say!(l, "connection-delete-title", name = name);
    let sheet = Sheet::within(visit, &place, Tab::Connections, title).below(&own, name);
    let task = Task::new(sheet, say!(l, "connection-delete-text"), say!(l, "connection-delete"), own)
        .on(connection.version)
        .typed(connection.spec.name.as_str())
        .to(place.path("/connections"))
        .says("connection-deleted", &[("name", name)]);
    let deletion = effects::scope::of_connection(&visit.ctx, &place.actor, place.slug(), &connection.id).await?;
    let task = task.doing(&place, deletion);
    Ok((place, task))
}
