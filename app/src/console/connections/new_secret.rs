//! One more secret of an API connection, beside those it has.

use model::{FormData, Role};
use service::console::api_connections;

use crate::console::task::{self, Task};
use crate::console::{Place, Sheet, Tab};
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Makes it; the page after shows it once.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, task) = task(&visit).await?;
    let result = task::run(&task, &form, async |_| {
        api_connections::new_secret(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await
    });
    let result = result.await;
    task.settle_secret(form, "connection-secret", result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let connection = api_connections::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?.stored;
    let own = place.object("connections", &connection.id);
    let sheet = Sheet::within(visit, &place, Tab::Connections, say!(l, "secret-new"));
    let sheet = sheet.below(&own, connection.spec.display_name);
    let task = Task::new(sheet, say!(l, "secret-new-text"), say!(l, "secret-create"), own).says("secret-created", &[]);
    Ok((place, task))
}
