//! The subscription that a console page is about, and what its reader may do there.

use model::Role;
use service::Actor;
use service::console::subscriptions::{self, SubscriptionView};

use crate::list::escape;
use crate::visit::{PageError, Visit};

/// One subscription, with the reader's role in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// What is stored, and counts.
    pub view: SubscriptionView,
    /// Who reads.
    pub actor: Actor,
}

impl Place {
    /// The subscription of the route. Absent ones and ones without a role look the same.
    pub async fn of(visit: &Visit) -> Result<Self, PageError> {
        let (actor, view) = subscriptions::arrive(&visit.ctx, &visit.actor()?, visit.param("slug")).await?;
        Ok(Self { view, actor })
    }

    /// Name in addresses.
    pub fn slug(&self) -> &str {
        &self.view.stored.spec.slug
    }

    /// Name for people.
    pub fn name(&self) -> &str {
        &self.view.stored.spec.name
    }

    /// Address of a page of this subscription; `rest` begins with a slash or is empty.
    pub fn path(&self, rest: &str) -> String {
        format!("/console/{}{rest}", self.slug())
    }

    /// Address of an object's page: `/console/mysub/applications/{id}`.
    pub fn object(&self, kind: &str, id: &str) -> String {
        format!("/console/{}/{kind}/{}", self.slug(), escape(id))
    }

    /// Address of what happened to an object.
    pub fn log_of(&self, id: &str) -> String {
        self.path(&format!("/audit?object={}", escape(id)))
    }

    /// May change configuration and users. Buttons are hidden by this; the use cases enforce it.
    pub fn may_edit(&self) -> bool {
        self.view.role >= Role::Editor
    }

    /// Stops those whose role does not suffice for a page.
    pub fn require(&self, role: Role) -> Result<(), PageError> {
        Ok(self.actor.require(&self.view.stored.id, role)?)
    }

    /// May delete the subscription.
    pub fn may_own(&self) -> bool {
        self.view.role >= Role::Owner
    }
}
