//! From a new scope to the application that is to have it.

use model::PageRequest;
use service::console::applications;

use crate::console::Place;
use crate::list::escape;
use crate::visit::{PageError, Visit};

/// True when a subscription has an application.
pub async fn any_application(visit: &Visit, place: &Place) -> Result<bool, PageError> {
    let any = PageRequest { size: 1, ..PageRequest::default() };
    let found = applications::page(&visit.ctx, &place.actor, place.slug(), &any).await?;
    Ok(!found.items.is_empty())
}

/// Where scopes are allowed to an application: the list, or, where there is none yet, a new one that has them
/// already; with the message of the link. `field` is the one of the form.
pub async fn way_to_allow(
    visit: &Visit,
    place: &Place,
    field: &str,
    scopes: &[&str],
) -> Result<(&'static str, String), PageError> {
    if any_application(visit, place).await? {
        return Ok(("scope-allow", place.path("/applications")));
    }
    let asked = scopes.iter().map(|scope| format!("{field}={}", escape(scope)));
    Ok(("applications-new", place.path(&format!("/applications/new?{}", asked.collect::<Vec<_>>().join("&")))))
}
