//! Choosing a password with a link that an administrator made.

use leptos::prelude::*;
use model::FormData;
use service::Error;
use service::invitation::{self, InvitationView};

use super::administrators::words;
use super::link;
use crate::form::{Form, FormState, Hidden, PasswordField, SubmitBar, only};
use crate::visit::{Answer, Page, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form, when the link is good.
pub async fn show(visit: Visit) -> PageResult {
    let token = visit.query.trimmed("token").to_owned();
    match invitation::open(&visit.ctx, &token).await? {
        Some(view) => Ok(page(&visit, token, view, FormState::default())),
        None => Ok(gone(&visit)),
    }
}

/// Sets the password. What follows is an ordinary sign-in.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let token = form.optional("token").unwrap_or_else(|| visit.query.trimmed("token").to_owned());
    let Some(view) = invitation::open(&visit.ctx, &token).await? else { return Ok(gone(&visit)) };
    match redeem(&visit, &token, &form).await {
        Ok(()) => Ok(Answer::done("/console", "invitation-done", &[])),
        Err(PageError::Service(Error::NotFound)) => Ok(gone(&visit)),
        Err(error) => Ok(page(&visit, token, view, FormState::refused(form, error)?)),
    }
}

async fn redeem(visit: &Visit, token: &str, form: &FormData) -> Result<(), PageError> {
    only(form, &["token", "password", "password_confirmation"])?;
    let text = |name: &str| form.get(name).unwrap_or_default();
    Ok(invitation::redeem(&visit.ctx, token, text("password"), text("password_confirmation")).await?)
}

fn gone(visit: &Visit) -> Answer {
    link::gone(say!(visit.locale, "invitation-gone"), say!(visit.locale, "invitation-gone-text"))
}

fn page(visit: &Visit, token: String, view: InvitationView, state: FormState) -> Answer {
    let title = say!(visit.locale, if view.had_password { "invitation-again" } else { "invitation-title" });
    let heading = title.clone();
    let title = if state.is_refused() { say!(visit.locale, "title-error", title = title) } else { title };
    let (status, retry_after) = (state.status(), state.retry_after());
    let page = Page::new(title, move || {
        let roles = view.roles.iter().map(|held| view! { <li>{words::held(held)}</li> }).collect_view();
        let text = match view.invited_by {
            Some(by) if view.had_password => tr!("invitation-again-by", name = by),
            Some(by) => tr!("invitation-by", name = by),
            None => tr!("invitation-by-nobody"),
        };
        let login = view.login;
        view! {
            <main class="auth-shell" id="main">
                <div class="auth-card">
                    <h1>{heading}</h1>
                    <p>{text}</p>
                    <ul class="plain-list">{roles}</ul>
                    <Form state>
                        <Hidden name="token" value=token />
                        <p>{tr!("invitation-login")} " " <strong>{login.clone()}</strong></p>
                        <input class="sr-only" type="email" autocomplete="username" value=login readonly=true tabindex="-1" aria-hidden="true" />
                        <PasswordField
                            name="password"
                            label=tr!("password-new")
                            help=tr!("password-help", min = view.password_min_length)
                            autocomplete="new-password"
                            autofocus=true
                        />
                        <PasswordField
                            name="password_confirmation"
                            label=tr!("password-again")
                            autocomplete="new-password"
                        />
                        <SubmitBar label=tr!("invitation-submit") />
                    </Form>
                </div>
            </main>
        }
    });
    Page { status, retry_after, ..page }.into()
}
