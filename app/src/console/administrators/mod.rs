//! Administrators: who may do what, and where.

pub mod edit;
pub mod invite;
pub mod link;
pub mod list;
pub mod of_subscription;
pub mod remove;
pub mod withdraw;
pub mod words;

use service::console::AdministratorView;
use service::console::administrators;

use crate::console::{Sheet, Way};
use crate::list::escape;
use crate::say;
use crate::visit::{PageError, Visit};

/// Address of the list.
const LIST: &str = "/console/administrators";

/// Address of an administrator's page.
fn own(id: &str) -> String {
    format!("{LIST}/{}", escape(id))
}

/// Address of a link to choose a password.
fn invitation(visit: &Visit, token: &str) -> String {
    format!("{}/console/invitation?token={token}", visit.ctx.config.public_url)
}

/// The administrator of the route.
async fn load(visit: &Visit) -> Result<AdministratorView, PageError> {
    Ok(administrators::get(&visit.ctx, &visit.actor()?, visit.param("id")).await?)
}

/// A page below the list.
fn sheet(visit: &Visit, title: impl Into<String>) -> Sheet {
    Sheet::new(visit, title).at(Way::Administrators).below(LIST, say!(visit.locale, "nav-administrators"))
}

/// A page below an administrator's own.
fn task_sheet(visit: &Visit, one: &AdministratorView, title: String) -> Sheet {
    sheet(visit, title).below(own(&one.card.id), one.card.called())
}
