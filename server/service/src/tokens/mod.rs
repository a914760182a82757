//! The token endpoints: parse and decide by `oidc`, consume and save in one transaction, sign.

mod backchannel_authentication;
mod caller;
mod ciba;
mod client_credentials;
pub(crate) mod code;
mod device_authorization;
mod device_code;
mod exchange;
mod found;
pub(crate) mod front_channel;
mod introspect;
mod issue;
mod jwt_bearer;
mod password;
mod push;
mod refresh;
mod revoke;
mod sign;
pub(crate) mod trial;
mod userinfo;
mod waiting;

pub use backchannel_authentication::backchannel_authentication;
pub use caller::Sent;
pub use device_authorization::device_authorization;
pub use introspect::introspect;
pub use push::push;
pub use revoke::revoke;
pub(crate) use sign::{sign_by_key, sign_for};
pub(crate) use userinfo::own as own_userinfo;
pub use userinfo::{Asked, UserInfoFailure, userinfo};

use oidc::certificate;
use oidc::client_auth::AuthenticatedClient;
use oidc::dpop;
use oidc::endpoint;
use oidc::error::OAuthError;
use oidc::grant::{self, Denied, TokenRequest};
use oidc::params::Params;
use oidc::verify::Jws;
use serde_json::Value;

use self::caller::{Caller, Endpoint};
use self::sign::Signer;
use crate::activity::Kind;
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::incident;
use crate::proof;
use crate::snapshot::Snapshot;

const ENDPOINT: Endpoint = Endpoint { path: endpoint::TOKEN, refused: "token_refused", binds: true };

/// Why a token endpoint gives nothing.
#[derive(Debug)]
pub enum Failure {
    /// The client's fault: an OAuth error.
    OAuth(OAuthError),
    /// Ours.
    Service(Error),
}

impl From<OAuthError> for Failure {
    fn from(error: OAuthError) -> Self {
        Self::OAuth(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Service(error.into())
    }
}

/// The token endpoint (RFC 6749 section 3.2).
pub async fn token(ctx: &Ctx, snap: &Snapshot, sent: &Sent<'_>, client: &ClientInfo) -> Result<Value, Failure> {
    let caller = Caller::read(ctx, snap, sent, &ENDPOINT, client).await?;
    let authenticated = caller.authenticate(ctx, snap, &ENDPOINT, client).await?;
    let answer = grant(ctx, snap, &authenticated, sent.params, client).await;
    match &answer {
        Ok(_) => {
            ctx.activity.note(&snap.subscription_id, Kind::Tokens, ctx.now());
            ctx.last_used.note_application(authenticated.application.id(), ctx.now());
        }
        // Who waits is refused nothing.
        Err(Failure::OAuth(error)) if grant::is_to_wait(error) => {}
        Err(Failure::OAuth(error)) => {
            denied(ctx, snap, ENDPOINT.refused, &caller.presented.client_id, error, client).await;
        }
        Err(Failure::Service(_)) => {}
    }
    answer
}

/// What an endpoint tells of a token or of a user.
#[derive(Debug)]
pub enum Answer {
    /// As JSON.
    Json(Value),
    /// The same, signed.
    Jwt(String),
}

/// One arm for each grant.
async fn grant(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    params: &Params,
    caller: &ClientInfo,
) -> Result<Value, Failure> {
    if client.application.spec().dpop_bound_access_tokens && client.jkt.is_none() {
        return Err(dpop::missing().into());
    }
    if client.application.spec().tls_client_certificate_bound_access_tokens && client.x5t.is_none() {
        return Err(certificate::missing().into());
    }
    let request = grant::read(params)?;
    let signer = if request.may_identify() { Signer::caller(ctx, snap, client).await? } else { Signer::of(client) };
    let signer = &signer;
    match request {
        TokenRequest::AuthorizationCode(request) => code::redeem(ctx, snap, client, signer, &request).await,
        TokenRequest::RefreshToken(request) => refresh::rotate(ctx, snap, client, signer, &request).await,
        TokenRequest::ClientCredentials(request) => {
            client_credentials::issue(ctx, snap, client, signer, &request).await
        }
        TokenRequest::DeviceCode(request) => device_code::poll(ctx, snap, client, signer, &request).await,
        TokenRequest::Password(request) => password::issue(ctx, snap, client, signer, &request, caller).await,
        TokenRequest::JwtBearer(request) => jwt_bearer::issue(ctx, snap, client, signer, &request, caller).await,
        TokenRequest::Ciba(request) => ciba::poll(ctx, snap, client, signer, &request).await,
        TokenRequest::TokenExchange(request) => exchange::exchange(ctx, snap, client, signer, &request).await,
    }
}

/// A nonce for the next proof of possession (RFC 9449 section 8.2).
pub fn dpop_nonce(ctx: &Ctx, snap: &Snapshot) -> Result<String, Error> {
    proof::make_nonce(ctx, snap)
}

/// True when the signature of a parsed token is one of this subscription's published keys'.
pub(crate) fn check_signature(ctx: &Ctx, snap: &Snapshot, jws: &Jws) -> bool {
    let key = jws.header.kid.as_deref().and_then(|kid| snap.keyring.find(kid, ctx.now()));
    key.is_some_and(|key| key.signed(jws))
}

/// The same for an identity token that comes back as a hint, which may be as old as a session.
pub(crate) fn check_hint_signature(snap: &Snapshot, jws: &Jws) -> bool {
    let key = jws.header.kid.as_deref().and_then(|kid| snap.keyring.find_for_hint(kid));
    key.is_some_and(|key| key.signed(jws))
}

/// Notes that a secret was used, without waiting for the write.
fn used(ctx: &Ctx, secret_id: Option<&str>) {
    if let Some(id) = secret_id {
        ctx.last_used.note(id, ctx.now());
    }
}

/// Notes a refusal of one of the endpoints that authenticate their callers.
async fn denied(ctx: &Ctx, snap: &Snapshot, kind: &str, client_id: &str, error: &OAuthError, client: &ClientInfo) {
    let data = serde_json::json!({
        "client_id": client_id.chars().take(255).collect::<String>(),
        "error": error.code.as_str(),
        "description": error.description,
        "address": client.address,
    });
    let application = snap.tenant.application(client_id).map(oidc::tenant::Application::id);
    let event = Event { application_id: application, ..Event::new(kind, data) };
    incident::note(ctx, snap, event).await;
}

/// Carries out a denial: a replay revokes the family, and commits that before the error is answered.
async fn carry_out(ctx: &Ctx, mut tx: store::Tx, grant_id: &str, denied: Denied) -> Failure {
    match denied {
        Denied::Error(error) => Failure::OAuth(error),
        Denied::Replay(error) => {
            let revoked = async {
                store::grants::revoke(&mut tx, grant_id, ctx.now()).await?;
                tx.commit().await
            };
            match revoked.await {
                Ok(()) => Failure::OAuth(error),
                Err(cause) => Failure::Service(cause.into()),
            }
        }
    }
}

/// The grant of a code or refresh token, if it is one of this subscription.
async fn family(
    conn: &mut store::Conn,
    snap: &Snapshot,
    grant_id: &str,
) -> Result<Option<store::grants::Grant>, Error> {
    let grant = store::grants::find(conn, grant_id).await?;
    Ok(grant.filter(|grant| grant.subscription_id == snap.subscription_id))
}

/// What a decision needs to know of the user behind a grant.
async fn subject(
    conn: &mut store::Conn,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    user_id: &str,
) -> Result<(Option<oidc::user::UserFacts>, Option<Vec<String>>), Failure> {
    let user = crate::facts::load(conn, &snap.tenant, user_id).await?;
    let consented = store::consents::get(conn, user_id, client.application.id()).await?;
    Ok((user, consented.map(|c| c.scopes)))
}
