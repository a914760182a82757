//! An existing trusted issuer.

use leptos::prelude::*;
use model::spec::TrustedIssuerSpec;
use model::{FormData, Role};
use service::console::Done;
use service::console::last_change::Of;

use super::fields::{FIELDS, TrustedIssuerFields};
use super::one::{self, Found};
use crate::console::told::told;
use crate::console::{Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let found = Found::load(&visit).await?;
    let state = FormState::editing(found.spec.to_form(), found.place.view.stored.version);
    Ok(page(&visit, found, state))
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let found = Found::load(&visit).await?;
    match save(&visit, &found, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "trusted-issuer-saved", &[]).undo(found.place.slug(), &done)),
        Err(error) => {
            let stored = &found.place.view.stored;
            let state = FormState::refused(form, error)?.beside(&found.spec.to_form(), stored.version, &[]);
            let state = told(state, &visit, &found.place, Of::Configuration(&stored.id)).await?;
            Ok(page(&visit, found, state))
        }
    }
}

async fn save(visit: &Visit, found: &Found, form: &FormData) -> Result<Done, PageError> {
    found.place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let spec = TrustedIssuerSpec::from_form(form)?;
    let mut all = found.all();
    if let Some(one) = all.get_mut(found.index) {
        *one = spec;
    }
    Ok(one::save(visit, &found.place, version(form)?, all).await?)
}

fn page(visit: &Visit, found: Found, state: FormState) -> Answer {
    let (own, above) = (found.path(), found.place.path("/settings"));
    let Found { place, spec, .. } = found;
    let sheet = Sheet::within(visit, &place, Tab::Settings, spec.issuer)
        .also(
            place.may_own() || !place.view.built_in,
            place.log_of(&place.view.stored.id),
            say!(visit.locale, "history"),
            "history",
        )
        .also(place.may_edit(), format!("{own}/delete"), say!(visit.locale, "delete"), "trash-2")
        .form(&state)
        .narrow();
    sheet.answer(move || {
        let read_only = !place.may_edit();
        view! {
            <Form state read_only>
                <TrustedIssuerFields exists=true />
                <SubmitBar label=tr!("save") cancel=above absent=read_only />
            </Form>
        }
    })
}
