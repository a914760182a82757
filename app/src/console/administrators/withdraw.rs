//! Taking a link back before it is used.

use model::FormData;
use service::console::AdministratorView;
use service::console::administrators;

use super::{load, own, task_sheet};
use crate::console::task::{self, Task};
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Takes it back.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (one, task) = task(&visit).await?;
    let actor = visit.actor()?;
    let result =
        task::run(&task, &form, async |_| administrators::withdraw_link(&visit.ctx, &actor, &one.card.id).await);
    let result = result.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(AdministratorView, Task), PageError> {
    let one = load(visit).await?;
    if !one.may_link {
        return Err(service::Error::Forbidden.into());
    }
    let (l, name) = (visit.locale, one.card.called().to_owned());
    let sheet = task_sheet(visit, &one, say!(l, "administrator-withdraw-title", name = name.as_str()));
    let text = say!(l, "administrator-withdraw-text");
    let task = Task::new(sheet, text, say!(l, "administrator-withdraw"), own(&one.card.id))
        .says("administrator-withdrawn", &[("name", &name)])
        .unless(one.card.invited_until.is_none());
    Ok((one, task))
}
