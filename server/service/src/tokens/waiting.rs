//! What a person answered on another screen, as the decision of a device's or an application's question looks at it.

use oidc::grant::{Answered, AnsweredData, AnsweredGrant};
use store::JsonText;

use super::family;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// From the columns of either table, and the grant as it is now.
pub(super) async fn answered(
    tx: &mut store::Tx,
    snap: &Snapshot,
    denied_at: Option<i64>,
    grant_id: Option<String>,
    data: Option<JsonText>,
) -> Result<Answered> {
    Ok(match (denied_at, grant_id, data) {
        (Some(_), ..) => Answered::Denied,
        (None, Some(grant_id), Some(data)) => {
            let AnsweredData { authentication, scopes, authorization_details } = data.decode()?;
            let grant = family(tx, snap, &grant_id).await?;
            let grant_revoked = grant.is_none_or(|grant| grant.revoked_at.is_some());
            Answered::Granted(AnsweredGrant { grant_id, authentication, scopes, authorization_details, grant_revoked })
        }
        (None, Some(_), None) => return Err(Error::internal("somebody who waits was granted nothing")),
        (None, None, _) => Answered::NotYet,
    })
}
