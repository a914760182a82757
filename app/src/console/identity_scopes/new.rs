//! A new identity scope.

use leptos::prelude::*;
use model::spec::{ClaimSpec, IdentityScopeSpec};
use model::{FormData, Role, naming};
use service::console::{Made, choices, identity_scopes};

use super::fields::{FIELDS, ScopeFields};
use crate::console::applications::way_to_allow;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form, with those claims ticked that the address names.
pub async fn show(visit: Visit) -> PageResult {
    let (place, claims) = load(&visit).await?;
    let mut form = FormData::default();
    visit.query.all("claim").into_iter().for_each(|claim| form.push("claims", claim));
    Ok(page(&visit, &place, claims, FormState::opened(form)))
}

/// Creates it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, claims) = load(&visit).await?;
    match create(&visit, &place, &form).await {
        Ok(made) => {
            let (label, way) = way_to_allow(&visit, &place, "allowed_identity_scopes", &[&made.spec.name]).await?;
            let answer = Answer::done(place.path("/scopes"), "identity-scope-created", &[("name", &made.spec.name)]);
            Ok(answer.undo(place.slug(), &made.done).next(label, &way))
        }
        Err(error) => Ok(page(&visit, &place, claims, FormState::refused(form, error)?)),
    }
}

async fn load(visit: &Visit) -> Result<(Place, Vec<ClaimSpec>), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let claims = choices::all(&visit.ctx, &place.actor, place.slug()).await?.claims;
    Ok((place, claims))
}

async fn create(visit: &Visit, place: &Place, form: &FormData) -> Result<Made<IdentityScopeSpec>, PageError> {
    only(form, &FIELDS)?;
    let spec = IdentityScopeSpec::from_form(&naming::with_title(form))?;
    Ok(identity_scopes::create(&visit.ctx, &place.actor, place.slug(), spec).await?)
}

fn page(visit: &Visit, place: &Place, claims: Vec<ClaimSpec>, state: FormState) -> Answer {
    let cancel = place.path("/scopes");
    let sheet = Sheet::within(visit, place, Tab::Scopes, say!(visit.locale, "identity-scopes-new")).form(&state);
    sheet.narrow().answer(move || {
        view! {
            <Form state>
                <ScopeFields exists=false claims />
                <SubmitBar label=tr!("save") cancel sticky=true />
            </Form>
        }
    })
}
