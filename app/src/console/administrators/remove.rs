//! Ending what somebody is as an administrator.

use model::FormData;
use service::console::AdministratorView;
use service::console::administrators;

use super::{LIST, load, own, task_sheet};
use crate::console::task::{self, Task};
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (one, task) = task(&visit).await?;
    let actor = visit.actor()?;
    let result = task::run(&task, &form, async |version| {
        administrators::remove(&visit.ctx, &actor, &one.card.id, version).await
    });
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(AdministratorView, Task), PageError> {
    let one = load(visit).await?;
    if !one.may_touch {
        return Err(service::Error::Forbidden.into());
    }
    let (l, name) = (visit.locale, one.card.called().to_owned());
    let sheet = task_sheet(visit, &one, say!(l, "administrator-remove-title", name = name.as_str()));
    let text = if one.is_self { "administrator-remove-self-text" } else { "administrator-remove-text" };
    let task = Task::new(sheet, say!(l, text), say!(l, "administrator-remove"), own(&one.card.id))
        .to(LIST)
        .on(one.version)
        .says("administrator-removed", &[("name", &name)])
        .dangerous();
    Ok((one, task))
}
