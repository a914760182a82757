//! Software statements (RFC 7591 section 2.3): whose they are, whether they are good, and what they change.

use model::spec::RegistrationMode;
use oidc::OAuthError;
use oidc::client_registration::Statement;
use oidc::client_registration::software_statement::{self as rules, Expected};
use oidc::error::ErrorCode;
use serde_json::{Map, Value};

use super::Failure;
use crate::ctx::Ctx;
use crate::proof;
use crate::published_keys;
use crate::snapshot::Snapshot;

/// A statement that counts, and its text.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub text: String,
    pub says: Statement,
}

/// The statement of somebody who registers; `None` for who has none and needs none.
pub(super) async fn of_new(ctx: &Ctx, snap: &Snapshot, body: &Map<String, Value>) -> Result<Option<Stated>, Failure> {
    match rules::sent(body)? {
        Some(text) => Ok(Some(checked(ctx, snap, text).await?)),
        None if snap.tenant.settings().client_registration.mode == RegistrationMode::SoftwareStatement => {
            Err(rules::missing().into())
        }
        None => Ok(None),
    }
}

/// The statement of an application that changes its metadata. The one that it came with goes on to count when it is
/// sent again, which RFC 7592 section 2.2 asks for, and when it is left out: what it settles is not for the application to
/// change. Its end was that of bringing it, so only whether its issuer is still approved of is looked at.
pub(super) async fn of_known(
    ctx: &Ctx,
    snap: &Snapshot,
    body: &Map<String, Value>,
    came_with: Option<&str>,
) -> Result<Option<Stated>, Failure> {
    let sent = rules::sent(body)?;
    match sent.or(came_with) {
        Some(text) if Some(text) == came_with => {
            rules::issuer(&snap.tenant, text)?;
            Ok(Some(Stated { text: text.to_owned(), says: Statement::kept(text)? }))
        }
        Some(text) => Ok(Some(checked(ctx, snap, text).await?)),
        None => Ok(None),
    }
}

async fn checked(ctx: &Ctx, snap: &Snapshot, text: &str) -> Result<Stated, Failure> {
    let (issuer, kid) = rules::issuer(&snap.tenant, text)?;
    let keys = published_keys::of(ctx, snap, issuer, kid.as_deref()).await.map_err(|_| unfetched())?;
    let expected = Expected { keys: &keys, signatures: &proof::verifies, now: ctx.now() };
    let says = rules::check(&snap.tenant, text, &expected)?;
    Ok(Stated { text: text.to_owned(), says })
}

/// What went wrong is for administrators, in the audit log.
fn unfetched() -> OAuthError {
    let text = "software_statement: the keys of its issuer could not be fetched from its jwks_uri";
    OAuthError::new(ErrorCode::InvalidSoftwareStatement, text)
}

/// What counts as metadata, statement or not.
pub(super) fn over(stated: Option<&Stated>, body: &Map<String, Value>) -> Map<String, Value> {
    stated.map_or_else(|| body.clone(), |stated| stated.says.over(body))
}
