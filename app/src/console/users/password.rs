//! Giving a user a new password. Their sessions end.

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem, Role};
use service::console::{UserView, users};

use super::called;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, PasswordField, SubmitBar, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let (place, user) = load(&visit).await?;
    Ok(page(&visit, &place, &user, FormState::default()))
}

/// Sets it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, user) = load(&visit).await?;
    match save(&visit, &place, &user, &form).await {
        Ok(()) => Ok(Answer::done(place.object("users", &user.id), "user-password-set", &[])),
        Err(error) => Ok(page(&visit, &place, &user, FormState::refused(form, error)?)),
    }
}

async fn load(visit: &Visit) -> Result<(Place, UserView), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    Ok((place, user))
}

async fn save(visit: &Visit, place: &Place, user: &UserView, form: &FormData) -> Result<(), PageError> {
    only(form, &["password", "password_confirmation"])?;
    let password = form.get("password").unwrap_or_default();
    if form.get("password_confirmation") != Some(password) {
        return Err(FieldErrors::one("password_confirmation", Problem::new("password-confirmation")).into());
    }
    users::set_password(&visit.ctx, &place.actor, place.slug(), &user.id, password).await?;
    Ok(())
}

fn page(visit: &Visit, place: &Place, user: &UserView, state: FormState) -> Answer {
    let (own, least) = (place.object("users", &user.id), place.view.stored.spec.password_min_length);
    let name = called(user);
    let title = say!(visit.locale, "user-set-password-title", name = name.as_str());
    let sheet = Sheet::within(visit, place, Tab::Users, title)
        .below(&own, name)
        .lead(say!(visit.locale, "user-set-password-text"))
        .form(&state)
        .narrow();
    sheet.answer(move || {
        view! {
            <Form state>
                <PasswordField
                    name="password"
                    label=tr!("password-new")
                    help=tr!("user-set-password-help", min = least)
                    autocomplete="new-password"
                />
                <PasswordField name="password_confirmation" label=tr!("password-again") autocomplete="new-password" />
                <SubmitBar label=tr!("user-set-password") cancel=own />
            </Form>
        }
    })
}
