//! Initial access tokens: by which somebody may register an application. Viewers see that they are there, editors make
//! and end them.

use model::{FieldErrors, Problem, Role, name};
use serde_json::json;
use store::initial_access_tokens::{self as rows, InitialAccessToken};

use super::place::{enter, enter_to_change};
use crate::actor::Actor;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};

/// Days of which a form offers the choice.
pub const LIFETIME_DAYS: [i64; 4] = [1, 7, 30, 90];
/// Most uses of one.
const MAX_USES: i64 = 1_000;
/// Most of a subscription at the same time, ended ones that are still in the list included.
const MAX_KEPT: usize = 200;
const DAY: i64 = 86_400;

/// What a form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInitialToken {
    /// For those who read the list.
    pub name: String,
    /// One of [`LIFETIME_DAYS`].
    pub days: i64,
    /// How often it may be used.
    pub uses: i64,
}

impl NewInitialToken {
    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check("name", name::display_name(&self.name));
        if !LIFETIME_DAYS.contains(&self.days) {
            errors.add("expires_in_days", Problem::new("choice"));
        }
        if !(1..=MAX_USES).contains(&self.uses) {
            errors.add("max_uses", Problem::new("between").with("min", 1).with("max", MAX_USES));
        }
        errors.into_result(())
    }
}

/// One of them, without the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitialTokenView {
    /// Row id.
    pub id: String,
    /// For those who read the list.
    pub name: String,
    /// How often it may be used, and was.
    pub max_uses: i64,
    /// See there.
    pub uses: i64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Unix seconds.
    pub last_used_at: Option<i64>,
    /// `live`, `revoked`, `spent` or `expired`.
    pub state: &'static str,
}

impl InitialTokenView {
    fn of(row: InitialAccessToken, now: i64) -> Self {
        let state = match row.revoked_at {
            _ if row.is_live(now) => "live",
            Some(_) => "revoked",
            None if row.uses >= row.max_uses => "spent",
            None => "expired",
        };
        let InitialAccessToken { id, name, max_uses, uses, created_at, expires_at, last_used_at, .. } = row;
        Self { id, name, max_uses, uses, created_at, expires_at, last_used_at, state }
    }
}

/// Those of a subscription, the newest first.
pub async fn list(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Vec<InitialTokenView>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let all = rows::list(&mut conn, &subscription.object.id).await?;
    Ok(all.into_iter().map(|row| InitialTokenView::of(row, ctx.now())).collect())
}

/// One of them.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<InitialTokenView> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let row = rows::find(&mut conn, &subscription.object.id, id).await?.ok_or(Error::NotFound)?;
    Ok(InitialTokenView::of(row, ctx.now()))
}

/// Makes one and returns it: the only time that anybody sees it.
pub async fn create(ctx: &Ctx, actor: &Actor, slug: &str, new: &NewInitialToken) -> Result<String> {
    let mut tx = ctx.begin().await?;
    let subscription = enter_to_change(&mut tx, actor, slug).await?;
    new.check()?;
    let subscription_id = subscription.object.id;
    if rows::list(&mut tx, &subscription_id).await?.len() >= MAX_KEPT {
        return Err(Error::field("", Problem::new("too-many-initial-tokens").with("max", MAX_KEPT)));
    }
    let token = ctx.random.token()?;
    let now = ctx.now();
    let row = InitialAccessToken {
        id: ctx.new_id()?,
        subscription_id,
        hash: crypto::hash(&token),
        name: new.name.clone(),
        max_uses: new.uses,
        uses: 0,
        created_at: now,
        expires_at: now + new.days * DAY,
        last_used_at: None,
        revoked_at: None,
    };
    rows::insert(&mut tx, &row).await?;
    let data = json!({ "initial_access_token": row.name, "uses": row.max_uses, "days": new.days });
    let event = Event::new("initial_access_token_created", data);
    event::record(ctx, &mut tx, Some(&row.subscription_id), actor.name(), event).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends one. Applications that came by it stay.
pub async fn revoke(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let subscription_id = enter_to_change(&mut tx, actor, slug).await?.object.id;
    let row = rows::find(&mut tx, &subscription_id, id).await?.ok_or(Error::NotFound)?;
    if rows::revoke(&mut tx, &row.id, ctx.now()).await? {
        let data = json!({ "initial_access_token": row.name });
        let event = Event::new("initial_access_token_revoked", data);
        event::record(ctx, &mut tx, Some(&subscription_id), actor.name(), event).await?;
    }
    tx.commit().await?;
    Ok(())
}
