//! Anything in a subscription by the beginning of its name. Viewers and above; users only for those
//! who may see the list of users.

use model::{PageRequest, Role};

use super::place::enter;
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// Of each kind at most so many.
const EACH: u32 = 6;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An OAuth client.
    Application,
    /// A claim's definition.
    Claim,
    /// A set of claims.
    IdentityScope,
    /// A protected API.
    ApiConnection,
    /// A permission inside one.
    ApiScope,
    /// Somebody.
    User,
}

/// One of the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Of what kind.
    pub kind: Kind,
    /// Row id.
    pub id: String,
    /// Row id of an API scope's connection; empty for all else.
    pub parent: String,
    /// For people.
    pub title: String,
    /// For programs; of a user the address.
    pub name: String,
}

/// What begins with the text: applications, claims, scopes, API connections, then users. Nothing for
/// an empty text.
pub async fn find(ctx: &Ctx, actor: &Actor, slug: &str, text: &str) -> Result<Vec<Hit>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let id = &subscription.object.id;
    let found = store::finding::by_prefix(&mut conn, id, text, i64::from(EACH)).await?;
    let mut hits: Vec<Hit> = found.into_iter().map(of_configuration).collect();
    // As `enter_to_people` has it: users of the built-in subscription are the administrators.
    if !subscription.built_in || actor.require(id, Role::Owner).is_ok() {
        let request = PageRequest { search: text.to_owned(), size: EACH, ..PageRequest::default() };
        let users = store::users::page(&mut conn, id, &request).await?.items;
        hits.extend(users.into_iter().map(|user| {
            let (title, name) = (user.login().to_owned(), user.email.unwrap_or_default());
            Hit { kind: Kind::User, id: user.id, parent: String::new(), title, name }
        }));
    }
    Ok(hits)
}

fn of_configuration(found: store::finding::Found) -> Hit {
    let kind = match (found.kind.as_str(), &found.api_connection_id) {
        ("application", _) => Kind::Application,
        ("claim", _) => Kind::Claim,
        ("api_connection", _) => Kind::ApiConnection,
        (_, None) => Kind::IdentityScope,
        (_, Some(_)) => Kind::ApiScope,
    };
    let parent = found.api_connection_id.unwrap_or_default();
    Hit { kind, id: found.id, parent, title: found.title, name: found.name }
}
