//! The first administrator: opened by the one-time link that the server prints.

use leptos::prelude::*;
use model::FormData;
use service::admin;

use crate::form::{Form, FormState, Hidden, PasswordField, SubmitBar, TextField, only};
use crate::visit::{Answer, Page, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form, when the link is good.
pub async fn show(visit: Visit) -> PageResult {
    let token = visit.query.trimmed("token").to_owned();
    Ok(page(&visit, token, FormState::default()))
}

/// Makes the administrator; the way on leads through the sign-in.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let token = form.optional("token").unwrap_or_else(|| visit.query.trimmed("token").to_owned());
    match redeem(&visit, &token, &form).await {
        Ok(()) => Ok(Answer::done("/console", "setup-done", &[])),
        Err(error) => Ok(page(&visit, token, FormState::refused(form, error)?)),
    }
}

async fn redeem(visit: &Visit, token: &str, form: &FormData) -> Result<(), PageError> {
    only(form, &["token", "email", "password", "password_confirmation"])?;
    let text = |name: &str| form.get(name).unwrap_or_default();
    let (email, password, confirmation) = (form.trimmed("email"), text("password"), text("password_confirmation"));
    admin::redeem_setup(&visit.ctx, token, email, password, confirmation).await?;
    Ok(())
}

fn page(visit: &Visit, token: String, state: FormState) -> Answer {
    let title = say!(visit.locale, "setup-title");
    let (status, retry_after) = (state.status(), state.retry_after());
    let page = Page::new(title, move || {
        view! {
            <main class="auth-shell" id="main">
                <div class="auth-card">
                    <h1>{tr!("setup-title")}</h1>
                    <p class="muted">{tr!("setup-text")}</p>
                    <Form state>
                        <Hidden name="token" value=token />
                        <TextField name="email" label=tr!("user-email") kind="email" autocomplete="username" autofocus=true />
                        <PasswordField
                            name="password"
                            label=tr!("user-password")
                            help=tr!("password-help")
                            autocomplete="new-password"
                        />
                        <PasswordField
                            name="password_confirmation"
                            label=tr!("password-again")
                            autocomplete="new-password"
                        />
                        <SubmitBar label=tr!("setup-submit") />
                    </Form>
                </div>
            </main>
        }
    });
    Page { status, retry_after, ..page }.into()
}
