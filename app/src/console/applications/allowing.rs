//! From a new scope to the application that is to have it.

use model::PageRequest;
use service::console::applications;

use crate::console::Place;
use crate::list::escape;
use crate::visit::{PageError, Visit};

/// Where a scope is allowed to an application: the list, or, where there is none yet, a new one that has the
/// scope already. `field` is the one of the form.
pub async fn way_to_allow(visit: &Visit, place: &Place, field: &str, scope: &str) -> Result<String, PageError> {
    let any = PageRequest { size: 1, ..PageRequest::default() };
    let found = applications::page(&visit.ctx, &place.actor, place.slug(), &any).await?;
    Ok(if found.items.is_empty() {
        place.path(&format!("/applications/new?{field}={}", escape(scope)))
    } else {
        place.path("/applications")
    })
}
