//! Signing out of the console, and of the sign-in it came from.

use model::FormData;
use service::console_session;

use super::Sheet;
use super::task::Task;
use crate::say;
use crate::visit::{Answer, CookieChange, PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit)?.ask())
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let task = task(&visit)?;
    task.check(&form)?;
    if let Some(cookie) = visit.cookies.get("console") {
        console_session::sign_out(&visit.ctx, cookie).await?;
    }
    Ok(Answer::SeeOther {
        to: "/console".to_owned(),
        notice: None,
        cookies: vec![CookieChange::Console { value: None }],
    })
}

fn task(visit: &Visit) -> Result<Task, PageError> {
    visit.actor()?;
    let l = visit.locale;
    let sheet = Sheet::new(visit, say!(l, "nav-sign-out"));
    Ok(Task::new(sheet, say!(l, "console-sign-out-text"), say!(l, "nav-sign-out"), "/console"))
}
