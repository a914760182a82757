//! An existing API connection: its words, its API scopes, its secrets.

use leptos::prelude::*;
use model::spec::{ApiConnectionSpec, ApiScopeSpec, DetailTypeSpec};
use model::{FormData, Role, Stored};
use service::console::Done;
use service::console::api_connections::{self, ConnectionView};
use service::console::last_change::Of;
use service::error::Usage;

use crate::components::Copyable;
use crate::console::keys_fields::{self, KeysFields};
use crate::console::listed::{Listed, Row};
use crate::console::secrets::Secrets;
use crate::console::told::told;
use crate::console::words::UsedBy;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Folded, Form, FormState, SubmitBar, TextField, fixed, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

struct Found {
    place: Place,
    connection: ConnectionView,
    usage: Vec<Usage>,
}

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let found = load(&visit).await?;
    let stored = &found.connection.stored;
    let state = FormState::editing(stored.spec.to_form(), stored.version);
    Ok(page(&visit, found, state))
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let found = load(&visit).await?;
    match save(&visit, &found, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "saved", &[]).undo(found.place.slug(), &done)),
        Err(error) => {
            let stored = &found.connection.stored;
            let state = FormState::refused(form, error)?.beside(&stored.spec.to_form(), stored.version, &["name"]);
            let state = told(state, &visit, &found.place, Of::Configuration(&stored.id)).await?;
            Ok(page(&visit, found, state))
        }
    }
}

async fn load(visit: &Visit) -> Result<Found, PageError> {
    let place = Place::of(visit).await?;
    let id = visit.param("id");
    let connection = api_connections::get(&visit.ctx, &place.actor, place.slug(), id).await?;
    let usage = api_connections::usage(&visit.ctx, &place.actor, place.slug(), id).await?;
    Ok(Found { place, connection, usage })
}

async fn save(visit: &Visit, found: &Found, form: &FormData) -> Result<Done, PageError> {
    found.place.require(Role::Editor)?;
    only(form, &["name", "display_name", "resource", "jwks", "jwks_uri"])?;
    let Found { place, connection, .. } = found;
    let stored = &connection.stored;
    let spec = ApiConnectionSpec::from_form(&fixed(form.clone(), &stored.spec.to_form(), &["name"]))?;
    // They have forms of their own.
    let authorization_details_types = stored.spec.authorization_details_types.clone();
    let spec = ApiConnectionSpec { authorization_details_types, ..spec };
    Ok(api_connections::update(&visit.ctx, &place.actor, place.slug(), &stored.id, version(form)?, spec).await?)
}

fn page(visit: &Visit, found: Found, state: FormState) -> Answer {
    let Found { place, connection, usage } = found;
    let (now, own) = (visit.ctx.now(), place.object("connections", &connection.stored.id));
    let log = place.log_of(&connection.stored.id);
    let sheet = Sheet::within(visit, &place, Tab::Connections, connection.stored.spec.display_name)
        .named(connection.stored.spec.name)
        .also(true, log, say!(visit.locale, "history"), "history")
        .also(place.may_edit(), format!("{own}/delete"), say!(visit.locale, "delete"), "trash-2")
        .form(&state);
    let types = connection.stored.spec.authorization_details_types.clone();
    sheet.answer(move || {
        let read_only = !place.may_edit();
        view! {
            <section class="card stack" aria-label=tr!("section-general")>
                <Form state read_only>
                    <TextField name="name" label=tr!("field-name") help=tr!("field-immutable") code=true fixed=true />
                    <TextField name="display_name" label=tr!("field-display-name") help=tr!("connection-display-name-help") />
                    <TextField
                        name="resource"
                        label=tr!("connection-resource")
                        help=tr!("connection-resource-help")
                        code=true
                        optional=true
                    />
                    <Folded
                        title=tr!("connection-keys")
                        fields=keys_fields::FIELDS.map(str::to_owned).to_vec()
                        open_with=&keys_fields::FIELDS
                    >
                        <p class="muted">{tr!("connection-keys-text")}</p>
                        <KeysFields />
                    </Folded>
                    <SubmitBar label=tr!("save") absent=read_only />
                </Form>
                {connection.metadata_url.map(|url| view! { <Metadata url /> })}
            </section>
            <Scopes own=own.clone() scopes=connection.scopes may_edit=!read_only />
            <DetailTypes own=own.clone() types may_edit=!read_only />
            <Secrets
                title=tr!("connection-secret")
                help=tr!("connection-secret-help")
                secrets=connection.secrets
                own
                now
                may_edit=!read_only
            />
            <UsedBy usage />
        }
    })
}

/// For the API's developer: the document that leads clients here (RFC 9728).
#[component]
fn Metadata(url: String) -> AnyView {
    view! {
        <p class="muted">{tr!("connection-metadata-help")}</p>
        <Copyable value=url what=tr!("connection-metadata") />
    }
    .into_any()
}

#[component]
fn Scopes(own: String, scopes: Vec<Stored<ApiScopeSpec>>, may_edit: bool) -> AnyView {
    let new = may_edit.then(|| (format!("{own}/scopes/new"), tr!("api-scopes-new")));
    let rows = scopes.into_iter().map(|scope| Row {
        to: format!("{own}/scopes/{}", scope.id),
        title: scope.spec.display_name,
        name: scope.spec.name,
        description: scope.spec.description,
    });
    let rows = rows.collect();
    let (title, lead) = (tr!("api-scopes-title"), tr!("api-scopes-lead"));
    view! { <Listed id="api-scopes" title lead new rows /> }.into_any()
}

#[component]
fn DetailTypes(own: String, types: Vec<DetailTypeSpec>, may_edit: bool) -> AnyView {
    let new = may_edit.then(|| (format!("{own}/details/new"), tr!("detail-types-new")));
    let rows = types.into_iter().enumerate().map(|(i, one)| Row {
        to: format!("{own}/details/{}", i + 1),
        title: one.display_name,
        name: one.name,
        description: one.description,
    });
    let rows = rows.collect();
    let (title, lead) = (tr!("detail-types-title"), tr!("detail-types-lead"));
    view! { <Listed id="detail-types" title lead new rows /> }.into_any()
}
