//! An existing identity scope: its form, who uses it, the way to delete it.

use leptos::prelude::*;
use model::spec::{ClaimSpec, IdentityScopeSpec};
use model::{FormData, Role, Stored};
use service::console::Done;
use service::console::effects::{self, Effect};
use service::console::last_change::Of;
use service::console::preview::Unsaved;
use service::console::preview_subject::Subject;
use service::console::{choices, identity_scopes};
use service::error::Usage;

use super::fields::{FIELDS, FIXED, ScopeFields};
use crate::console::effects::{Effects, LiveEffects};
use crate::console::preview::object::{self, Edited, ObjectPreview, ObjectPreviewSection, SETTINGS};
use crate::console::preview::{self, PreviewButton};
use crate::console::told::told;
use crate::console::words::UsedBy;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, fixed, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

struct Found {
    place: Place,
    scope: Stored<IdentityScopeSpec>,
    claims: Vec<ClaimSpec>,
    usage: Vec<Usage>,
    /// What saving the form as it stands would do.
    effects: Vec<Effect>,
}

impl Found {
    fn edited(&self) -> Edited<'_> {
        Edited {
            subject: Subject::Scope(self.scope.spec.name.clone()),
            stored: self.scope.spec.to_form(),
            version: self.scope.version,
            fields: &FIELDS,
            fixed: &FIXED,
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

/// Saves it, or shows what it would give.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let mut found = load(&visit).await?;
    if preview::is_asked(&form) {
        found.effects = foretold(&visit, &found, &form).await?;
        let id = found.scope.id.clone();
        let ahead = |spec| Some(Unsaved::IdentityScope(id, spec));
        let looked = object::unsaved(&visit, &found.place, found.edited(), &form, IdentityScopeSpec::from_form, ahead);
        let (state, shown) = looked.await?;
        return Ok(page(&visit, found, state, shown));
    }
    match save(&visit, &found, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "identity-scope-saved", &[]).undo(found.place.slug(), &done)),
        Err(error) => {
            let scope = &found.scope;
            let state = FormState::refused(form, error)?.beside(&scope.spec.to_form(), scope.version, &FIXED);
            let state = told(state, &visit, &found.place, Of::Configuration(&scope.id)).await?;
            let shown = object::saved(&visit, &found.place, &found.edited().subject).await?;
            Ok(page(&visit, found, state, shown))
        }
    }
}

/// What saving a form would do, where it can be read.
async fn foretold(visit: &Visit, found: &Found, form: &FormData) -> Result<Vec<Effect>, PageError> {
    let Found { place, scope, .. } = found;
    let settings = fixed(form.clone(), &scope.spec.to_form(), &FIXED);
    match IdentityScopeSpec::from_form(&settings) {
        Ok(spec) if place.may_edit() => {
            Ok(effects::scope::of_edit(&visit.ctx, &place.actor, place.slug(), &scope.id, &spec).await?)
        }
        _ => Ok(Vec::new()),
    }
}

async fn load(visit: &Visit) -> Result<Found, PageError> {
    let place = Place::of(visit).await?;
    let id = visit.param("id");
    let scope = identity_scopes::get(&visit.ctx, &place.actor, place.slug(), id).await?;
    let claims = choices::all(&visit.ctx, &place.actor, place.slug()).await?.claims;
    let usage = identity_scopes::usage(&visit.ctx, &place.actor, place.slug(), id).await?;
    Ok(Found { place, scope, claims, usage, effects: Vec::new() })
}

async fn save(visit: &Visit, found: &Found, form: &FormData) -> Result<Done, PageError> {
    found.place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let Found { place, scope, .. } = found;
    let spec = IdentityScopeSpec::from_form(&fixed(form.clone(), &scope.spec.to_form(), &FIXED))?;
    Ok(identity_scopes::update(&visit.ctx, &place.actor, place.slug(), &scope.id, version(form)?, spec).await?)
}

fn page(visit: &Visit, found: Found, state: FormState, shown: ObjectPreview) -> Answer {
    let Found { place, scope, claims, usage, effects } = found;
    let (settings, version) = (state.data.clone(), state.version.unwrap_or(scope.version));
    let delete = format!("{}/delete", place.object("scopes/identity", &scope.id));
    let sheet = Sheet::within(visit, &place, Tab::Scopes, scope.spec.display_name)
        .named(scope.spec.name)
        .also(true, place.log_of(&scope.id), say!(visit.locale, "history"), "history")
        .also(place.may_edit(), delete, say!(visit.locale, "delete"), "trash-2")
        .form(&state)
        .narrow();
    let (shown_in, alone) = (place.clone(), shown.choice.is_none() && place.may_edit());
    sheet.answer(move || {
        let (read_only, cancel) = (!place.may_edit(), place.path("/scopes"));
        view! {
            <Form state read_only id=SETTINGS>
                <ScopeFields exists=true claims />
                <SubmitBar label=tr!("save") cancel sticky=true absent=read_only>
                    <PreviewButton />
                    <Effects effects place=shown_in />
                </SubmitBar>
            </Form>
            {alone.then(|| view! { <LiveEffects form=SETTINGS /> })}
            <ObjectPreviewSection shown settings version place=place.clone() />
            <UsedBy usage />
        }
    })
}
