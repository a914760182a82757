//! A new API connection. Its first secret is shown on the page after.

use leptos::prelude::*;
use model::spec::ApiConnectionSpec;
use model::{FormData, Role};
use service::console::Created;
use service::console::api_connections;

use crate::console::applications::way_to_allow;
use crate::console::words::or_made;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, TextArea, TextField, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    place.require(Role::Editor)?;
    Ok(page(&visit, &place, FormState::opened(FormData::default())))
}

/// Creates it, with the scope of its own name.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let place = Place::of(&visit).await?;
    match create(&visit, &place, &form).await {
        Ok((made, names)) => {
            let to = place.object("connections", &made.stored.id);
            let name = made.stored.spec.name.as_str();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let scopes = [&[name], names.as_slice()].concat().join(", ");
            let args = [("name", name), ("count", if names.is_empty() { "1" } else { "2" }), ("scopes", &scopes)];
            let answer = Answer::done_with_secret(to, "connection-created", &args, "connection-secret", &made.secret);
            let answer = answer.undo(place.slug(), &made.done);
            if names.is_empty() {
                return Ok(answer);
            }
            let (label, way) = way_to_allow(&visit, &place, "allowed_api_scopes", &names).await?;
            Ok(answer.next(label, &way))
        }
        Err(error) => Ok(page(&visit, &place, FormState::refused(form, error)?)),
    }
}

/// The connection, and the names of its scopes besides the one of its own name.
async fn create(
    visit: &Visit,
    place: &Place,
    form: &FormData,
) -> Result<(Created<ApiConnectionSpec>, Vec<String>), PageError> {
    place.require(Role::Editor)?;
    only(form, &["name", "display_name", "resource", "scopes"])?;
    let spec = ApiConnectionSpec::from_new_form(form)?;
    let names = spec.scopes.iter().map(|scope| scope.name.clone()).collect();
    Ok((api_connections::create(&visit.ctx, &place.actor, place.slug(), spec).await?, names))
}

fn page(visit: &Visit, place: &Place, state: FormState) -> Answer {
    let cancel = place.path("/connections");
    let sheet = Sheet::within(visit, place, Tab::Connections, say!(visit.locale, "connections-new")).form(&state);
    sheet.narrow().answer(move || {
        view! {
            <Form state>
                <TextField name="name" label=tr!("field-name") help=tr!("connection-name-help") code=true autofocus=true />
                <TextField
                    name="display_name"
                    label=tr!("field-display-name")
                    help=or_made(&tr!("connection-display-name-help"))
                    optional=true
                />
                <TextField
                    name="resource"
                    label=tr!("connection-resource")
                    help=tr!("connection-resource-help")
                    code=true
                    optional=true
                />
                <TextArea
                    name="scopes"
                    label=tr!("api-scopes-title")
                    help=tr!("connection-scopes-help")
                    code=true
                    optional=true
                />
                <SubmitBar label=tr!("save") cancel />
            </Form>
        }
    })
}
