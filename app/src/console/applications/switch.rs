//! Taking an application out of use, and back.

use model::{FormData, Role};
use service::console::{applications, effects};

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
    let id = visit.param("id");
    let result = task::run(&task, &form, async |version| {
        applications::set_disabled(&visit.ctx, &place.actor, place.slug(), id, version, disable).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit, disable: bool) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let stored = applications::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?.stored;
    let name = stored.spec.name.as_str();
    let (title, text, button, done) = if disable {
        ("application-disable-title", "application-disable-help", "disable", "application-disabled")
    } else {
        ("application-enable-title", "application-enable-help", "enable", "application-enabled")
    };
    let own = place.object("applications", &stored.id);
    let sheet = Sheet::within(visit, &place, Tab::Applications, say!(l, title, name = name)).below(&own, name);
    let task = Task::new(sheet, say!(l, text), say!(l, button), own).on(stored.version).says(done, &[("name", name)]);
    let task = task.unless(stored.disabled_at.is_some() == disable);
    if !disable {
        return Ok((place, task));
    }
    let deletion = effects::application::of_end(&visit.ctx, &place.actor, place.slug(), &stored.id).await?;
    let task = task.dangerous().doing(&place, deletion);
    Ok((place, task))
}
