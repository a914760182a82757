//! Deleting a type of authorization details that no application may ask for.

use model::{FormData, Role};
use service::console::effects;

use super::one::{self, Found};
use crate::console::task::{self, Task};
use crate::console::{Sheet, Tab};
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (found, task) = task(&visit).await?;
    let result = task::run(&task, &form, async |version| {
        let mut types = found.connection.spec.authorization_details_types.clone();
        types.retain(|other| other.name != found.spec.name);
        one::save(&visit, &found.place, &found.connection, version, types).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Found, Task), PageError> {
    let found = Found::load(visit).await?;
    found.place.require(Role::Editor)?;
    let (l, place, connection) = (visit.locale, &found.place, &found.connection);
    let name = found.spec.display_name.as_str();
    let (own, above) = (found.path(), place.object("connections", &connection.id));
    let sheet = Sheet::within(visit, place, Tab::Connections, say!(l, "detail-type-delete-title", name = name))
        .below(&above, connection.spec.display_name.as_str())
        .below(&own, name);
    let task = Task::new(sheet, say!(l, "detail-type-delete-text"), say!(l, "detail-type-delete"), own)
        .on(connection.version)
        .dangerous()
        .to(above)
        .says("detail-type-deleted", &[("name", name)]);
    let (slug, kind) = (place.slug(), found.spec.name.as_str());
    let deletion = effects::scope::of_detail_type(&visit.ctx, &place.actor, slug, &connection.id, kind).await?;
    let task = task.doing(place, deletion);
    Ok((found, task))
}
