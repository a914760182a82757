//! The two forms by which an application or an API connection gets one more secret: beside those it has, or
//! in their place. Which of the four a page is, its [`Owner`] and its [`Kind`] say.

use model::{FormData, Role, SecretPlan};
use service::console::{NewSecret, api_connections, applications};

use super::secrets::{NEW_FIELDS, ROTATION_FIELDS, new_page, rotation_page};
use super::{Place, Sheet, Tab};
use crate::form::{FormState, only};
use crate::say;
use crate::visit::{Answer, PageError, PageResult, Visit};

/// Whose secret it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// It authenticates at the token endpoint.
    Application,
    /// It authenticates at the introspection endpoint.
    Connection,
}

/// What becomes of the secrets there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing.
    More,
    /// They go on for a while, and end.
    Rotation,
}

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident: $owner:ident, $kind:ident;)+) => {
        $(
            $(#[$doc])*
            pub mod $name {
                use super::{FormData, Kind, Owner, PageResult, Visit};

                /// The question.
                pub async fn show(visit: Visit) -> PageResult {
                    super::ask(visit, Owner::$owner, Kind::$kind).await
                }

                /// Makes it.
                pub async fn submit(visit: Visit, form: FormData) -> PageResult {
                    super::act(visit, form, Owner::$owner, Kind::$kind).await
                }
            }
        )+
    };
}

pages! {
    /// One more secret of an application.
    new_of_application: Application, More;
    /// A new one in the place of those of an application.
    rotate_of_application: Application, Rotation;
    /// One more secret of an API connection.
    new_of_connection: Connection, More;
    /// A new one in the place of those of an API connection.
    rotate_of_connection: Connection, Rotation;
}

async fn ask(visit: Visit, owner: Owner, kind: Kind) -> PageResult {
    let (_, sheet, own) = load(&visit, owner, kind).await?;
    Ok(kind.page(sheet, FormState::opened(kind.opened()), own))
}

/// Makes it; the page after shows it once.
async fn act(visit: Visit, form: FormData, owner: Owner, kind: Kind) -> PageResult {
    let (place, sheet, own) = load(&visit, owner, kind).await?;
    match make(&visit, &place, &form, owner, kind).await {
        Ok(made) => {
            let answer = Answer::done_with_secret(own, kind.done(), &[], owner.label(), &made.secret);
            Ok(answer.undo(place.slug(), &made.done))
        }
        Err(error) => Ok(kind.page(sheet, FormState::refused(form, error)?, own)),
    }
}

async fn make(visit: &Visit, place: &Place, form: &FormData, owner: Owner, kind: Kind) -> Result<NewSecret, PageError> {
    let plan = kind.plan(form)?;
    let (ctx, actor, slug, id) = (&visit.ctx, &place.actor, place.slug(), visit.param("id"));
    Ok(match owner {
        Owner::Application => applications::new_secret(ctx, actor, slug, id, plan).await?,
        Owner::Connection => api_connections::new_secret(ctx, actor, slug, id, plan).await?,
    })
}

/// The page's frame, and the address of the owner.
async fn load(visit: &Visit, owner: Owner, kind: Kind) -> Result<(Place, Sheet, String), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let (ctx, actor, slug, id) = (&visit.ctx, &place.actor, place.slug(), visit.param("id"));
    let (tab, own, name) = match owner {
        Owner::Application => {
            let found = applications::get(ctx, actor, slug, id).await?.stored;
            (Tab::Applications, place.object("applications", &found.id), found.spec.name)
        }
        Owner::Connection => {
            let found = api_connections::get(ctx, actor, slug, id).await?.stored;
            (Tab::Connections, place.object("connections", &found.id), found.spec.display_name)
        }
    };
    let title = match kind {
        Kind::More => say!(visit.locale, "secret-new"),
        Kind::Rotation => say!(visit.locale, "secret-rotate"),
    };
    let sheet = Sheet::within(visit, &place, tab, title);
    Ok((place, sheet.below(&own, name), own))
}

impl Owner {
    /// Message that names the secret where it is shown.
    const fn label(self) -> &'static str {
        match self {
            Self::Application => "application-secret",
            Self::Connection => "connection-secret",
        }
    }
}

impl Kind {
    fn opened(self) -> FormData {
        match self {
            Self::More => FormData::default(),
            Self::Rotation => FormData::default().with("overlap_hours", "24"),
        }
    }

    fn plan(self, form: &FormData) -> Result<SecretPlan, PageError> {
        Ok(match self {
            Self::More => {
                only(form, &NEW_FIELDS)?;
                SecretPlan::from_form(form)?
            }
            Self::Rotation => {
                only(form, &ROTATION_FIELDS)?;
                SecretPlan::from_rotation_form(form)?
            }
        })
    }

    fn page(self, sheet: Sheet, state: FormState, cancel: String) -> Answer {
        match self {
            Self::More => new_page(sheet, state, cancel),
            Self::Rotation => rotation_page(sheet, state, cancel),
        }
    }

    /// Message of the notice.
    const fn done(self) -> &'static str {
        match self {
            Self::More => "secret-created",
            Self::Rotation => "secret-rotated",
        }
    }
}
