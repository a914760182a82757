//! Removing a secret of an application.

use model::{FormData, Role};
use service::console::applications;

use crate::console::task::{self, Task};
use crate::console::{Place, Sheet, Tab, secrets};
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, task) = task(&visit).await?;
    let (id, secret) = (visit.param("id"), visit.param("secret"));
    let result = task::run(&task, &form, async |_| {
        applications::remove_secret(&visit.ctx, &place.actor, place.slug(), id, secret).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let found = applications::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let secret = found.secrets.iter().find(|secret| secret.id == visit.param("secret"));
    let secret = secret.ok_or(service::Error::NotFound)?;
    let (moments, text) = (secrets::moments(l, secret), secrets::removal_text(l, secret, &found.secrets));
    let own = place.object("applications", &found.stored.id);
    let sheet = Sheet::within(visit, &place, Tab::Applications, say!(l, "secret-remove-title"));
    let sheet = sheet.below(&own, found.stored.spec.name);
    let task = Task::new(sheet, text, say!(l, "secret-remove"), own);
    Ok((place, task.of(moments).dangerous().says("secret-removed", &[])))
}
