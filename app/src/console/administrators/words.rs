//! Words and small parts of the pages about administrators.

use leptos::prelude::*;
use model::Role;
use service::console::AdministratorCard;
use service::console::administrators::{HeldRole, Where};

use crate::form::Opt;
use crate::tr;

/// Roles that a line of a table shows.
const SHOWN: usize = 4;

/// Every role, the least first.
pub const ROLES: [Role; 3] = [Role::Viewer, Role::Editor, Role::Owner];

/// Name of a role for people.
pub fn role(role: Role) -> String {
    match role {
        Role::Viewer => tr!("role-viewer"),
        Role::Editor => tr!("role-editor"),
        Role::Owner => tr!("role-owner"),
    }
}

/// What a role may do.
fn role_text(role: Role) -> String {
    match role {
        Role::Viewer => tr!("role-viewer-text"),
        Role::Editor => tr!("role-editor-text"),
        Role::Owner => tr!("role-owner-text"),
    }
}

/// The roles to choose from, each with what it may do.
pub fn role_options() -> Vec<Opt> {
    ROLES.map(|one| Opt::new(one.as_str(), role(one)).described(role_text(one))).to_vec()
}

/// Name of a place for people.
pub fn place(place: &Where) -> String {
    match place {
        Where::Installation => tr!("place-installation"),
        Where::Subscription { name, .. } => name.clone(),
    }
}

/// `Editor: Library`
pub fn held(one: &HeldRole) -> String {
    tr!("role-at", role = role(one.role), place = place(&one.place))
}

/// The first few roles of somebody, and how many more there are.
#[component]
pub fn Roles(
    /// All that may be seen.
    roles: Vec<HeldRole>,
) -> AnyView {
    let more = roles.len().saturating_sub(SHOWN);
    let lines = roles.iter().take(SHOWN).map(|one| view! { <li>{held(one)}</li> }).collect_view();
    let more = (more > 0).then(|| view! { <li class="muted">{tr!("and-more", count = more)}</li> });
    view! { <ul class="bare-list">{lines} {more}</ul> }.into_any()
}

/// Whether somebody can get in, and if not, why.
#[component]
pub fn Standing(
    /// Who.
    card: AdministratorCard,
) -> AnyView {
    let (class, text) = match (card.disabled_at, card.has_password, card.invited_until) {
        (Some(_), ..) => ("badge badge-soft badge-warning", tr!("state-disabled")),
        (None, true, _) => ("badge badge-soft badge-success", tr!("state-enabled")),
        (None, false, Some(_)) => ("badge badge-soft badge-info", tr!("state-invited")),
        (None, false, None) => ("badge badge-soft badge-warning", tr!("state-no-password")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}
