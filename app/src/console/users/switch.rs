//! Taking a user out of use, and back.

use model::{FormData, Role};
use service::console::users;

use super::called;
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
        users::set_disabled(&visit.ctx, &place.actor, place.slug(), id, version, disable).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit, disable: bool) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let name = called(&user);
    let (title, text, button, done) = if disable {
        ("user-disable-title", "user-disable-help", "disable", "user-disabled")
    } else {
        ("user-enable-title", "user-enable-help", "enable", "user-enabled")
    };
    let own = place.object("users", &user.id);
    let sheet =
        Sheet::within(visit, &place, Tab::Users, say!(l, title, name = name.as_str())).below(&own, name.clone());
    let task = Task::new(sheet, say!(l, text), say!(l, button), own).on(user.version).says(done, &[("name", &name)]);
    let task = task.unless(user.disabled_at.is_some() == disable);
    Ok((place, if disable { task.dangerous() } else { task }))
}
