//! Registering the redirect URI that was refused: for owners, who type its host.

use model::{FormData, Role};
use service::console::failures;

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
        failures::allow_redirect_uri(&visit.ctx, &place.actor, place.slug(), visit.param("reference")).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Owner)?;
    let l = visit.locale;
    let failure = failures::get(&visit.ctx, &place.actor, place.slug(), visit.param("reference")).await?;
    let own = place.path(&format!("/failures/{}", escape(&failure.reference)));
    let (Some((_, name)), Some(uri)) = (&failure.application, &failure.redirect_uri) else {
        return Err(service::Error::NotFound.into());
    };
    let text = say!(l, "failure-allow-text", uri = uri.as_str(), name = name.as_str());
    let sheet =
        Sheet::within(visit, &place, Tab::Audit, say!(l, "failure-allow-title")).below(&own, say!(l, "failure-title"));
    let task = Task::new(sheet, text, say!(l, "failure-allow"), own).typed(failure.host());
    Ok((place, task.says("failure-allowed", &[("uri", uri)]).unless(!failure.can_be_allowed())))
}
