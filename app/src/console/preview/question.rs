//! What is asked: who signs in, how, for which scopes.

use model::FormData;
use model::spec::GrantType;
use service::console::preview::{self, PreviewGrant, Previewed, Question, Unsaved};

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
        Self { question: nobody(&[]), answer: None, unreadable: false }
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
    let asked = form.filter(|form| form.get("preview_login").is_some());
    let mut question = asked.map_or_else(|| nobody(grants), |form| read(form, grants));
    let (ctx, actor, slug) = (&visit.ctx, &place.actor, place.slug());
    let answer = match (question.grant, question.login.trim(), id) {
        (_, _, None) => Ok(Some(Previewed::NoApplication)),
        (PreviewGrant::AuthorizationCode, "", Some(_)) if asked.is_some() => Ok(None),
        (PreviewGrant::AuthorizationCode, "", Some(id)) => {
            let first = preview::tokens_of_first(ctx, actor, slug, id, unsaved).await;
            first.map(|found| {
                found.map(|(login, answer)| {
                    question.login = login;
                    answer
                })
            })
        }
        (_, _, Some(id)) => preview::tokens(ctx, actor, slug, id, unsaved, &question).await.map(Some),
    };
    match answer {
        Ok(answer) => Ok(Shown { question, answer, unreadable: false }),
        // Values of administrators are not everybody's to see.
        Err(service::Error::Forbidden) => Ok(Shown { question, answer: None, unreadable: false }),
        Err(error) => Err(error.into()),
    }
}

/// Asked about nobody yet.
fn nobody(grants: &[GrantType]) -> Question {
    Question { grant: usual(grants), login: String::new(), scope: String::new() }
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
