//! Changing one's own password.

use leptos::prelude::*;
use model::FormData;
use service::account;

use super::open;
use crate::end_user::{Card, Way};
use crate::form::{CheckboxField, Form, FormState, PasswordField, SubmitBar};
use crate::visit::{Answer, Notice, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    match open(&visit, &way).await? {
        Ok(_) => Ok(page(&visit, &way, FormState::opened(FormData::default().with("end_others", "true")))),
        Err(to_sign_in) => Ok(to_sign_in),
    }
}

/// Changes it; the session goes on under a new cookie.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    if let Err(to_sign_in) = open(&visit, &way).await? {
        return Ok(to_sign_in);
    }
    match change(&visit, &way, &form).await {
        Ok(cookie) => Ok(Answer::SeeOther {
            to: way.path("/account"),
            notice: Some(Notice::new("account-password-changed", &[])),
            cookies: way.begun(cookie),
        }),
        Err(error) => Ok(page(&visit, &way, FormState::refused(form, error)?)),
    }
}

async fn change(visit: &Visit, way: &Way, form: &FormData) -> Result<String, PageError> {
    let text = |name: &str| form.get(name).unwrap_or_default();
    let cookie = account::change_password(
        &visit.ctx,
        &way.snap,
        way.cookie.as_deref(),
        text("current_password"),
        text("password"),
        text("password_confirmation"),
        form.flag("end_others"),
        &visit.client,
    );
    Ok(cookie.await?)
}

fn page(visit: &Visit, way: &Way, state: FormState) -> Answer {
    let (cancel, least) = (way.path("/account"), way.snap.tenant.settings().password_min_length);
    let card = Card::new(visit, way.brand(), say!(visit.locale, "account-password")).form(&state);
    card.answer(move || {
        view! {
            <Form state>
                <PasswordField name="current_password" label=tr!("password-current") autocomplete="current-password" />
                <PasswordField
                    name="password"
                    label=tr!("password-new")
                    help=tr!("password-help", min = least)
                    autocomplete="new-password"
                />
                <PasswordField name="password_confirmation" label=tr!("password-again") autocomplete="new-password" />
                <CheckboxField name="end_others" label=tr!("account-end-others") help=tr!("account-end-others-help") />
                <SubmitBar label=tr!("account-password") cancel />
            </Form>
        }
    })
}
