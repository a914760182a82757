//! Exchanging a user's token for one towards another party (RFC 8693).

use oidc::client_auth::AuthenticatedClient;
use oidc::error::{ErrorCode, OAuthError};
use oidc::grant::AccessTokenData;
use oidc::grant::token_exchange::{self, ACCESS_TOKEN, Request};
use serde_json::{Value, json};

use super::sign::Signer;
use super::{Failure, found, issue};
use crate::ctx::Ctx;
use crate::event::{self, Event};
use crate::snapshot::Snapshot;

/// The new token belongs to the grant of the one it came from, and dies with it.
pub(super) async fn exchange(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
) -> Result<Value, Failure> {
    let Some(found) = found::access_token(ctx, snap, &request.subject_token).await? else {
        return Err(token_exchange::unknown_subject().into());
    };
    let user = found::user(ctx, snap, &found.data).await?;
    let decided = token_exchange::decide(&snap.tenant, client, request, &found.data, user.as_ref(), ctx.now())?;
    let other = (decided.shape.id() != client.application.id()).then(|| Signer::other(ctx, decided.shape));
    let other = other.map(|known| known.ok_or_else(no_secret)).transpose()?;
    let signer = other.as_ref().unwrap_or(signer);
    if let Some(target) = decided.impersonated_at {
        note(ctx, snap, client, &found.data, target).await?;
    }
    let mut answer = issue::alone(ctx, snap, signer, &decided.plan).await?;
    // RFC 8693 section 2.2.1: REQUIRED.
    answer["issued_token_type"] = json!(ACCESS_TOKEN);
    Ok(answer)
}

/// Nothing in the token says later who acted: the log does, or there is no token.
async fn note(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    token: &AccessTokenData,
    target: &str,
) -> crate::Result<()> {
    let data = json!({ "client_id": client.application.client_id(), "target": target });
    let event = Event {
        user_id: token.user_id.as_deref(),
        application_id: Some(client.application.id()),
        ..Event::new("user_impersonated", data)
    };
    let mut tx = ctx.begin_brief().await?;
    event::record(ctx, &mut tx, Some(&snap.subscription_id), client.application.id(), event).await?;
    Ok(tx.commit().await?)
}

/// Of an application that came to its dialect with a secret of which only the hash is known.
fn no_secret() -> OAuthError {
    let text = "the target signs its tokens with a secret that this server does not know: give it a new secret";
    OAuthError::new(ErrorCode::InvalidTarget, text)
}
