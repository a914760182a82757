//! One more secret of an application, beside those it has.

use model::{FormData, Role};
use service::console::applications;

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
        applications::new_secret(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await
    });
    let result = result.await;
    task.settle_secret(form, "application-secret", result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let application = applications::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?.stored;
    let own = place.object("applications", &application.id);
    let sheet = Sheet::within(visit, &place, Tab::Applications, say!(l, "secret-new"));
    let sheet = sheet.below(&own, application.spec.name);
    let task = Task::new(sheet, say!(l, "secret-new-text"), say!(l, "secret-create"), own).says("secret-created", &[]);
    Ok((place, task))
}
