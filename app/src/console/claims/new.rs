//! A new claim.

use leptos::prelude::*;
use model::spec::ClaimSpec;
use model::{FormData, Role, naming};
use service::console::{Made, claims};

use super::fields::{ClaimFields, FIELDS};
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only};
use crate::list::escape;
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    place.require(Role::Editor)?;
    Ok(page(&visit, &place, FormState::opened(ClaimSpec::default().to_form())))
}

/// Creates it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let place = Place::of(&visit).await?;
    match create(&visit, &place, &form).await {
        Ok(made) => {
            let scope = place.path(&format!("/scopes/identity/new?claim={}", escape(&made.spec.name)));
            let answer = Answer::done(place.path("/scopes"), "claim-created", &[("name", &made.spec.name)]);
            Ok(answer.undo(place.slug(), &made.done).next("claim-into-scope", &scope))
        }
        Err(error) => Ok(page(&visit, &place, FormState::refused(form, error)?)),
    }
}

async fn create(visit: &Visit, place: &Place, form: &FormData) -> Result<Made<ClaimSpec>, PageError> {
    place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let spec = ClaimSpec::from_form(&naming::with_title(form))?;
    Ok(claims::create(&visit.ctx, &place.actor, place.slug(), spec).await?)
}

fn page(visit: &Visit, place: &Place, state: FormState) -> Answer {
    let cancel = place.path("/scopes");
    let pattern = state.data.trimmed("pattern").to_owned();
    let sheet = Sheet::within(visit, place, Tab::Scopes, say!(visit.locale, "claims-new")).form(&state).narrow();
    sheet.answer(move || {
        view! {
            <Form state>
                <ClaimFields exists=false pattern />
                <SubmitBar label=tr!("save") cancel sticky=true />
            </Form>
        }
    })
}
