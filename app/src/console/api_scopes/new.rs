//! A new API scope.

use leptos::prelude::*;
use model::spec::{ApiConnectionSpec, ApiScopeSpec};
use model::{FieldErrors, FormData, Problem, Role, Stored, naming};
use service::console::{Made, api_connections, api_scopes};

use super::fields::{FIELDS, ScopeFields};
use crate::console::applications::way_to_allow;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form, with the beginning of a name.
pub async fn show(visit: Visit) -> PageResult {
    let (place, connection) = load(&visit).await?;
    let form = FormData::default().with("name", beginning(&connection));
    Ok(page(&visit, &place, &connection, FormState::opened(form)))
}

/// Creates it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, connection) = load(&visit).await?;
    match create(&visit, &place, &connection, &form).await {
        Ok(made) => {
            let (label, way) = way_to_allow(&visit, &place, "allowed_api_scopes", &[&made.spec.name]).await?;
            let to = place.object("connections", &connection.id);
            let answer = Answer::done(to, "api-scope-created", &[("name", &made.spec.name)]);
            Ok(answer.undo(place.slug(), &made.done).next(label, &way))
        }
        Err(error) => Ok(page(&visit, &place, &connection, FormState::refused(form, error)?)),
    }
}

/// How the names of a connection's scopes begin.
fn beginning(connection: &Stored<ApiConnectionSpec>) -> String {
    format!("{}-", connection.spec.name)
}

async fn load(visit: &Visit) -> Result<(Place, Stored<ApiConnectionSpec>), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let connection = api_connections::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?.stored;
    Ok((place, connection))
}

async fn create(
    visit: &Visit,
    place: &Place,
    connection: &Stored<ApiConnectionSpec>,
    form: &FormData,
) -> Result<Made<ApiScopeSpec>, PageError> {
    only(form, &FIELDS)?;
    if form.trimmed("name") == beginning(connection) {
        return Err(FieldErrors::one("name", Problem::new("name-begun")).into());
    }
    let spec = ApiScopeSpec::from_form(&naming::with_title(form))?;
    Ok(api_scopes::create(&visit.ctx, &place.actor, place.slug(), &connection.id, spec).await?)
}

fn page(visit: &Visit, place: &Place, connection: &Stored<ApiConnectionSpec>, state: FormState) -> Answer {
    let own = place.object("connections", &connection.id);
    let sheet = Sheet::within(visit, place, Tab::Connections, say!(visit.locale, "api-scopes-new"))
        .below(&own, connection.spec.display_name.as_str())
        .form(&state)
        .narrow();
    sheet.answer(move || {
        view! {
            <Form state>
                <ScopeFields exists=false />
                <SubmitBar label=tr!("save") cancel=own />
            </Form>
        }
    })
}
