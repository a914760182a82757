//! A new type of authorization details.

use leptos::prelude::*;
use model::spec::{ApiConnectionSpec, DetailTypeSpec};
use model::{FormData, Role, Stored};
use service::console::Done;

use super::fields::{DetailTypeFields, FIELDS};
use super::one;
use crate::console::applications::way_to_allow;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let (place, connection) = one::connection(&visit).await?;
    place.require(Role::Editor)?;
    Ok(page(&visit, &place, &connection, FormState::opened(FormData::default())))
}

/// Creates it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, connection) = one::connection(&visit).await?;
    match create(&visit, &place, &connection, &form).await {
        Ok((name, done)) => {
            let (label, way) =
                way_to_allow(&visit, &place, "allowed_authorization_details_types", &[name.as_str()]).await?;
            let to = place.object("connections", &connection.id);
            let answer = Answer::done(to, "detail-type-created", &[("name", &name)]);
            Ok(answer.undo(place.slug(), &done).next(label, &way))
        }
        Err(error) => Ok(page(&visit, &place, &connection, FormState::refused(form, error)?)),
    }
}

async fn create(
    visit: &Visit,
    place: &Place,
    connection: &Stored<ApiConnectionSpec>,
    form: &FormData,
) -> Result<(String, Done), PageError> {
    place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let spec = DetailTypeSpec::from_form(form)?;
    let name = spec.name.clone();
    let types = connection.spec.authorization_details_types.iter().cloned().chain([spec]).collect();
    Ok((name, one::save(visit, place, connection, connection.version, types).await?))
}

fn page(visit: &Visit, place: &Place, connection: &Stored<ApiConnectionSpec>, state: FormState) -> Answer {
    let own = place.object("connections", &connection.id);
    let sheet = Sheet::within(visit, place, Tab::Connections, say!(visit.locale, "detail-types-new"))
        .below(&own, connection.spec.display_name.as_str())
        .form(&state)
        .narrow();
    sheet.answer(move || {
        view! {
            <Form state>
                <DetailTypeFields exists=false />
                <SubmitBar label=tr!("save") cancel=own />
            </Form>
        }
    })
}
