//! A new link with which an administrator chooses a password.

use model::FormData;
use service::console::AdministratorView;
use service::console::administrators;

use super::{invitation, load, own, task_sheet};
use crate::console::task::{self, Task};
use crate::say;
use crate::visit::{Answer, PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Makes it; it is shown on the administrator's page.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (one, task) = task(&visit).await?;
    let actor = visit.actor()?;
    let made = task::run(&task, &form, async |version| {
        administrators::new_link(&visit.ctx, &actor, &one.card.id, version).await
    });
    match made.await {
        Ok(token) => {
            let (to, link) = (own(&one.card.id), invitation(&visit, &token));
            let said = [("name", one.card.called())];
            Ok(Answer::done_with_secret(to, "administrator-link-made", &said, "administrator-link", &link))
        }
        Err(error) => task.settle(form, Err::<(), _>(error)),
    }
}

async fn task(visit: &Visit) -> Result<(AdministratorView, Task), PageError> {
    let one = load(visit).await?;
    if !one.may_link {
        return Err(service::Error::Forbidden.into());
    }
    let (l, name) = (visit.locale, one.card.called().to_owned());
    let (title, text) = if one.card.has_password {
        ("administrator-new-link-title", "administrator-new-link-text")
    } else {
        ("administrator-new-invitation-title", "administrator-new-invitation-text")
    };
    let sheet = task_sheet(visit, &one, say!(l, title, name = name.as_str()));
    let task = Task::new(sheet, say!(l, text), say!(l, "administrator-make-link"), own(&one.card.id)).on(one.version);
    Ok((one, task))
}
