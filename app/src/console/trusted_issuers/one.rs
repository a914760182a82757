//! One issuer of a subscription, found and saved.

use model::spec::{SubscriptionSpec, TrustedIssuerSpec};
use service::console::{Done, subscriptions};

use crate::console::Place;
use crate::console::in_list::at_own_fields;
use crate::visit::{PageError, Visit};

/// Where they are, below the subscription.
pub(super) const PATH: &str = "/settings/issuers";

/// A subscription, and which of its issuers it is about.
pub(super) struct Found {
    pub place: Place,
    /// From 0.
    pub index: usize,
    pub spec: TrustedIssuerSpec,
}

impl Found {
    /// By the address of the page.
    pub async fn load(visit: &Visit) -> Result<Self, PageError> {
        let place = Place::of(visit).await?;
        let number: usize = visit.param("issuer").parse().map_err(|_| service::Error::NotFound)?;
        let index = number.checked_sub(1).ok_or(service::Error::NotFound)?;
        let spec = place.view.stored.spec.trusted_issuers.get(index).cloned();
        Ok(Self { spec: spec.ok_or(service::Error::NotFound)?, place, index })
    }

    /// Address of the page.
    pub fn path(&self) -> String {
        self.place.path(&format!("{PATH}/{}", self.index + 1))
    }

    /// All of the subscription.
    pub fn all(&self) -> Vec<TrustedIssuerSpec> {
        self.place.view.stored.spec.trusted_issuers.clone()
    }
}

/// Saves the subscription with these issuers, over the version that the form was made from.
pub(super) async fn save(
    visit: &Visit,
    place: &Place,
    version: i64,
    trusted_issuers: Vec<TrustedIssuerSpec>,
) -> Result<Done, service::Error> {
    let spec = SubscriptionSpec { trusted_issuers, ..place.view.stored.spec.clone() };
    let saved = subscriptions::update(&visit.ctx, &place.actor, place.slug(), version, spec).await;
    saved.map_err(|error| at_own_fields(error, "trusted_issuers", "issuer"))
}
