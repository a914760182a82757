//! Ending one of one's own sessions.

use leptos::prelude::*;
use model::FormData;
use service::account;
use service::sign_out::Done;

use super::open;
use crate::components::{Browser, Moment};
use crate::end_user::{Card, Way, signed_out};
use crate::form::{Form, FormState, SubmitBar};
use crate::visit::{Answer, PageResult, Visit};
use crate::{say, tr};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let account = match open(&visit, &way).await? {
        Ok(account) => account,
        Err(to_sign_in) => return Ok(to_sign_in),
    };
    let session = account.sessions.into_iter().find(|session| session.id == visit.param("id"));
    let Some(session) = session else { return Err(service::Error::NotFound.into()) };
    let cancel = way.path("/account/sessions");
    let card = Card::new(&visit, way.brand(), say!(visit.locale, "session-end-title"));
    Ok(card.answer(move || {
        view! {
            <p><Browser user_agent=session.user_agent /></p>
            <p>{tr!("session-last-seen")} ": " <Moment at=session.last_seen_at /></p>
            <p>{tr!("account-end-session-text")}</p>
            <Form state=FormState::default()>
                <SubmitBar label=tr!("session-end") cancel dangerous=true />
            </Form>
        }
    }))
}

/// Does it.
pub async fn submit(visit: Visit, _form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    if let Err(to_sign_in) = open(&visit, &way).await? {
        return Ok(to_sign_in);
    }
    match account::end_session(&visit.ctx, &way.snap, way.cookie.as_deref(), visit.param("id")).await? {
        Some(frames) => Ok(signed_out::after(&visit, &way, Done { to: None, frames })),
        None => Ok(Answer::done(way.path("/account/sessions"), "session-ended", &[])),
    }
}
