//! A new user.

use leptos::prelude::*;
use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, Role};
use service::console::{NewUser, applications, claims, users};

use super::fields::{Claims, Names, field_names, is_typed, read_claims};
use crate::console::applications::playground;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, PasswordField, SubmitBar, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let (place, claims) = load(&visit).await?;
    Ok(page(&visit, &place, claims, FormState::opened(FormData::default())))
}

/// Creates the user.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, claims) = load(&visit).await?;
    match create(&visit, &place, &claims, &form).await {
        Ok(id) => {
            let answer = Answer::done(place.object("users", &id), "user-created", &[]);
            Ok(match to_try_out(&visit, &place).await {
                Some(application) => answer.next("playground-open", &playground::path(&place, &application)),
                None => answer,
            })
        }
        Err(error) => Ok(page(&visit, &place, claims, FormState::refused(form, error)?)),
    }
}

/// An application to try the user with. The user is there, whatever becomes of this.
async fn to_try_out(visit: &Visit, place: &Place) -> Option<String> {
    if place.view.built_in {
        return None;
    }
    applications::to_try_out(&visit.ctx, &place.actor, place.slug()).await.ok().flatten()
}

async fn load(visit: &Visit) -> Result<(Place, Vec<ClaimSpec>), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let claims = claims::all(&visit.ctx, &place.actor, place.slug()).await?;
    Ok((place, claims.into_iter().map(|c| c.spec).filter(is_typed).collect()))
}

async fn create(visit: &Visit, place: &Place, claims: &[ClaimSpec], form: &FormData) -> Result<String, PageError> {
    let names = field_names(claims, &["password"]);
    only(form, &names.iter().map(String::as_str).collect::<Vec<_>>())?;
    let (user, unreadable) = read(claims, form);
    let (ctx, actor, slug) = (&visit.ctx, &place.actor, place.slug());
    if !unreadable.is_empty() {
        return Err(users::check_new(ctx, actor, slug, &user).await?.and(unreadable).into());
    }
    Ok(users::create(ctx, actor, slug, user).await?)
}

fn read(claims: &[ClaimSpec], form: &FormData) -> (NewUser, FieldErrors) {
    let (values, unreadable) = read_claims(claims, form);
    let user = NewUser {
        username: form.optional("username"),
        email: form.optional("email"),
        email_verified: form.flag("email_verified"),
        // A password is taken as typed, spaces at its ends included.
        password: form.get("password").filter(|p| !p.is_empty()).map(str::to_owned),
        claims: values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
    };
    (user, unreadable)
}

fn page(visit: &Visit, place: &Place, claims: Vec<ClaimSpec>, state: FormState) -> Answer {
    let (cancel, least) = (place.path("/users"), place.view.stored.spec.password_min_length);
    let sheet = Sheet::within(visit, place, Tab::Users, say!(visit.locale, "users-new")).form(&state).narrow();
    let data = state.data.clone();
    sheet.answer(move || {
        view! {
            <Form state>
                <Names fresh=true />
                <PasswordField
                    name="password"
                    label=tr!("user-password")
                    help=tr!("user-password-new-help", min = least)
                    autocomplete="new-password"
                    optional=true
                />
                <Claims claims data />
                <SubmitBar label=tr!("save") cancel sticky=true />
            </Form>
        }
    })
}
