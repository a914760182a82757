//! The parts of a user's page.

use leptos::prelude::*;

use crate::tr;

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserPart {
    /// Names and claims.
    Details,
    /// Where they are signed in.
    Sessions,
    /// What applications may have.
    Consents,
    /// What happened.
    History,
}

impl UserPart {
    const ALL: [Self; 4] = [Self::Details, Self::Sessions, Self::Consents, Self::History];

    /// Below the user's own address, and the message of its name.
    fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Details => ("", "user-details"),
            Self::Sessions => ("/sessions", "nav-sessions"),
            Self::Consents => ("/consents", "user-consents"),
            Self::History => ("/history", "user-history"),
        }
    }
}

/// The ways to all parts.
#[component]
pub fn UserTabs(
    /// The user's address.
    own: String,
    /// The part that is open.
    current: UserPart,
) -> AnyView {
    let links = UserPart::ALL.map(|part| {
        let (path, name) = part.place();
        view! {
            <a href=format!("{own}{path}") aria-current=(part == current).then_some("page")>
                {tr!(name)}
            </a>
        }
    });
    view! {
        <nav class="tabs-bar" aria-label=tr!("user-parts")>
            {links.collect_view()}
        </nav>
    }
    .into_any()
}
