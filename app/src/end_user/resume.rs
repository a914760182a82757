//! Goes on with a stored request; shows nothing itself.

use service::flow;

use super::{Way, expired};
use crate::visit::{PageResult, Visit};

/// Off to the step the interaction is at.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let handle = way.handle.clone().unwrap_or_default();
    match flow::resume(&visit.ctx, &way.snap, &handle, way.cookie.as_deref()).await {
        Ok(next) => Ok(way.answer(next)),
        Err(error) => expired::or(&visit, &way, error.into()),
    }
}
