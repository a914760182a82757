//! Deleting an identity scope that nothing refers to.

use model::{FormData, Role};
use service::console::{effects, identity_scopes};

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
        identity_scopes::delete(&visit.ctx, &place.actor, place.slug(), visit.param("id"), version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let scope = identity_scopes::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let name = scope.spec.display_name.as_str();
    let own = place.object("scopes/identity", &scope.id);
    let sheet = Sheet::within(visit, &place, Tab::Scopes, say!(l, "identity-scope-delete-title", name = name))
        .below(&own, name);
    let task = Task::new(sheet, say!(l, "identity-scope-delete-text"), say!(l, "identity-scope-delete"), own)
        .on(scope.version)
        .dangerous()
        .to(place.path("/scopes"))
        .says("identity-scope-deleted", &[("name", name)]);
    let deletion = effects::scope::of_identity_scope(&visit.ctx, &place.actor, place.slug(), &scope.id).await?;
    let task = task.doing(&place, deletion);
    Ok((place, task))
}
