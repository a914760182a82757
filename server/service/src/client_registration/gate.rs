//! Who may register: by the subscription's setting, and by an initial access token where that asks for one. A software
//! statement is looked at later.

use model::spec::RegistrationMode;
use oidc::bearer::{self, BearerRefusal};
use oidc::params::Params;
use store::initial_access_tokens::{self, InitialAccessToken};

use super::{Failure, Sent};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::snapshot::Snapshot;

/// Not found where the subscription has it off.
pub(super) fn is_on(snap: &Snapshot) -> Result<(), Failure> {
    if snap.tenant.settings().client_registration.is_on() { Ok(()) } else { Err(Error::NotFound.into()) }
}

/// The initial access token of a request; `None` where anybody may register. It is not used up by this.
pub(super) async fn initial_token(
    ctx: &Ctx,
    snap: &Snapshot,
    sent: &Sent<'_>,
) -> Result<Option<InitialAccessToken>, Failure> {
    is_on(snap)?;
    match snap.tenant.settings().client_registration.mode {
        // With a statement that is good, or with nothing.
        RegistrationMode::Off | RegistrationMode::SoftwareStatement | RegistrationMode::Open => return Ok(None),
        RegistrationMode::InitialAccessToken => (),
    }
    let hash = crypto::hash(&token(sent)?);
    let row = initial_access_tokens::find_by_hash(&mut ctx.read().await?, &snap.subscription_id, &hash).await?;
    row.filter(|row| row.is_live(ctx.now())).map(Some).ok_or_else(not_accepted)
}

/// The token of a request: RFC 7591 section 3 and RFC 7592 section 2 have RFC 6750's header only.
pub(super) fn token(sent: &Sent<'_>) -> Result<String, BearerRefusal> {
    let presented = bearer::read(&sent.authorization, &Params::default())?;
    if presented.with_proof { Err(BearerRefusal::NoToken) } else { Ok(presented.token) }
}

/// One answer, whether it never was, has ended or is another's.
pub(super) fn not_accepted() -> Failure {
    BearerRefusal::invalid_token("the token is not accepted").into()
}
