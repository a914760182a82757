//! Begins the way to an answer; shows nothing itself. An application may send its person here.

use service::flow;

use crate::end_user::Way;
use crate::visit::{Answer, PageResult, Visit};

/// Off to the step it is at, or to the page that says that it is over.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    match flow::begin_answer(&visit.ctx, &way.snap, visit.param("id"), way.cookie.as_deref()).await {
        Ok(next) => Ok(way.answer(next)),
        Err(service::Error::NotFound) => Ok(Answer::see_other(way.path("/requests/ended"))),
        Err(error) => Err(error.into()),
    }
}
