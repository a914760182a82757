//! A new claim.

use leptos::prelude::*;
use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, Role, name, naming};
use service::console::{Made, claims};

use super::fields::{ClaimFields, FIELDS, SCOPE};
use crate::console::applications::any_application;
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
            let (label, way) = next_step(&visit, &place, &made.spec.name, form.trimmed(SCOPE)).await?;
            let (scope, to) = (form.trimmed(SCOPE), place.path("/scopes"));
            let args = [("name", made.spec.name.as_str()), ("scope", scope)];
            let answer = if scope.is_empty() {
                Answer::done(to, "claim-created", &args[..1])
            } else {
                Answer::done(to, "claim-created-in-scope", &args)
            };
            Ok(answer.undo(place.slug(), &made.done).next(label, &way))
        }
        Err(error) => Ok(page(&visit, &place, FormState::refused(form, error)?)),
    }
}

async fn create(visit: &Visit, place: &Place, form: &FormData) -> Result<Made<ClaimSpec>, PageError> {
    place.require(Role::Editor)?;
    only(form, &[&FIELDS[..], &[SCOPE]].concat())?;
    let (ctx, actor, slug, scope) = (&visit.ctx, &place.actor, place.slug(), form.trimmed(SCOPE));
    let mut errors = FieldErrors::default();
    if !scope.is_empty() {
        errors.check(SCOPE, name::scope(scope));
    }
    match ClaimSpec::from_form(&naming::with_title(form)) {
        Err(more) => Err(more.and(errors).into()),
        Ok(_) if !errors.is_empty() => Err(errors.into()),
        Ok(spec) if scope.is_empty() => Ok(claims::create(ctx, actor, slug, spec).await?),
        Ok(spec) => Ok(claims::create_in_scope(ctx, actor, slug, spec, scope).await?),
    }
}

/// Where to go from a new claim: into a scope; from there to an application, or on with the first steps.
async fn next_step(
    visit: &Visit,
    place: &Place,
    claim: &str,
    scope: &str,
) -> Result<(&'static str, String), PageError> {
    if scope.is_empty() {
        return Ok(("claim-into-scope", place.path(&format!("/scopes/identity/new?claim={}", escape(claim)))));
    }
    Ok(if any_application(visit, place).await? {
        ("scope-allow", place.path("/applications"))
    } else {
        ("first-steps-title", place.path(""))
    })
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
