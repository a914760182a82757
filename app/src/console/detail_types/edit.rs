//! An existing type of authorization details.

use leptos::prelude::*;
use model::spec::DetailTypeSpec;
use model::{FormData, Problem, Role};
use service::console::Done;
use service::console::last_change::Of;

use super::fields::{DetailTypeFields, FIELDS};
use super::one::{self, Found};
use crate::console::told::told;
use crate::console::{Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, fixed, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let found = Found::load(&visit).await?;
    let state = FormState::editing(found.spec.to_form(), found.connection.version);
    Ok(page(&visit, found, state))
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let found = Found::load(&visit).await?;
    match save(&visit, &found, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "detail-type-saved", &[]).undo(found.place.slug(), &done)),
        Err(error) => {
            let state =
                FormState::refused(form, error)?.beside(&found.spec.to_form(), found.connection.version, &["type"]);
            let state = told(state, &visit, &found.place, Of::Configuration(&found.connection.id)).await?;
            Ok(page(&visit, found, state))
        }
    }
}

async fn save(visit: &Visit, found: &Found, form: &FormData) -> Result<Done, PageError> {
    found.place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let spec = DetailTypeSpec::from_form(&fixed(form.clone(), &found.spec.to_form(), &["type"]))?;
    // Tokens and applications know it by its name.
    if spec.name != found.spec.name {
        return Err(service::Error::field("type", Problem::new("immutable")).into());
    }
    let mut types = found.connection.spec.authorization_details_types.clone();
    if let Some(one) = types.get_mut(found.index) {
        *one = spec;
    }
    Ok(one::save(visit, &found.place, &found.connection, version(form)?, types).await?)
}

fn page(visit: &Visit, found: Found, state: FormState) -> Answer {
    let (own, above) = (found.path(), found.place.object("connections", &found.connection.id));
    let Found { place, connection, spec, .. } = found;
    let sheet = Sheet::within(visit, &place, Tab::Connections, spec.display_name)
        .named(spec.name)
        .below(&above, connection.spec.display_name)
        .also(true, place.log_of(&connection.id), say!(visit.locale, "history"), "history")
        .also(place.may_edit(), format!("{own}/delete"), say!(visit.locale, "delete"), "trash-2")
        .form(&state)
        .narrow();
    sheet.answer(move || {
        let read_only = !place.may_edit();
        view! {
            <Form state read_only>
                <DetailTypeFields exists=true />
                <SubmitBar label=tr!("save") cancel=above absent=read_only />
            </Form>
        }
    })
}
