//! Ending one of a user's sessions.

use model::{FormData, Role};
use service::console::users;

use super::called;
use crate::components::browser_name;
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
    let (id, session) = (visit.param("id"), visit.param("session"));
    let result = task::run(&task, &form, async |_| {
        users::end_session(&visit.ctx, &place.actor, place.slug(), id, session).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let l = visit.locale;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let (slug, id) = (place.slug(), visit.param("session"));
    let session = users::session(&visit.ctx, &place.actor, slug, &user.id, id).await?;
    let own = place.object("users", &user.id);
    let back = format!("{own}/sessions");
    let sheet = Sheet::within(visit, &place, Tab::Users, say!(l, "session-end-title")).below(&own, called(&user));
    let browser = browser_name(&session.user_agent);
    let text = say!(l, "session-end-of-text", user = session.user_name.as_str(), browser = browser.as_str());
    let task = Task::new(sheet, text, say!(l, "session-end"), back);
    Ok((place, task.dangerous().says("session-ended", &[])))
}
