//! An existing API scope.

use leptos::prelude::*;
use model::spec::{ApiConnectionSpec, ApiScopeSpec};
use model::{FormData, Role, Stored};
use service::console::Done;
use service::console::last_change::Of;
use service::console::preview_subject::Subject;
use service::console::{api_connections, api_scopes};

use super::fields::{FIELDS, ScopeFields};
use crate::console::preview;
use crate::console::preview::object::{self, Edited, ObjectPreview, ObjectPreviewSection, SETTINGS};
use crate::console::told::told;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, fixed, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

struct Found {
    place: Place,
    connection: Stored<ApiConnectionSpec>,
    scope: Stored<ApiScopeSpec>,
}

impl Found {
    fn edited(&self) -> Edited<'_> {
        Edited {
            subject: Subject::Scope(self.scope.spec.name.clone()),
            stored: self.scope.spec.to_form(),
            version: self.scope.version,
            fields: &FIELDS,
            fixed: &["name"],
        }
    }
}

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let found = load(&visit).await?;
    let state = FormState::editing(found.scope.spec.to_form(), found.scope.version);
    let shown = object::saved(&visit, &found.place, &found.edited().subject).await?;
    Ok(page(&visit, found, state, shown))
}

/// Saves it, or shows what applications get with it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let found = load(&visit).await?;
    if preview::is_asked(&form) {
        // Its words are in no token: what would be issued is what is issued.
        let looked = object::unsaved(&visit, &found.place, found.edited(), &form, ApiScopeSpec::from_form, |_| None);
        let (state, shown) = looked.await?;
        return Ok(page(&visit, found, state, shown));
    }
    match save(&visit, &found, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "api-scope-saved", &[]).undo(found.place.slug(), &done)),
        Err(error) => {
            let scope = &found.scope;
            let state = FormState::refused(form, error)?.beside(&scope.spec.to_form(), scope.version, &["name"]);
            let state = told(state, &visit, &found.place, Of::Configuration(&scope.id)).await?;
            let shown = object::saved(&visit, &found.place, &found.edited().subject).await?;
            Ok(page(&visit, found, state, shown))
        }
    }
}

async fn load(visit: &Visit) -> Result<Found, PageError> {
    let place = Place::of(visit).await?;
    let (id, scope) = (visit.param("id"), visit.param("scope"));
    let connection = api_connections::get(&visit.ctx, &place.actor, place.slug(), id).await?.stored;
    let scope = api_scopes::get(&visit.ctx, &place.actor, place.slug(), id, scope).await?;
    Ok(Found { place, connection, scope })
}

async fn save(visit: &Visit, found: &Found, form: &FormData) -> Result<Done, PageError> {
    found.place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let Found { place, connection, scope } = found;
    let spec = ApiScopeSpec::from_form(&fixed(form.clone(), &scope.spec.to_form(), &["name"]))?;
    let (slug, at) = (place.slug(), version(form)?);
    Ok(api_scopes::update(&visit.ctx, &place.actor, slug, &connection.id, &scope.id, at, spec).await?)
}

fn page(visit: &Visit, found: Found, state: FormState, shown: ObjectPreview) -> Answer {
    let Found { place, connection, scope } = found;
    let (settings, version) = (state.data.clone(), state.version.unwrap_or(scope.version));
    let above = place.object("connections", &connection.id);
    let own_name = scope.spec.name == connection.spec.name;
    let delete = format!("{above}/scopes/{}/delete", scope.id);
    let sheet = Sheet::within(visit, &place, Tab::Connections, scope.spec.display_name)
        .named(scope.spec.name)
        .below(&above, connection.spec.display_name)
        .also(true, place.log_of(&scope.id), say!(visit.locale, "history"), "history")
        .also(place.may_edit() && !own_name, delete, say!(visit.locale, "delete"), "trash-2")
        .form(&state)
        .narrow();
    sheet.answer(move || {
        let read_only = !place.may_edit();
        let note = own_name.then(|| view! { <p class="notice notice-info">{tr!("api-scope-own-name")}</p> });
        view! {
            {note}
            <Form state read_only id=SETTINGS>
                <ScopeFields exists=true />
                <SubmitBar label=tr!("save") cancel=above absent=read_only />
            </Form>
            <ObjectPreviewSection shown settings version place=place.clone() />
        }
    })
}
