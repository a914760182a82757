//! Deleting an API scope that no application may request.

use model::{FormData, Role};
use service::console::{api_connections, api_scopes, effects};

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
    let (id, scope) = (visit.param("id"), visit.param("scope"));
    let result = task::run(&task, &form, async |version| {
        api_scopes::delete(&visit.ctx, &place.actor, place.slug(), id, scope, version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let (id, scope) = (visit.param("id"), visit.param("scope"));
    let connection = api_connections::get(&visit.ctx, &place.actor, place.slug(), id).await?.stored;
    let scope = api_scopes::get(&visit.ctx, &place.actor, place.slug(), id, scope).await?;
    let name = scope.spec.display_name.as_str();
    let above = place.object("connections", &connection.id);
    let own = format!("{above}/scopes/{}", scope.id);
    let sheet = Sheet::within(visit, &place, Tab::Connections, say!(l, "api-scope-delete-title", name = name))
        .below(&above, connection.spec.display_name)
        .below(&own, name);
    let task = Task::new(sheet, say!(l, "api-scope-delete-text"), say!(l, "api-scope-delete"), own)
        .on(scope.version)
        .dangerous()
        .to(above)
        .says("api-scope-deleted", &[("name", name)]);
    let deletion = effects::scope::of_api_scope(&visit.ctx, &place.actor, place.slug(), id, &scope.id).await?;
    let task = task.doing(&place, deletion);
    Ok((place, task))
}
