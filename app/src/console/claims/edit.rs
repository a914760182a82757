//! An existing claim: its form, who uses it, the way to delete it.

use leptos::prelude::*;
use model::spec::ClaimSpec;
use model::{FormData, Role, Stored};
use service::console::effects::{self, Effect};
use service::console::last_change::Of;
use service::console::preview::Unsaved;
use service::console::preview_subject::Subject;
use service::console::{Done, claims};
use service::error::Usage;

use super::fields::{ClaimFields, FIELDS, FIXED};
use crate::console::effects::{Effects, LiveEffects};
use crate::console::preview::object::{self, Edited, ObjectPreview, ObjectPreviewSection, SETTINGS};
use crate::console::preview::{self, PreviewButton};
use crate::console::told::told;
use crate::console::words::UsedBy;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, fixed, only, version};
use crate::tr;
use crate::visit::{Answer, PageError, PageResult, Visit};

struct Found {
    place: Place,
    claim: Stored<ClaimSpec>,
    usage: Vec<Usage>,
    /// What saving the form as it stands would do.
    effects: Vec<Effect>,
}

impl Found {
    fn edited(&self) -> Edited<'_> {
        Edited {
            subject: Subject::Claim(self.claim.spec.name.clone()),
            stored: self.claim.spec.to_form(),
            version: self.claim.version,
            fields: &FIELDS,
            fixed: &FIXED,
        }
    }
}

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let found = load(&visit).await?;
    let state = FormState::editing(found.claim.spec.to_form(), found.claim.version);
    let shown = object::saved(&visit, &found.place, &found.edited().subject).await?;
    Ok(page(&visit, found, state, shown))
}

/// Saves it, or shows what it would give.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let mut found = load(&visit).await?;
    if preview::is_asked(&form) {
        found.effects = foretold(&visit, &found, &form).await?;
        let id = found.claim.id.clone();
        let ahead = |spec| Some(Unsaved::Claim(id, Box::new(spec)));
        let looked = object::unsaved(&visit, &found.place, found.edited(), &form, ClaimSpec::from_form, ahead);
        let (state, shown) = looked.await?;
        return Ok(page(&visit, found, state, shown));
    }
    match save(&visit, &found, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "claim-saved", &[]).undo(found.place.slug(), &done)),
        Err(error) => {
            let claim = &found.claim;
            let state = FormState::refused(form, error)?.beside(&claim.spec.to_form(), claim.version, &FIXED);
            let state = told(state, &visit, &found.place, Of::Configuration(&claim.id)).await?;
            let shown = object::saved(&visit, &found.place, &found.edited().subject).await?;
            Ok(page(&visit, found, state, shown))
        }
    }
}

/// What saving a form would do, where it can be read.
async fn foretold(visit: &Visit, found: &Found, form: &FormData) -> Result<Vec<Effect>, PageError> {
    let Found { place, claim, .. } = found;
    let settings = fixed(form.clone(), &claim.spec.to_form(), &FIXED);
    match ClaimSpec::from_form(&settings) {
        Ok(spec) if place.may_edit() => {
            Ok(effects::claim::of_edit(&visit.ctx, &place.actor, place.slug(), &claim.id, &spec).await?)
        }
        _ => Ok(Vec::new()),
    }
}

async fn load(visit: &Visit) -> Result<Found, PageError> {
    let place = Place::of(visit).await?;
    let id = visit.param("id");
    let claim = claims::get(&visit.ctx, &place.actor, place.slug(), id).await?;
    let usage = claims::usage(&visit.ctx, &place.actor, place.slug(), id).await?;
    Ok(Found { place, claim, usage, effects: Vec::new() })
}

async fn save(visit: &Visit, found: &Found, form: &FormData) -> Result<Done, PageError> {
    found.place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let spec = ClaimSpec::from_form(&fixed(form.clone(), &found.claim.spec.to_form(), &FIXED))?;
    let Found { place, claim, .. } = found;
    Ok(claims::update(&visit.ctx, &place.actor, place.slug(), &claim.id, version(form)?, spec).await?)
}

fn page(visit: &Visit, found: Found, state: FormState, shown: ObjectPreview) -> Answer {
    let Found { place, claim, usage, effects } = found;
    let (settings, version) = (state.data.clone(), state.version.unwrap_or(claim.version));
    let pattern = state.data.trimmed("pattern").to_owned();
    let title = claim.spec.title().to_owned();
    let standard = model::standard_claims::is_standard(&claim.spec.name);
    let delete = format!("{}/delete", place.object("scopes/claims", &claim.id));
    let may_delete = place.may_edit() && !standard;
    let sheet = Sheet::within(visit, &place, Tab::Scopes, title)
        .named(claim.spec.name)
        .also(true, place.log_of(&claim.id), crate::say!(visit.locale, "history"), "history")
        .also(may_delete, delete, crate::say!(visit.locale, "delete"), "trash-2")
        .form(&state)
        .narrow();
    let (shown_in, alone) = (place.clone(), shown.choice.is_none() && place.may_edit());
    sheet.answer(move || {
        let (read_only, cancel) = (!place.may_edit(), place.path("/scopes"));
        view! {
            <Form state read_only id=SETTINGS>
                <ClaimFields exists=true pattern />
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
