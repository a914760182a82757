//! A new application. Its secret, where it has one, is shown on the page after.

use leptos::prelude::*;
use model::spec::{ApplicationDefaults, ApplicationSpec};
use model::{FormData, PageRequest, Role, naming};
use service::console::{Created, applications, users};

use super::fields::{ApplicationFields, SECTIONS, Unusual, only};
use super::options::Options;
use super::playground;
use crate::components::Toc;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form with the defaults.
pub async fn show(visit: Visit) -> PageResult {
    let (place, options) = load(&visit).await?;
    let mut form = defaults(&place).new_application().to_form();
    for field in ["allowed_identity_scopes", "allowed_api_scopes", "allowed_authorization_details_types"] {
        visit.query.all(field).into_iter().for_each(|scope| form.push(field, scope));
    }
    Ok(page(&visit, &place, options, FormState::opened(form)))
}

/// Creates it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, options) = load(&visit).await?;
    let made_form = naming::with_identifier(&form, "client_id");
    match create(&visit, &place, &made_form).await {
        Ok(made) => {
            let to = place.object("applications", &made.stored.id);
            let args = [("name", made.stored.spec.name.as_str())];
            let answer = match made.secret {
                Some(secret) => {
                    Answer::done_with_secret(to, "application-created", &args, "application-secret", &secret)
                }
                None => Answer::done(to, "application-created", &args),
            };
            let (label, way) = next_step(&visit, &place, &made.stored.id).await?;
            Ok(answer.undo(place.slug(), &made.done).next(label, &way))
        }
        Err(error) => {
            let state = FormState::refused(form, error)?.with_made("client_id", &made_form);
            Ok(page(&visit, &place, options, state))
        }
    }
}

/// Where to go from a new application: somebody is needed to try it with.
async fn next_step(visit: &Visit, place: &Place, id: &str) -> Result<(&'static str, String), PageError> {
    let any = PageRequest { size: 1, ..PageRequest::default() };
    let found = users::page(&visit.ctx, &place.actor, place.slug(), &any).await?;
    Ok(if found.items.is_empty() {
        ("users-new", place.path("/users/new"))
    } else {
        ("playground-open", playground::path(place, id))
    })
}

async fn load(visit: &Visit) -> Result<(Place, Options), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let options = Options::load(visit, &place).await?;
    Ok((place, options))
}

/// What the subscription's settings say of new applications.
fn defaults(place: &Place) -> &ApplicationDefaults {
    &place.view.stored.spec.application_defaults
}

async fn create(
    visit: &Visit,
    place: &Place,
    form: &FormData,
) -> Result<Created<ApplicationSpec, Option<String>>, PageError> {
    only(form)?;
    let spec = ApplicationSpec::from_form(&defaults(place).complete(form))?;
    Ok(applications::create(&visit.ctx, &place.actor, place.slug(), spec).await?)
}

fn page(visit: &Visit, place: &Place, options: Options, state: FormState) -> Answer {
    let (cancel, new_connection) = (place.path("/applications"), Some(place.path("/connections/new")));
    let unheld = options.unheld(&state.data);
    let unusual = Unusual::of(&state.data);
    let sheet = Sheet::within(visit, place, Tab::Applications, say!(visit.locale, "applications-new")).form(&state);
    sheet.answer(move || {
        let contents = SECTIONS.map(|(id, name)| (id.to_owned(), tr!(name)));
        view! {
            <div class="with-toc">
                <Toc entries=contents.to_vec() />
                <div class="stack">
                    <Form state>
                        <ApplicationFields unusual existing=None options meter=None unheld new_connection />
                        <SubmitBar label=tr!("save") cancel sticky=true />
                    </Form>
                </div>
            </div>
        }
    })
}
