//! One type of a connection, found and saved.

use model::Stored;
use model::spec::{ApiConnectionSpec, DetailTypeSpec};
use service::console::Done;
use service::console::api_connections;

use crate::console::Place;
use crate::console::in_list::at_own_fields;
use crate::visit::{PageError, Visit};

/// A connection, and which of its types it is about.
pub(super) struct Found {
    pub place: Place,
    pub connection: Stored<ApiConnectionSpec>,
    /// From 0.
    pub index: usize,
    pub spec: DetailTypeSpec,
}

impl Found {
    /// By the address of the page.
    pub async fn load(visit: &Visit) -> Result<Self, PageError> {
        let (place, connection) = connection(visit).await?;
        let number: usize = visit.param("detail").parse().map_err(|_| service::Error::NotFound)?;
        let index = number.checked_sub(1).ok_or(service::Error::NotFound)?;
        let spec = connection.spec.authorization_details_types.get(index).cloned();
        Ok(Self { spec: spec.ok_or(service::Error::NotFound)?, place, connection, index })
    }

    /// Address of the page.
    pub fn path(&self) -> String {
        format!("{}/details/{}", self.place.object("connections", &self.connection.id), self.index + 1)
    }
}

/// The connection of the page.
pub(super) async fn connection(visit: &Visit) -> Result<(Place, Stored<ApiConnectionSpec>), PageError> {
    let place = Place::of(visit).await?;
    let found = api_connections::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    Ok((place, found.stored))
}

/// Saves the connection with these types, over the version that the form was made from.
pub(super) async fn save(
    visit: &Visit,
    place: &Place,
    connection: &Stored<ApiConnectionSpec>,
    version: i64,
    types: Vec<DetailTypeSpec>,
) -> Result<Done, service::Error> {
    let spec = ApiConnectionSpec { authorization_details_types: types, ..connection.spec.clone() };
    let saved = api_connections::update(&visit.ctx, &place.actor, place.slug(), &connection.id, version, spec).await;
    saved.map_err(|error| at_own_fields(error, "authorization_details_types", "type"))
}
