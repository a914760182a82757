//! An application acts for itself (RFC 6749 section 4.4).

use oidc::client_auth::AuthenticatedClient;
use oidc::grant::client_credentials::{self, Request};
use serde_json::Value;

use super::sign::Signer;
use super::{Failure, issue};
use crate::ctx::Ctx;
use crate::snapshot::Snapshot;

/// A JWT needs no write; a reference token is stored before it is answered.
pub(super) async fn issue(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    signer: &Signer<'_>,
    request: &Request,
) -> Result<Value, Failure> {
    let plan = client_credentials::decide(&snap.tenant, client, request, ctx.now())?;
    issue::alone(ctx, snap, signer, &plan).await
}
