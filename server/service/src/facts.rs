//! A user as `oidc` sees one.

use oidc::tenant::Tenant;
use oidc::user::UserFacts;

use crate::error::Result;

/// Loads a user with all claim values. `None` when there is no such user in the subscription.
pub async fn load(conn: &mut store::Conn, tenant: &Tenant, user_id: &str) -> Result<Option<UserFacts>> {
    let Some(row) = store::users::find(conn, user_id).await?.filter(|u| u.subscription_id == tenant.id()) else {
        return Ok(None);
    };
    let stored = store::claim_values::of_user(conn, user_id).await?;
    let values = tenant
        .claims()
        .iter()
        .filter_map(|(name, claim)| {
            stored.iter().find(|(id, _)| *id == claim.id).map(|(_, value)| (name.clone(), value.clone()))
        })
        .collect();
    Ok(Some(UserFacts {
        sub: row.id,
        enabled: row.disabled_at.is_none(),
        email: row.email,
        email_verified: row.email_verified,
        username: row.username,
        updated_at: row.updated_at,
        values,
    }))
}
