//! The first administrator: opened by the one-time link that the server prints.

use leptos::prelude::*;
use model::FormData;
use model::spec::subscription::PASSWORD_MIN_LENGTH;
use service::admin;
use service::installation::SYSTEM;

use super::language::ROOT;
use super::link;
use crate::form::{Form, FormState, Hidden, PasswordField, SubmitBar, TextField, only};
use crate::language::{self, LanguageLink};
use crate::visit::{Answer, CookieChange, Notice, Page, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form, when the link is good.
pub async fn show(visit: Visit) -> PageResult {
    let token = visit.query.trimmed("token").to_owned();
    if !admin::is_setup_link(&visit.ctx, &token).await? {
        return gone(&visit).await;
    }
    Ok(page(&visit, token, FormState::default()))
}

/// Makes the administrator, who is signed in to the built-in subscription; the console then takes its
/// own session from there.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let token = form.optional("token").unwrap_or_else(|| visit.query.trimmed("token").to_owned());
    match redeem(&visit, &token, &form).await {
        Ok(cookie) => Ok(Answer::SeeOther {
            to: "/console".to_owned(),
            notice: Some(Notice::new("setup-done", &[])),
            cookies: vec![CookieChange::Session { slug: SYSTEM.to_owned(), value: Some(cookie) }],
        }),
        Err(PageError::Service(service::Error::NotFound)) => gone(&visit).await,
        Err(error) => Ok(page(&visit, token, FormState::refused(form, error)?)),
    }
}

/// What to do instead, which differs once somebody owns the installation.
async fn gone(visit: &Visit) -> PageResult {
    let text = if admin::owners_exist(&visit.ctx).await? { "setup-gone-owned" } else { "setup-gone-text" };
    Ok(link::gone(say!(visit.locale, "setup-gone"), say!(visit.locale, text)))
}

async fn redeem(visit: &Visit, token: &str, form: &FormData) -> Result<String, PageError> {
    only(form, &["token", "email", "password", "password_confirmation"])?;
    let text = |name: &str| form.get(name).unwrap_or_default();
    let (email, password, confirmation) = (form.trimmed("email"), text("password"), text("password_confirmation"));
    Ok(admin::redeem_setup(&visit.ctx, token, email, password, confirmation, &visit.client).await?)
}

fn page(visit: &Visit, token: String, state: FormState) -> Answer {
    let title = say!(visit.locale, "setup-title");
    let title = if state.is_refused() { say!(visit.locale, "title-error", title = title) } else { title };
    let (status, retry_after) = (state.status(), state.retry_after());
    let language = language::link(visit, ROOT);
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
                            help=tr!("password-help", min = PASSWORD_MIN_LENGTH)
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
                {language.map(|to| view! { <footer class="auth-footer"><LanguageLink to /></footer> })}
            </main>
        }
    });
    Page { status, retry_after, ..page }.into()
}
