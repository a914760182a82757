//! The language of the console. Open to everybody: it stands on the set-up page too.

use model::FormData;
use service::console_session;

use super::Sheet;
use crate::form::FormState;
use crate::language::Choice;
use crate::say;
use crate::visit::{Answer, PageResult, Visit};

/// Every page of the console is below it.
pub const ROOT: &str = "/console";

/// The choice.
pub async fn show(visit: Visit) -> PageResult {
    page(visit, FormState::default()).await
}

/// Keeps it, and goes back.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    match Choice::of(&visit, ROOT, ROOT).submit(&form) {
        Ok(answer) => Ok(answer),
        Err(error) => page(visit, FormState::refused(form, error)?).await,
    }
}

async fn page(mut visit: Visit, state: FormState) -> PageResult {
    // Whoever is signed in keeps their own frame around the page.
    if let Some(cookie) = visit.cookies.get("console") {
        visit.admin = console_session::authenticate(&visit.ctx, cookie).await?;
    }
    let choice = Choice::of(&visit, ROOT, ROOT);
    let sheet = Sheet::new(&visit, say!(visit.locale, "language-title")).narrow().form(&state);
    Ok::<Answer, _>(sheet.answer(move || choice.view(state)))
}
