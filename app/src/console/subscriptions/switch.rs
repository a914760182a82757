//! Taking a subscription out of use, and back.

use model::{FormData, Role};
use service::console::subscriptions;

use crate::console::task::{self, Task};
use crate::console::{Place, Sheet, Tab};
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// Out of use.
pub mod disable {
    use super::{FormData, PageResult, Visit, act, ask};

    /// The question.
    pub async fn show(visit: Visit) -> PageResult {
        ask(visit, true).await
    }

    /// Does it.
    pub async fn submit(visit: Visit, form: FormData) -> PageResult {
        act(visit, form, true).await
    }
}

/// Back into use.
pub mod enable {
    use super::{FormData, PageResult, Visit, act, ask};

    /// The question.
    pub async fn show(visit: Visit) -> PageResult {
        ask(visit, false).await
    }

    /// Does it.
    pub async fn submit(visit: Visit, form: FormData) -> PageResult {
        act(visit, form, false).await
    }
}

async fn ask(visit: Visit, disable: bool) -> PageResult {
    Ok(task(&visit, disable).await?.1.ask())
}

async fn act(visit: Visit, form: FormData, disable: bool) -> PageResult {
    let (place, task) = task(&visit, disable).await?;
    let result = task::run(&task, &form, async |version| {
        subscriptions::set_disabled(&visit.ctx, &place.actor, place.slug(), version, disable).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit, disable: bool) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let name = place.name().to_owned();
    let (title, text, button, done) = if disable {
        ("subscription-disable-title", "subscription-disable-help", "disable", "subscription-disabled")
    } else {
        ("subscription-enable-title", "subscription-enable-help", "enable", "subscription-enabled")
    };
    let sheet = Sheet::within(visit, &place, Tab::Settings, say!(l, title, name = name.as_str()));
    let task = Task::new(sheet, say!(l, text), say!(l, button), place.path("/settings"))
        .on(place.view.stored.version)
        .says(done, &[("name", &name)])
        .unless(place.view.stored.disabled_at.is_some() == disable);
    Ok((place, if disable { task.dangerous() } else { task }))
}
