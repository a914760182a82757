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
        Ok(made) => {
            let to = place.object("connections", &made.stored.id);
            let (name, lines) = (made.stored.spec.name.as_str(), form.lines("scopes"));
            let names: Vec<&str> = lines.iter().map(|line| scope_name(line)).collect();
            let scopes = std::iter::once(name).chain(names.iter().copied().filter(|own| *own != name));
            let scopes = scopes.collect::<Vec<_>>().join(", ");
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

/// The name on a line of scopes.
fn scope_name(line: &str) -> &str {
    line.split('=').next().unwrap_or_default().trim()
}

async fn create(visit: &Visit, place: &Place, form: &FormData) -> Result<Created<ApiConnectionSpec>, PageError> {
    place.require(Role::Editor)?;
    only(form, &["name", "display_name", "scopes"])?;
    let spec = ApiConnectionSpec::from_new_form(form)?;
    Ok(api_connections::create(&visit.ctx, &place.actor, place.slug(), spec).await?)
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
