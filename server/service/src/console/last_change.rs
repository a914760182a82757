//! Who changed an object last, and when: for somebody whose save came second. Viewers and above.

use model::{PageRequest, Role};

use super::place::{enter, enter_to_people};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// The object, by its row id.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// Any part of the configuration.
    Configuration(&'a str),
    /// A user.
    User(&'a str),
}

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastChange {
    /// A name, as the audit log has it.
    pub who: String,
    /// Whole seconds.
    pub seconds_ago: i64,
}

/// Events that change what a user's form shows.
const OF_USERS: [&str; 8] = [
    "user_created",
    "user_changed",
    "user_disabled",
    "user_enabled",
    "password_set",
    "password_changed",
    "profile_changed",
    "claims_given",
];

/// The last change, as far as the newest entries of the log tell.
pub async fn of(ctx: &Ctx, actor: &Actor, slug: &str, object: Of<'_>) -> Result<Option<LastChange>> {
    let mut conn = ctx.read().await?;
    let found = match object {
        Of::Configuration(id) => {
            let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?.object.id;
            let request = PageRequest { size: 1, ..PageRequest::default() };
            let rows = store::revisions::page_of_object(&mut conn, id, &request).await?.items;
            let row = rows.into_iter().find(|row| row.subscription_id.as_ref() == Some(&subscription));
            row.map(|row| (row.actor, row.at))
        }
        Of::User(id) => {
            let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?.object.id;
            let rows = store::events::page_of_user(&mut conn, id, &PageRequest::default()).await?.items;
            let mut rows = rows.into_iter().filter(|row| row.subscription_id.as_ref() == Some(&subscription));
            match rows.find(|row| OF_USERS.contains(&row.kind.as_str())) {
                // Of what people do themselves the log keeps their id.
                Some(row) if row.actor == id => {
                    let user = store::users::find(&mut conn, id).await?;
                    Some((user.map_or(row.actor, |user| user.login().to_owned()), row.at))
                }
                other => other.map(|row| (row.actor, row.at)),
            }
        }
    };
    let ago = |at: i64| ctx.now().saturating_sub(at).max(0);
    Ok(found.map(|(who, at)| LastChange { who, seconds_ago: ago(at) }))
}
