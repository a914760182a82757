//! The administrators with a role on one subscription.

use leptos::prelude::*;
use service::console::administrators;

use super::LIST;
use super::list::Administrators;
use crate::console::{Place, Sheet, Tab};
use crate::list::{self, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = administrators::page_in(&visit.ctx, &place.actor, place.slug(), &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let invite = format!("{LIST}/invite?subscription={}", place.slug());
    let (label, bare) = (say!(visit.locale, "administrators-invite"), state.is_bare());
    let sheet = Sheet::of(&visit, &place, Tab::Administrators, say!(visit.locale, "nav-administrators"))
        .lead(say!(visit.locale, "administrators-of-lead", name = place.name()))
        .action(!bare && !place.view.built_in, invite.clone(), label, "user-plus");
    let invite = (!place.view.built_in).then_some(invite);
    Ok(sheet.answer(move || {
        view! {
            <Administrators state cards=found.items invite />
            <p>
                <a href=LIST>{tr!("administrators-all")}</a>
            </p>
        }
    }))
}
