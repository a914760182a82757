//! An object of the configuration of whatever kind: what undo, restore and time travel need of it. The
//! rules are those of its own module.

use model::spec::{ApiConnectionSpec, ApplicationSpec};
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::Conn;
use store::api_connections::ApiConnection;
use store::applications::Application;
use store::claims::Claim;
use store::scopes::{ApiScope, IdentityScope};
use store::secrets::Owner;
use store::subscriptions::Subscription;

use super::gone::Gone;
use super::secret::SecretOf;
use super::{Change, api_connection, api_scope, application, claim, detail_type, identity_scope, secret, subscription};
use crate::error::{Error, Result};
use crate::revision::{ObjectType, without_secret};

/// An object that stands.
#[derive(Clone, Debug)]
pub(crate) enum Object {
    Subscription(Subscription),
    Claim(Claim),
    IdentityScope(IdentityScope),
    ApiConnection(ApiConnection),
    ApiScope(ApiScope),
    Application(Box<Application>),
}

impl Object {
    /// By its row id, inside this subscription only.
    pub(crate) async fn find(
        conn: &mut Conn,
        subscription_id: &str,
        kind: ObjectType,
        id: &str,
    ) -> Result<Option<Self>> {
        Ok(match kind {
            ObjectType::Subscription if id == subscription_id => {
                store::subscriptions::find(conn, id).await?.map(Self::Subscription)
            }
            ObjectType::Claim => {
                let claims = store::claims::list(conn, subscription_id).await?;
                claims.into_iter().find(|claim| claim.object.id == id).map(Self::Claim)
            }
            ObjectType::IdentityScope => {
                let scopes = store::scopes::list_identity(conn, subscription_id).await?;
                scopes.into_iter().find(|scope| scope.object.id == id).map(Self::IdentityScope)
            }
            ObjectType::ApiConnection => find_connection(conn, subscription_id, id).await?.map(Self::ApiConnection),
            ObjectType::ApiScope => {
                let scopes = store::scopes::list_api(conn, subscription_id).await?;
                scopes.into_iter().find(|scope| scope.object.id == id).map(Self::ApiScope)
            }
            ObjectType::Application => {
                let found = store::applications::find(conn, id).await?;
                let found = found.filter(|found| found.subscription_id == subscription_id);
                found.map(Box::new).map(Self::Application)
            }
            ObjectType::Subscription | ObjectType::SigningKey => None,
        })
    }

    /// What the log would keep of it now.
    pub(crate) fn spec(&self) -> Value {
        match self {
            Self::Subscription(row) => subscription::with_switch(&row.object.spec, row.object.disabled_at.is_some()),
            Self::Claim(row) => without_secret(&row.object.spec),
            Self::IdentityScope(row) => without_secret(&row.object.spec),
            Self::ApiConnection(row) => without_secret(&row.object.spec),
            Self::ApiScope(row) => without_secret(&row.object.spec),
            Self::Application(row) => without_secret(&row.object.spec),
        }
    }

    /// Writes this specification over it.
    pub(crate) async fn put(&self, change: &mut Change<'_>, spec: Value) -> Result<()> {
        match self {
            Self::Subscription(row) => put_subscription(change, row, spec).await,
            Self::Claim(row) => claim::update(change, row, row.object.version, &read(spec)?).await,
            Self::IdentityScope(row) => identity_scope::update(change, row, row.object.version, &read(spec)?).await,
            Self::ApiConnection(row) => {
                let spec: ApiConnectionSpec = read(spec)?;
                detail_type::unless_lost(change.conn(), &row.subscription_id, &row.object.spec, &spec).await?;
                api_connection::write(change, row, row.object.version, &spec).await
            }
            Self::ApiScope(row) => api_scope::update(change, row, row.object.version, &read(spec)?).await,
            Self::Application(row) => {
                application::update(change, row, row.object.version, &application_of(spec)?).await
            }
        }
    }

    /// Deletes it. A whole subscription is not deleted this way.
    pub(crate) async fn delete(&self, change: &mut Change<'_>) -> Result<()> {
        match self {
            Self::Subscription(_) => Err(Error::Forbidden),
            Self::Claim(row) => claim::delete(change, row, row.object.version).await,
            Self::IdentityScope(row) => identity_scope::delete(change, row, row.object.version).await,
            Self::ApiConnection(row) => {
                application::unless_target(change.conn(), &row.subscription_id, &row.object.spec.name).await?;
                api_connection::delete(change, row, row.object.version).await
            }
            Self::ApiScope(row) => {
                let connection = find_connection(change.conn(), &row.subscription_id, &row.api_connection_id).await?;
                api_scope::delete(change, &connection.ok_or(Error::NotFound)?, row, row.object.version).await
            }
            Self::Application(row) => {
                application::unless_target(change.conn(), &row.subscription_id, &row.object.spec.client_id).await?;
                application::delete(change, row, row.object.version).await
            }
        }
    }

    /// Row ids of its secrets.
    pub(crate) async fn secret_ids(&self, conn: &mut Conn) -> Result<Vec<String>> {
        let secrets = match self {
            Self::Application(row) => store::secrets::list(conn, Owner::Application(&row.object.id)).await?,
            Self::ApiConnection(row) => store::secrets::list(conn, Owner::ApiConnection(&row.object.id)).await?,
            _ => Vec::new(),
        };
        Ok(secrets.into_iter().map(|secret| secret.id).collect())
    }

    /// Takes back what a change did to its secrets.
    pub(crate) async fn undo_secrets(
        &self,
        change: &mut Change<'_>,
        added: &[String],
        removed: &[String],
    ) -> Result<()> {
        let (subscription_id, owner, name) = match self {
            Self::Application(row) => {
                (&row.subscription_id, Owner::Application(&row.object.id), &row.object.spec.client_id)
            }
            Self::ApiConnection(row) => {
                (&row.subscription_id, Owner::ApiConnection(&row.object.id), &row.object.spec.name)
            }
            _ => return Ok(()),
        };
        secret::undo(change, SecretOf { subscription_id, owner, name }, added, removed).await
    }
}

/// Puts a deleted object back with this specification. [`Error::NotFound`] for an API scope whose
/// connection is gone, or is not known any more.
pub(crate) async fn revive(change: &mut Change<'_>, kind: ObjectType, gone: &Gone, spec: Value) -> Result<()> {
    match kind {
        ObjectType::Claim => claim::revive(change, gone, read(spec)?).await,
        ObjectType::IdentityScope => identity_scope::revive(change, gone, read(spec)?).await,
        ObjectType::ApiConnection => api_connection::revive(change, gone, read(spec)?).await,
        ObjectType::ApiScope => {
            let id = gone.connection().ok_or(Error::NotFound)?;
            let connection = find_connection(change.conn(), &gone.subscription_id, id).await?;
            api_scope::revive(change, &connection.ok_or(Error::NotFound)?, gone, read(spec)?).await
        }
        ObjectType::Application => application::revive(change, gone, application_of(spec)?).await,
        ObjectType::Subscription | ObjectType::SigningKey => Err(Error::NotFound),
    }
}

/// A connection by its row id.
pub(crate) async fn find_connection(conn: &mut Conn, subscription_id: &str, id: &str) -> Result<Option<ApiConnection>> {
    let connections = store::api_connections::list(conn, subscription_id).await?;
    Ok(connections.into_iter().find(|connection| connection.object.id == id))
}

/// Settings and the switch are two things to the database, and one to the log.
async fn put_subscription(change: &mut Change<'_>, row: &Subscription, mut spec: Value) -> Result<()> {
    let was = row.object.disabled_at.is_some();
    let fields = spec.as_object_mut().ok_or(Error::NotFound)?;
    let disabled = fields.remove(subscription::DISABLED).and_then(|value| value.as_bool()).unwrap_or(was);
    let spec = read(spec)?;
    let mut version = row.object.version;
    if spec != row.object.spec {
        subscription::update(change, row, version, &spec).await?;
        version += 1;
    }
    if disabled != was {
        let row = store::subscriptions::find(change.conn(), &row.object.id).await?.ok_or(Error::Changed)?;
        subscription::set_disabled(change, &row, version, disabled).await?;
    }
    Ok(())
}

/// An application of the log. Its fields may come from different moments, and so from different dialects.
fn application_of(spec: Value) -> Result<ApplicationSpec> {
    Ok(read::<ApplicationSpec>(spec)?.settled())
}

/// Reads a specification of the log. One that this release cannot read is as good as not kept.
pub(crate) fn read<T: DeserializeOwned>(spec: Value) -> Result<T> {
    serde_json::from_value(spec).map_err(|_| Error::NotFound)
}
