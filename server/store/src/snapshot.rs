//! All of a subscription's configuration that the hot paths need, read in few statements.

use crate::api_connections::{self, ApiConnection};
use crate::applications::{self, Application};
use crate::claims::{self, Claim};
use crate::scopes::{self, ApiScope, IdentityScope, Row};
use crate::secrets::{self, Secret};
use crate::signing_keys::{self, SigningKey};
use crate::subscriptions::{self, Subscription};
use crate::{Conn, Result};

/// A subscription with its configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Its own row; `config_version` says how new all this is.
    pub subscription: Subscription,
    /// In the order of forms.
    pub claims: Vec<Claim>,
    /// In their order.
    pub identity_scopes: Vec<IdentityScope>,
    /// In their order.
    pub api_scopes: Vec<ApiScope>,
    /// By name; without their scopes.
    pub api_connections: Vec<ApiConnection>,
    /// By `client_id`.
    pub applications: Vec<Application>,
    /// The oldest first, expired ones too.
    pub secrets: Vec<Secret>,
    /// The first to sign first.
    pub signing_keys: Vec<SigningKey>,
}

/// Loads a subscription by its slug; through [`crate::Store::read_at_once`] all of it is of one
/// instant. Otherwise a part may be newer than `config_version` says, never older.
pub async fn load(c: &mut Conn, slug: &str) -> Result<Option<Snapshot>> {
    let Some(found) = load_objects(c, slug).await? else { return Ok(None) };
    let id = &found.subscription.object.id;
    let (secrets, signing_keys) = (secrets::list_of_subscription(c, id).await?, signing_keys::list(c, id).await?);
    Ok(Some(Snapshot { secrets, signing_keys, ..found }))
}

/// The same without secrets and signing keys: for those who show it.
pub async fn load_objects(c: &mut Conn, slug: &str) -> Result<Option<Snapshot>> {
    let Some(subscription) = subscriptions::find_by_slug(c, slug).await? else { return Ok(None) };
    let id = &subscription.object.id;
    let (identity, api): (Vec<Row>, Vec<Row>) = scopes::list(c, id).await?.into_iter().partition(Row::is_identity);
    Ok(Some(Snapshot {
        claims: claims::list(c, id).await?,
        identity_scopes: identity.into_iter().map(Row::identity).collect::<Result<_>>()?,
        api_scopes: api.into_iter().map(Row::api).collect::<Result<_>>()?,
        api_connections: api_connections::list(c, id).await?,
        applications: applications::list(c, id).await?,
        secrets: Vec::new(),
        signing_keys: Vec::new(),
        subscription,
    }))
}
