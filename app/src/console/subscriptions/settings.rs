//! A subscription's own settings.

use leptos::prelude::*;
use model::spec::{ApplicationDefaults, ClientRegistrationSpec};
use model::{FormData, Role};
use service::console::last_change::Of;
use service::console::{Counts, Done, subscriptions};

use super::client_registration::{ClientRegistration, TOKENS};
use super::new_applications::NewApplications;
use crate::console::told::told;
use crate::console::trusted_issuers::TrustedIssuers;
use crate::console::words::{self, Danger, DangerZone};
use crate::console::{Place, Sheet, Tab};
use crate::form::{CheckboxField, Form, FormState, LifetimeField, SubmitBar, TextField, fixed, only, version};
use crate::i18n::locale;
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// What it changes, beside [`ApplicationDefaults::FIELDS`].
const FIELDS: [&str; 6] = [
    "name",
    "registration",
    "session_management",
    "session_idle_lifetime",
    "session_absolute_lifetime",
    "password_min_length",
];
/// What a settings form does not change.
const FIXED: [&str; 2] = ["slug", "scope_preset"];

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let stored = &place.view.stored;
    let state = FormState::editing(stored.spec.to_form(), stored.version);
    let counts = subscriptions::counts(&visit.ctx, &place.actor, place.slug()).await?;
    Ok(page(&visit, &place, state, counts))
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let place = Place::of(&visit).await?;
    let stored = &place.view.stored;
    match save(&visit, &place, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "saved", &[]).undo(place.slug(), &done)),
        Err(error) => {
            let state = FormState::refused(form, error)?.beside(&stored.spec.to_form(), stored.version, &FIXED);
            let state = told(state, &visit, &place, Of::Configuration(&stored.id)).await?;
            let counts = subscriptions::counts(&visit.ctx, &place.actor, place.slug()).await?;
            Ok(page(&visit, &place, state, counts))
        }
    }
}

async fn save(visit: &Visit, place: &Place, form: &FormData) -> Result<Done, PageError> {
    place.require(Role::Editor)?;
    only(form, &[&FIELDS[..], &ApplicationDefaults::FIELDS, &ClientRegistrationSpec::FIELDS, &FIXED].concat())?;
    let stored = &place.view.stored.spec;
    let mut spec = stored.from_settings_form(&fixed(form.clone(), &stored.to_form(), &FIXED))?;
    spec.slug = form.optional("slug").unwrap_or(spec.slug);
    Ok(subscriptions::update(&visit.ctx, &place.actor, place.slug(), version(form)?, spec).await?)
}

fn page(visit: &Visit, place: &Place, state: FormState, counts: Counts) -> Answer {
    let place = place.clone();
    let sheet = Sheet::of(visit, &place, Tab::Settings, say!(visit.locale, "nav-settings"))
        .also(
            place.may_own() || !place.view.built_in,
            place.log_of(&place.view.stored.id),
            say!(visit.locale, "history"),
            "history",
        )
        .form(&state)
        .narrow();
    sheet.answer(move || {
        let read_only = !place.may_edit();
        let tokens = (!place.view.built_in).then(|| place.path(TOKENS));
        let issuers = (!place.view.built_in).then(|| view! { <TrustedIssuers place=place.clone() /> });
        view! {
            <Form state read_only>
                <TextField name="name" label=tr!("field-name") help=tr!("subscription-name-help") />
                <TextField name="slug" label=tr!("subscription-slug") help=tr!("field-immutable") code=true fixed=true />
                <CheckboxField
                    name="registration"
                    label=tr!("subscription-registration")
                    help=tr!("subscription-registration-help")
                />
                <CheckboxField
                    name="session_management"
                    label=tr!("subscription-session-management")
                    help=tr!("subscription-session-management-help")
                />
                <LifetimeField
                    name="session_idle_lifetime"
                    label=tr!("subscription-session-idle")
                    help=tr!("subscription-session-idle-help")
                />
                <LifetimeField
                    name="session_absolute_lifetime"
                    label=tr!("subscription-session-absolute")
                    help=tr!("subscription-session-absolute-help")
                />
                <TextField
                    name="password_min_length"
                    label=tr!("subscription-password-length")
                    help=tr!("subscription-password-length-help")
                    inputmode="numeric"
                />
                {tokens
                    .map(|tokens| {
                        view! {
                            <ClientRegistration tokens />
                            <NewApplications />
                        }
                    })}
                <SubmitBar label=tr!("save") absent=read_only />
            </Form>
            {issuers}
            <DangerZone actions=dangers(&place, counts) />
        }
    })
}

fn dangers(place: &Place, counts: Counts) -> Vec<Danger> {
    if place.view.built_in || !place.may_edit() {
        return Vec::new();
    }
    let switch = if place.view.stored.is_enabled() {
        Danger::mild(tr!("subscription-disable-help"), place.path("/settings/disable"), tr!("disable"))
    } else {
        Danger::mild(tr!("subscription-enable-help"), place.path("/settings/enable"), tr!("enable"))
    };
    let mut dangers = vec![switch];
    if place.may_own() {
        let (applications, users) = (counts.applications, words::users(locale(), counts.users));
        let text = tr!("subscription-delete-text", applications = applications, count = counts.users, users = users);
        dangers.push(Danger::grave(text, place.path("/settings/delete"), tr!("subscription-delete")));
    }
    dangers
}
