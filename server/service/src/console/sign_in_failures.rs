//! The failure doctor for people: why a sign-in was refused, found by the reference that its page showed.
//! Viewers look, editors lift the pause that many failures make.

use model::Role;
use serde_json::{Map, Value, json};
use store::Conn;
use store::events::Event as Row;
use store::users::User;

use super::place::enter_to_people;
use crate::actor::Actor;
use crate::attempts::{self, BLOCKED, FAILED};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};

/// A refused sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInFailure {
    /// As its page showed it.
    pub reference: String,
    /// Unix seconds.
    pub at: i64,
    /// Where it came from.
    pub address: String,
    /// Why.
    pub reason: Reason,
    /// Whom it was about, while there is such a user.
    pub user: Option<FailedUser>,
    /// What was typed looked like an e-mail address. It is not kept itself.
    pub typed_address: bool,
    /// Row id and name of the application that it was on the way to, while there is one.
    pub application: Option<(String, String)>,
    /// Unix seconds until when further attempts are refused, as of now.
    pub blocked_until: Option<i64>,
}

/// Why a sign-in was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The password was wrong.
    WrongPassword,
    /// Nobody has the name or address that was typed.
    UnknownUser,
    /// The user was disabled.
    DisabledUser,
    /// The user had no password.
    NoPassword,
    /// Too many had failed before.
    Blocked,
}

/// A user as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedUser {
    /// Row id.
    pub id: String,
    /// User name or address.
    pub name: String,
    /// Cannot sign in.
    pub is_disabled: bool,
    /// Can sign in with a password.
    pub has_password: bool,
}

/// The refused sign-in of a reference; `None` where it stands for something else.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, reference: &str) -> Result<Option<SignInFailure>> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let id = &subscription.object.id;
    let Some((row, user)) = find(&mut conn, id, reference).await? else { return Ok(None) };
    let data: Map<String, Value> = row.data.decode()?;
    let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default();
    let application = match &row.application_id {
        Some(application_id) => store::applications::find(&mut conn, application_id).await?,
        None => None,
    };
    let application = application.filter(|application| application.subscription_id == *id);
    let blocked_until = attempts::blocked_until(ctx, &mut conn, id, user.as_ref(), text("address")).await?;
    Ok(Some(SignInFailure {
        at: row.at,
        address: text("address").to_owned(),
        reason: reason(&row.kind, text("reason")),
        typed_address: text("typed") == "email",
        user: user.map(|user| FailedUser {
            name: user.login().to_owned(),
            is_disabled: user.disabled_at.is_some(),
            has_password: user.password_hash.is_some(),
            id: user.id,
        }),
        application: application.map(|a| (a.object.id, a.object.spec.name)),
        reference: row.reference.unwrap_or_default(),
        blocked_until,
    }))
}

/// Lets whoever was refused try again: what is counted for the user, and for the network that the
/// sign-in came from, is forgotten. Editors; for administrators, owners.
pub async fn lift(ctx: &Ctx, actor: &Actor, slug: &str, reference: &str) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let subscription = enter_to_people(&mut tx, actor, slug, Role::Editor).await?;
    let id = &subscription.object.id;
    let (row, user) = find(&mut tx, id, reference).await?.ok_or(Error::NotFound)?;
    let data: Map<String, Value> = row.data.decode()?;
    let address = data.get("address").and_then(Value::as_str).unwrap_or_default();
    attempts::forget(ctx, &mut tx, id, user.as_ref(), address).await?;
    let user_id = user.as_ref().map(|user| user.id.as_str());
    let event = Event { user_id, ..Event::new("sign_in_unblocked", json!({ "address": address })) };
    event::record(ctx, &mut tx, Some(id), actor.name(), event).await?;
    Ok(tx.commit().await?)
}

/// The event of a reference, with the user it is about while there is one.
async fn find(conn: &mut Conn, subscription_id: &str, reference: &str) -> Result<Option<(Row, Option<User>)>> {
    let found = store::events::by_reference(conn, subscription_id, &reference.trim().to_uppercase()).await?;
    let Some(row) = found.into_iter().find(|row| [FAILED, BLOCKED].contains(&row.kind.as_str())) else {
        return Ok(None);
    };
    let user = match &row.user_id {
        Some(user_id) => store::users::find(conn, user_id).await?,
        None => None,
    };
    Ok(Some((row, user.filter(|user| user.subscription_id == subscription_id))))
}

fn reason(kind: &str, reason: &str) -> Reason {
    match reason {
        _ if kind == BLOCKED => Reason::Blocked,
        "unknown_user" => Reason::UnknownUser,
        "disabled_user" => Reason::DisabledUser,
        "no_password" => Reason::NoPassword,
        _ => Reason::WrongPassword,
    }
}
