//! Where one user is signed in.

use leptos::prelude::*;
use service::console::users;

use super::called;
use crate::console::sessions::Rows;
use crate::console::{Place, Sheet, Tab};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let rows = users::sessions(&visit.ctx, &place.actor, place.slug(), &user.id).await?;
    let own = place.object("users", &user.id);
    let sheet =
        Sheet::within(&visit, &place, Tab::Users, say!(visit.locale, "nav-sessions")).below(&own, called(&user)).wide();
    Ok(sheet.answer(move || {
        if rows.is_empty() {
            return view! { <p class="empty-state">{tr!("sessions-none")}</p> }.into_any();
        }
        let (above, users) = (format!("{own}/sessions"), place.path("/users"));
        view! { <Rows rows above users may_edit=place.may_edit() /> }.into_any()
    }))
}
