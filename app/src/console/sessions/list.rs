//! All live sessions, newest first.

use leptos::prelude::*;
use service::console::sessions;

use super::Rows;
use crate::console::words::Empty;
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = sessions::page(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let sheet = Sheet::of(&visit, &place, Tab::Sessions, say!(visit.locale, "nav-sessions"))
        .lead(say!(visit.locale, "sessions-lead"));
    Ok(sheet.answer(move || {
        let (above, users) = (place.path("/sessions"), Some(place.path("/users")));
        view! {
            <List state search_label="" empty=empty>
                <Rows rows=found.items above users may_edit=place.may_edit() />
            </List>
        }
    }))
}

fn empty() -> impl IntoView {
    view! { <Empty icon="monitor" title=tr!("sessions-empty-title") text=tr!("sessions-empty-text") first=None /> }
}
