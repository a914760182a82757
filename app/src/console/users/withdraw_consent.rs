//! Taking back what a user agreed to for one application.

use model::{FormData, Role};
use service::console::users;

use super::called;
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
    let (id, application) = (visit.param("id"), visit.param("application"));
    let result = task::run(&task, &form, async |_| {
        users::withdraw_consent(&visit.ctx, &place.actor, place.slug(), id, application).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let (l, ctx, slug) = (visit.locale, &visit.ctx, place.slug());
    let user = users::get(ctx, &place.actor, slug, visit.param("id")).await?;
    let consent = users::consent(ctx, &place.actor, slug, &user.id, visit.param("application")).await?;
    let own = place.object("users", &user.id);
    let name = called(&user);
    let (user_name, application) = (name.as_str(), consent.application_name.as_str());
    let text = if consent.is_asked {
        say!(l, "consent-withdraw-text", user = user_name, name = application)
    } else {
        say!(l, "consent-withdraw-unasked-text", user = user_name, name = application)
    };
    let title = say!(l, "consent-withdraw-title");
    let back = format!("{own}/consents");
    let sheet = Sheet::within(visit, &place, Tab::Users, title).below(&own, name.clone());
    let task = Task::new(sheet, text, say!(l, "consent-withdraw"), back);
    Ok((place, task.dangerous().says("consent-withdrawn", &[("name", application)])))
}
