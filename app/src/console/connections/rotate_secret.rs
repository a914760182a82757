//! A new secret of an API connection in the place of those it has, which go on for a while.

use model::{FormData, Role, SecretPlan};
use service::console::{NewSecret, api_connections};

use crate::console::{Place, Sheet, Tab, secrets};
use crate::form::{FormState, only};
use crate::say;
use crate::visit::{Answer, PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    let (_, sheet, own) = load(&visit).await?;
    Ok(secrets::rotation_page(sheet, FormState::opened(FormData::default().with("overlap_hours", "24")), own))
}

/// Makes it; the page after shows it once.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, sheet, own) = load(&visit).await?;
    match make(&visit, &place, &form).await {
        Ok(made) => Ok(Answer::done_with_secret(own, "secret-rotated", &[], "connection-secret", &made.secret)
            .undo(place.slug(), &made.done)),
        Err(error) => Ok(secrets::rotation_page(sheet, FormState::refused(form, error)?, own)),
    }
}

async fn make(visit: &Visit, place: &Place, form: &FormData) -> Result<NewSecret, PageError> {
    only(form, &secrets::ROTATION_FIELDS)?;
    let plan = SecretPlan::from_rotation_form(form)?;
    Ok(api_connections::new_secret(&visit.ctx, &place.actor, place.slug(), visit.param("id"), plan).await?)
}

async fn load(visit: &Visit) -> Result<(Place, Sheet, String), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let found = api_connections::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?.stored;
    let own = place.object("connections", &found.id);
    let sheet = Sheet::within(visit, &place, Tab::Connections, say!(visit.locale, "secret-rotate"));
    Ok((place, sheet.below(&own, found.spec.display_name), own))
}
