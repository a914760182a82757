//! What is asked: who signs in, how, for which scopes.

use model::FormData;
use model::spec::GrantType;
use service::console::preview::{self, PreviewGrant, Previewed, Question, Unsaved};
use service::console::users;

use crate::console::Place;
use crate::visit::{PageError, Visit};

/// Fields of the question, beside those of the settings.
pub const FIELDS: [&str; 5] = ["do", "preview_application", "preview_grant", "preview_login", "preview_scope"];
/// What the button of the question sends as `do`.
pub(super) const DO: &str = "preview";
/// A question and its answer.
#[derive(Clone, Debug)]
pub struct Shown {
    pub(super) question: Question,
    pub(super) answer: Option<Previewed>,
    /// The form holds settings that cannot be read: there is nothing to look ahead to.
    pub(super) unreadable: bool,
}

impl Shown {
    /// Nothing asked, nothing answered.
    pub(super) fn empty() -> Self {
        let question = Question { grant: PreviewGrant::AuthorizationCode, login: String::new(), scope: String::new() };
        Self { question, answer: None, unreadable: false }
    }
}

/// True when a submitted form asks for a preview instead of being saved.
pub fn is_asked(form: &FormData) -> bool {
    form.get("do") == Some(DO)
}

/// Answers what a form asks of an application, `None` for one that is not there; without a form, for the
/// first user of the list.
pub async fn look(
    visit: &Visit,
    place: &Place,
    id: Option<&str>,
    grants: &[GrantType],
    form: Option<&FormData>,
    unsaved: Option<Unsaved>,
) -> Result<Shown, PageError> {
    let question = match form.filter(|form| form.get("preview_login").is_some()) {
        Some(form) => read(form, grants),
        None => Question { grant: usual(grants), login: first_user(visit, place).await?, scope: String::new() },
    };
    let needs_user = question.grant == PreviewGrant::AuthorizationCode;
    if needs_user && question.login.trim().is_empty() {
        return Ok(Shown { question, answer: None, unreadable: false });
    }
    let Some(id) = id else {
        return Ok(Shown { question, answer: Some(Previewed::NoApplication), unreadable: false });
    };
    let answer = preview::tokens(&visit.ctx, &place.actor, place.slug(), id, unsaved, &question).await;
    match answer {
        Ok(answer) => Ok(Shown { question, answer: Some(answer), unreadable: false }),
        // Values of administrators are not everybody's to see.
        Err(service::Error::Forbidden) => Ok(Shown { question, answer: None, unreadable: false }),
        Err(error) => Err(error.into()),
    }
}

/// For a form whose settings cannot be read.
pub fn nothing(form: &FormData, grants: &[GrantType]) -> Shown {
    Shown { question: read(form, grants), answer: None, unreadable: true }
}

fn usual(grants: &[GrantType]) -> PreviewGrant {
    if grants.contains(&GrantType::AuthorizationCode) || !grants.contains(&GrantType::ClientCredentials) {
        PreviewGrant::AuthorizationCode
    } else {
        PreviewGrant::ClientCredentials
    }
}

fn read(form: &FormData, grants: &[GrantType]) -> Question {
    let grant = match form.get("preview_grant") {
        Some("authorization_code") => PreviewGrant::AuthorizationCode,
        Some("client_credentials") => PreviewGrant::ClientCredentials,
        _ => usual(grants),
    };
    let text = |name| form.get(name).unwrap_or_default().chars().take(2_000).collect();
    Question { grant, login: text("preview_login"), scope: text("preview_scope") }
}

/// Somebody to look at, so that the preview says something at once.
async fn first_user(visit: &Visit, place: &Place) -> Result<String, PageError> {
    match users::first_login(&visit.ctx, &place.actor, place.slug()).await {
        Ok(first) => Ok(first.unwrap_or_default()),
        Err(service::Error::Forbidden) => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}
