//! A new trusted issuer.

use leptos::prelude::*;
use model::spec::TrustedIssuerSpec;
use model::{FormData, Role};
use service::console::Done;

use super::fields::{FIELDS, TrustedIssuerFields};
use super::one;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    place.require(Role::Editor)?;
    Ok(page(&visit, &place, FormState::opened(TrustedIssuerSpec::default().to_form())))
}

/// Adds it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let place = Place::of(&visit).await?;
    match create(&visit, &place, &form).await {
        Ok((issuer, done)) => {
            let answer = Answer::done(place.path("/settings"), "trusted-issuer-created", &[("name", &issuer)]);
            Ok(answer.undo(place.slug(), &done).next("trusted-issuer-grant", &place.path("/applications")))
        }
        Err(error) => Ok(page(&visit, &place, FormState::refused(form, error)?)),
    }
}

async fn create(visit: &Visit, place: &Place, form: &FormData) -> Result<(String, Done), PageError> {
    place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let spec = TrustedIssuerSpec::from_form(form)?;
    let (issuer, stored) = (spec.issuer.clone(), &place.view.stored);
    let all = stored.spec.trusted_issuers.iter().cloned().chain([spec]).collect();
    Ok((issuer, one::save(visit, place, stored.version, all).await?))
}

fn page(visit: &Visit, place: &Place, state: FormState) -> Answer {
    let above = place.path("/settings");
    let sheet = Sheet::within(visit, place, Tab::Settings, say!(visit.locale, "trusted-issuers-new"))
        .lead(say!(visit.locale, "trusted-issuers-lead"))
        .form(&state)
        .narrow();
    sheet.answer(move || {
        view! {
            <Form state>
                <TrustedIssuerFields exists=false />
                <SubmitBar label=tr!("save") cancel=above />
            </Form>
        }
    })
}
