//! One more application like this one, under another name.

use leptos::prelude::*;
use model::spec::ApplicationSpec;
use model::{FormData, Role, naming};
use service::console::applications::{self, ApplicationView};
use service::console::{Created, duplicate};

use super::playground;
use crate::console::words::or_made;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, TextField, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

const FIELDS: [&str; 2] = ["name", "client_id"];

/// The form, with names to begin from.
pub async fn show(visit: Visit) -> PageResult {
    let (place, found) = load(&visit).await?;
    let spec = &found.stored.spec;
    let name = say!(visit.locale, "application-copy-name", name = spec.name.as_str());
    let form = FormData::default().with("name", name).with("client_id", format!("{}-copy", spec.client_id));
    Ok(page(&visit, &place, &found, FormState::opened(form)))
}

/// Registers it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, found) = load(&visit).await?;
    let made_form = naming::with_identifier(&form, "client_id");
    match copy(&visit, &place, &made_form).await {
        Ok(made) => {
            let to = place.object("applications", &made.stored.id);
            let args = [("name", made.stored.spec.name.as_str())];
            let answer = match made.secret {
                Some(secret) => {
                    Answer::done_with_secret(to, "application-created", &args, "application-secret", &secret)
                }
                None => Answer::done(to, "application-created", &args),
            };
            let try_it_out = playground::path(&place, &made.stored.id);
            Ok(answer.undo(place.slug(), &made.done).next("playground-open", &try_it_out))
        }
        Err(error) => {
            let state = FormState::refused(form, error)?.with_made("client_id", &made_form);
            Ok(page(&visit, &place, &found, state))
        }
    }
}

async fn load(visit: &Visit) -> Result<(Place, ApplicationView), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let found = applications::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    Ok((place, found))
}

async fn copy(
    visit: &Visit,
    place: &Place,
    form: &FormData,
) -> Result<Created<ApplicationSpec, Option<String>>, PageError> {
    only(form, &FIELDS)?;
    let (client_id, name) = (form.trimmed("client_id").to_owned(), form.trimmed("name").to_owned());
    let (ctx, actor, id) = (&visit.ctx, &place.actor, visit.param("id"));
    Ok(duplicate::application(ctx, actor, place.slug(), id, client_id, name).await?)
}

fn page(visit: &Visit, place: &Place, found: &ApplicationView, state: FormState) -> Answer {
    let l = visit.locale;
    let own = place.object("applications", &found.stored.id);
    let name = found.stored.spec.name.clone();
    let title = say!(l, "application-duplicate-title", name = name.as_str());
    let sheet = Sheet::within(visit, place, Tab::Applications, title)
        .below(&own, name)
        .lead(say!(l, "application-duplicate-text"))
        .form(&state)
        .narrow();
    sheet.answer(move || {
        view! {
            <Form state>
                <TextField name="name" label=tr!("field-name") help=tr!("application-name-help") autofocus=true />
                <TextField
                    name="client_id"
                    label=tr!("application-client-id")
                    help=or_made(&tr!("application-client-id-help"))
                    code=true
                    optional=true
                />
                <SubmitBar label=tr!("application-duplicate") cancel=own />
            </Form>
        }
    })
}
