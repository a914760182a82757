//! A user as `oidc` sees one.

use oidc::tenant::Tenant;
use oidc::user::UserFacts;
use store::users::WithValues;

use crate::error::Result;

/// Loads a user with all claim values. `None` when there is no such user in the subscription.
pub async fn load(conn: &mut store::Conn, tenant: &Tenant, user_id: &str) -> Result<Option<UserFacts>> {
    let found = store::users::find_with_values(conn, user_id).await?;
    Ok(found.filter(|(user, _)| user.subscription_id == tenant.id()).map(|found| of(tenant, found)))
}

/// A user of the subscription, with what they hold.
pub fn of(tenant: &Tenant, (row, stored): WithValues) -> UserFacts {
    let values = tenant
        .claims()
        .iter()
        .filter_map(|(name, claim)| {
            stored.iter().find(|(id, _)| *id == claim.id).map(|(_, value)| (name.clone(), value.clone()))
        })
        .collect();
    UserFacts {
        sub: row.id,
        enabled: row.disabled_at.is_none(),
        email: row.email,
        email_verified: row.email_verified,
        username: row.username,
        updated_at: row.updated_at,
        values,
    }
}
