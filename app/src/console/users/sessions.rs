//! Where one user is signed in.

use leptos::prelude::*;
use service::console::users;

use super::{UserPart, UserTabs, called};
use crate::console::sessions::Rows;
use crate::console::words::Empty;
use crate::console::{Place, Sheet, Tab};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let rows = users::sessions(&visit.ctx, &place.actor, place.slug(), &user.id).await?;
    let own = place.object("users", &user.id);
    let name = called(&user);
    let title = say!(visit.locale, "user-sessions-title", name = name.as_str());
    let sheet = Sheet::within(&visit, &place, Tab::Users, title).below(&own, name);
    Ok(sheet.answer(move || {
        let tabs = view! { <UserTabs own=own.clone() current=UserPart::Sessions /> };
        if rows.is_empty() {
            let (title, text) = (tr!("user-sessions-empty-title"), tr!("sessions-empty-text"));
            return view! {
                {tabs}
                <div class="empty-state">
                    <Empty icon="monitor" title text first=None />
                </div>
            }
            .into_any();
        }
        let above = format!("{own}/sessions");
        view! {
            {tabs}
            <Rows rows above users=None may_edit=place.may_edit() />
        }
        .into_any()
    }))
}
