//! From the rows of a subscription to what `oidc` decides by.

use oidc::tenant::{Application, Connection, SecretHash, Tenant, TenantParts};
use store::snapshot::Snapshot as Rows;

use crate::crypto;

/// Puts the rows of one subscription together.
pub fn build(issuer: String, salt: &str, rows: &Rows) -> Tenant {
    let secrets_of = |application: Option<&str>, connection: Option<&str>| -> Vec<SecretHash> {
        let mine = rows.secrets.iter().filter(|s| match (application, connection) {
            (Some(id), _) => s.application_id.as_deref() == Some(id),
            (_, id) => id.is_some() && s.api_connection_id.as_deref() == id,
        });
        mine.map(|s| SecretHash {
            id: s.id.clone(),
            hash_hex: s.hash.clone(),
            sealed: s.sealed.clone(),
            expires_at: s.expires_at,
        })
        .collect()
    };
    let applications = rows.applications.iter().map(|row| Application {
        secrets: secrets_of(Some(&row.object.id), None),
        keys: row.object.spec.jwks.as_ref().map(oidc::jose::KeySet::parse).unwrap_or_default(),
        stored: row.object.clone(),
    });
    let connections = rows.api_connections.iter().map(|row| {
        let mut stored = row.object.clone();
        let scopes = rows.api_scopes.iter().filter(|s| s.api_connection_id == row.object.id);
        stored.spec.scopes = scopes.map(|s| s.object.spec.clone()).collect();
        Connection::new(stored, secrets_of(None, Some(&row.object.id)))
    });
    Tenant::new(TenantParts {
        issuer,
        // Two subscriptions call nobody by the same name, whatever the sector.
        pairwise_salt: crypto::hash(&format!("{salt}\n{}", rows.subscription.object.id)),
        settings: rows.subscription.object.clone(),
        applications: applications.collect(),
        connections: connections.collect(),
        claims: rows.claims.iter().map(|row| row.object.clone()).collect(),
        identity_scopes: rows.identity_scopes.iter().map(|row| row.object.clone()).collect(),
    })
}
