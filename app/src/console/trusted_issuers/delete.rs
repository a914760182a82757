//! Trusting an issuer no longer.

use model::{FormData, Role};

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
        let mut all = found.all();
        all.retain(|other| other.issuer != found.spec.issuer);
        one::save(&visit, &found.place, version, all).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Found, Task), PageError> {
    let found = Found::load(visit).await?;
    found.place.require(Role::Editor)?;
    let (l, place, name) = (visit.locale, &found.place, found.spec.issuer.as_str());
    let own = found.path();
    let sheet = Sheet::within(visit, place, Tab::Settings, say!(l, "trusted-issuer-delete-title", name = name))
        .below(&own, name);
    let task = Task::new(sheet, say!(l, "trusted-issuer-delete-text"), say!(l, "trusted-issuer-delete"), own)
        .on(place.view.stored.version)
        .dangerous()
        .to(place.path("/settings"))
        .says("trusted-issuer-deleted", &[("name", name)]);
    Ok((found, task))
}
