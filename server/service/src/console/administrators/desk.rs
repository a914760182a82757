//! The transaction in which roles change: one at a time in the whole installation, and judged by the roles
//! of that moment, so that two owners who demote each other cannot both succeed.

use model::{Problem, Role};
use serde_json::json;
use store::Tx;
use store::subscriptions::Subscription;
use store::users::User;

use super::PlaceName;
use crate::actor::{Actor, INSTALLATION};
use crate::admin;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::{rank, user};

/// An open transaction.
pub(super) struct Desk<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) actor: &'a Actor,
    pub(super) tx: Tx,
    pub(super) system: Subscription,
    /// Roles of the one who acts.
    pub(super) mine: Vec<(String, Role)>,
}

/// An administrator and all their roles, whoever may see them.
pub(super) struct Target {
    pub(super) user: User,
    pub(super) roles: Vec<(String, Role)>,
}

/// A place that the one who acts manages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    /// Row id of a subscription, or [`INSTALLATION`].
    pub(super) id: String,
    /// How the log names it.
    pub(super) name: String,
}

impl<'a> Desk<'a> {
    /// Waits for its turn. `Forbidden` for somebody who owns nothing.
    pub(super) async fn open(ctx: &'a Ctx, actor: &'a Actor) -> Result<Self> {
        let mut tx = ctx.begin().await?;
        let system = admin::system_alone(&mut tx).await?;
        let mine = rank::roles_now(&mut tx, actor).await?;
        if !rank::manages_any(&mine) {
            return Err(Error::Forbidden);
        }
        Ok(Self { ctx, actor, tx, system, mine })
    }

    /// An administrator with a role that the one who acts manages; anybody else does not exist.
    /// `Forbidden` for somebody with more than the one who acts.
    pub(super) async fn target(&mut self, id: &str) -> Result<Target> {
        let user = user::find(&mut self.tx, &self.system.object.id, id).await?;
        let roles = store::roles::of_user(&mut self.tx, &user.id).await?;
        if !roles.iter().any(|(scope, _)| rank::manages(&self.mine, scope)) {
            return Err(Error::NotFound);
        }
        if !rank::may_touch(&self.mine, &roles) {
            return Err(Error::Forbidden);
        }
        Ok(Target { user, roles })
    }

    /// The place of a name; `None` for one that is absent or not managed, which look the same. The
    /// built-in subscription is no place of its own: who owned it would own everything.
    pub(super) async fn scope(&mut self, place: &PlaceName) -> Result<Option<Scope>> {
        let scope = match place {
            PlaceName::Installation => Scope { id: INSTALLATION.to_owned(), name: "installation".to_owned() },
            PlaceName::Subscription(slug) => {
                let found = store::subscriptions::find_by_slug(&mut self.tx, slug).await?;
                let Some(found) = found.filter(|found| !found.built_in) else { return Ok(None) };
                Scope { id: found.object.id, name: found.object.spec.slug }
            }
        };
        Ok(Some(scope).filter(|scope| rank::manages(&self.mine, &scope.id)))
    }

    /// Somebody must be able to let others in.
    pub(super) async fn keep_an_owner(&mut self, user_id: &str) -> Result<()> {
        if store::roles::other_owners_exist(&mut self.tx, user_id).await? {
            return Ok(());
        }
        Err(Error::field("", Problem::new("last-owner")))
    }

    /// True when the one who acts is this administrator.
    pub(super) fn is_self(&self, user_id: &str) -> bool {
        matches!(self.actor, Actor::Admin(admin) if admin.user_id == user_id)
    }

    /// Gives a role, or takes it away, and writes that down: in the log of the administrators, and in the
    /// log of the subscription, whose owners do not see the other.
    pub(super) async fn write_role(&mut self, user: &User, scope: &Scope, role: Option<Role>) -> Result<()> {
        let kind = if let Some(role) = role {
            store::roles::put(&mut self.tx, &user.id, &scope.id, role).await?;
            "role_given"
        } else {
            store::roles::remove(&mut self.tx, &user.id, &scope.id).await?;
            "role_taken"
        };
        let mut data = json!({ "place": scope.name });
        if let Some(role) = role {
            data["role"] = json!(role.as_str());
        }
        self.record(kind, user, data.clone()).await?;
        if scope.id == INSTALLATION {
            return Ok(());
        }
        data["administrator"] = json!(user.email.as_deref().unwrap_or(user.login()));
        let event = Event::new(kind, data);
        event::record(self.ctx, &mut self.tx, Some(&scope.id), self.actor.name(), event).await
    }

    /// Writes into the log of the administrators.
    pub(super) async fn record(&mut self, kind: &str, user: &User, data: serde_json::Value) -> Result<()> {
        let event = Event { user_id: Some(&user.id), ..Event::new(kind, data) };
        event::record(self.ctx, &mut self.tx, Some(&self.system.object.id), self.actor.name(), event).await
    }

    /// Makes it lasting.
    pub(super) async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
