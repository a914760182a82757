//! Letting somebody try to sign in again.

use model::{FormData, Role};
use service::console::sign_in_failures;

use crate::console::task::{self, Task};
use crate::console::{Place, Sheet, Tab};
use crate::list::escape;
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, task) = task(&visit).await?;
    let result = task::run(&task, &form, async |_| {
        sign_in_failures::lift(&visit.ctx, &place.actor, place.slug(), visit.param("reference")).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let failure = sign_in_failures::get(&visit.ctx, &place.actor, place.slug(), visit.param("reference")).await?;
    let failure = failure.ok_or(service::Error::NotFound)?;
    let own = place.path(&format!("/failures/{}", escape(&failure.reference)));
    let address = failure.address.as_str();
    let text = match &failure.user {
        Some(user) => say!(l, "failure-lift-text", user = user.name.as_str(), address = address),
        None => say!(l, "failure-lift-address-text", address = address),
    };
    let sheet = Sheet::within(visit, &place, Tab::Audit, say!(l, "failure-lift-title"));
    let sheet = sheet.below(&own, say!(l, "failure-sign-in-title"));
    Ok((place, Task::new(sheet, text, say!(l, "failure-lift"), own).says("failure-lifted", &[])))
}
