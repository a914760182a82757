//! What stands in the database, in the shapes of the file.

use std::collections::HashMap;

use model::preset::ScopePreset;
use model::spec::{ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, ClaimSpec, IdentityScopeSpec, SubscriptionSpec};
use model::{Stored, standard_claims};
use store::Conn;
use store::snapshot::Snapshot;

use super::draft::Known;
use crate::change::secret::is_live;
use crate::error::Result;

/// An API connection; its specification holds neither scopes nor a secret.
#[derive(Clone, Debug)]
pub(super) struct KnownConnection {
    pub(super) object: Known<ApiConnectionSpec>,
    pub(super) scopes: Vec<Known<ApiScopeSpec>>,
    pub(super) secrets: Vec<String>,
}

/// An application; its specification holds no secret.
#[derive(Clone, Debug)]
pub(super) struct KnownApplication {
    pub(super) object: Known<ApplicationSpec>,
    pub(super) secrets: Vec<String>,
    /// Those of them that the server can check signatures with.
    pub(super) sealed: Vec<String>,
}

/// A subscription with its configuration. `secrets` are hashes of live ones.
#[derive(Debug)]
pub(super) struct Current {
    /// `None` for one that is still to be made.
    pub(super) subscription: Option<Stored<SubscriptionSpec>>,
    /// In the order of forms.
    pub(super) claims: Vec<Known<ClaimSpec>>,
    /// In their order.
    pub(super) identity_scopes: Vec<Known<IdentityScopeSpec>>,
    /// By name.
    pub(super) connections: Vec<KnownConnection>,
    /// By `client_id`.
    pub(super) applications: Vec<KnownApplication>,
}

impl Current {
    /// Loads a subscription. One that does not exist has what it will be born with.
    pub(super) async fn load(conn: &mut Conn, slug: &str, preset: ScopePreset, now: i64) -> Result<Self> {
        Ok(match store::snapshot::load(conn, slug).await? {
            Some(rows) => Self::of(rows, now),
            None => Self::unborn(preset),
        })
    }

    fn unborn(preset: ScopePreset) -> Self {
        Self {
            subscription: None,
            claims: standard_claims::all().into_iter().map(|spec| Known { spec, version: None }).collect(),
            identity_scopes: preset.scopes().into_iter().map(|spec| Known { spec, version: None }).collect(),
            connections: Vec::new(),
            applications: Vec::new(),
        }
    }

    /// Sorts a snapshot into the shapes of the file.
    pub(super) fn of(rows: Snapshot, now: i64) -> Self {
        let mut secrets: HashMap<String, Vec<String>> = HashMap::new();
        let mut sealed: HashMap<String, Vec<String>> = HashMap::new();
        for secret in rows.secrets.into_iter().filter(|secret| is_live(secret, now)) {
            let owner = secret.application_id.or(secret.api_connection_id).unwrap_or_default();
            if secret.sealed.is_some() {
                sealed.entry(owner.clone()).or_default().push(secret.hash.clone());
            }
            secrets.entry(owner).or_default().push(secret.hash);
        }
        let mut scopes: HashMap<String, Vec<Known<ApiScopeSpec>>> = HashMap::new();
        for scope in rows.api_scopes {
            scopes.entry(scope.api_connection_id).or_default().push(known(scope.object));
        }
        let connections = rows.api_connections.into_iter().map(|row| KnownConnection {
            scopes: scopes.remove(&row.object.id).unwrap_or_default(),
            secrets: secrets.remove(&row.object.id).unwrap_or_default(),
            object: known(row.object),
        });
        let connections = connections.collect();
        let applications = rows.applications.into_iter().map(|row| KnownApplication {
            secrets: secrets.remove(&row.object.id).unwrap_or_default(),
            sealed: sealed.remove(&row.object.id).unwrap_or_default(),
            object: known(row.object),
        });
        Self {
            applications: applications.collect(),
            connections,
            claims: rows.claims.into_iter().map(|row| known(row.object)).collect(),
            identity_scopes: rows.identity_scopes.into_iter().map(|row| known(row.object)).collect(),
            subscription: Some(rows.subscription.object),
        }
    }
}

fn known<T>(object: Stored<T>) -> Known<T> {
    Known { spec: object.spec, version: Some(object.version) }
}
