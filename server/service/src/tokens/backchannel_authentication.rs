//! The backchannel authentication endpoint (OpenID Connect CIBA section 7): an application asks for the sign-in of somebody it
//! names.

use oidc::ciba::{self, Asked, Delivery, PersonHint};
use oidc::client_auth::AuthenticatedClient;
use oidc::endpoint;
use oidc::error::{ErrorCode, OAuthError};
use oidc::user::UserFacts;
use oidc::verify::{self, Jws};
use serde_json::{Value, json};
use store::authentication_requests::{self, AuthenticationRequest};

use super::caller::{Caller, Endpoint, Sent};
use super::{Failure, check_hint_signature, denied};
use crate::client::ClientInfo;
use crate::crypto;
use crate::ctx::Ctx;
use crate::event::{self, Event};
use crate::facts;
use crate::pings;
use crate::snapshot::Snapshot;

/// The application proves a key, if it has one, when it fetches its tokens.
const ENDPOINT: Endpoint = Endpoint {
    path: endpoint::BACKCHANNEL_AUTHENTICATION,
    refused: "backchannel_authentication_refused",
    binds: false,
};

/// Most requests of one application that wait for one person: nobody is to be worn down by questions.
const MOST: i64 = 3;

/// Stores a request for its person, and names it for the application.
pub async fn backchannel_authentication(
    ctx: &Ctx,
    snap: &Snapshot,
    sent: &Sent<'_>,
    client: &ClientInfo,
) -> Result<Value, Failure> {
    let caller = Caller::read(ctx, snap, sent, &ENDPOINT, client).await?;
    let authenticated = caller.authenticate(ctx, snap, &ENDPOINT, client).await?;
    let answer = async {
        let asked = ciba::read(&snap.tenant, &authenticated, sent.params)?;
        store(ctx, snap, &authenticated, asked, client).await
    };
    let answer = answer.await;
    if let Err(Failure::OAuth(error)) = &answer {
        denied(ctx, snap, ENDPOINT.refused, &caller.presented.client_id, error, client).await;
    }
    answer
}

async fn store(
    ctx: &Ctx,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    asked: Asked,
    caller: &ClientInfo,
) -> Result<Value, Failure> {
    let (now, application) = (ctx.now(), client.application);
    let mut tx = ctx.begin_brief().await?;
    let user = person(&mut tx, snap, client, &asked.person).await?.ok_or_else(unknown)?;
    // Held: of many requests at once, on whichever nodes, no more get through; and whoever disables the user waits.
    if !store::users::hold_enabled(&mut tx, &user.sub).await? {
        return Err(unknown().into());
    }
    if authentication_requests::count_waiting(&mut tx, application.id(), &user.sub, now).await? >= MOST {
        let text = "the user has not answered earlier requests yet";
        return Err(OAuthError::new(ErrorCode::AccessDenied, text).into());
    }
    let auth_req_id = ctx.random.token()?;
    let ping_sealed = match &asked.delivery {
        Delivery::Poll => None,
        Delivery::Ping(token) => Some(pings::seal(ctx, &auth_req_id, token)?),
    };
    let row = AuthenticationRequest {
        hash: crypto::hash(&auth_req_id),
        id: ctx.random.token()?,
        subscription_id: snap.subscription_id.clone(),
        application_id: application.id().to_owned(),
        user_id: user.sub.clone(),
        request: store::JsonText::encode(&asked.request),
        poll_interval: ciba::INTERVAL,
        polled_at: None,
        created_at: now,
        expires_at: now + asked.expires_in,
        denied_at: None,
        grant_id: None,
        data: None,
        consumed_at: None,
        ping_sealed,
    };
    authentication_requests::insert(&mut tx, &row).await?;
    let data = json!({ "scopes": asked.request.scopes, "address": caller.address });
    let event =
        Event { user_id: Some(&user.sub), application_id: Some(application.id()), ..Event::new("sign_in_asked", data) };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), application.id(), event).await?;
    tx.commit().await?;
    Ok(ciba::response(&auth_req_id, asked.expires_in))
}

/// Section 13 on `unknown_user_id`: "The OpenID Provider is not able to identify which end-user the Client wishes to be
/// authenticated by means of the hint provided". Said of those who are disabled, too. Only applications that an administrator
/// let ask learn it.
fn unknown() -> OAuthError {
    OAuthError::new(ErrorCode::UnknownUserId, "the hint names no user who can be asked")
}

async fn person(
    conn: &mut store::Conn,
    snap: &Snapshot,
    client: &AuthenticatedClient<'_>,
    hint: &PersonHint,
) -> Result<Option<UserFacts>, Failure> {
    match hint {
        PersonHint::Login(login) => {
            let login = model::canonical::text(login);
            let found = store::users::find_by_login_with_values(conn, &snap.subscription_id, &login).await?;
            Ok(found.map(|found| facts::of(&snap.tenant, found)))
        }
        PersonHint::IdToken(token) => {
            // A name that only this application knows leads back to nobody.
            if client.application.spec().is_pairwise() {
                return Err(OAuthError::invalid_request("id_token_hint is of no use here: send login_hint").into());
            }
            let jws = Jws::parse(token).ok().filter(|jws| check_hint_signature(snap, jws));
            let claims = jws.and_then(|jws| verify::identity_token_hint(&jws, snap.tenant.issuer()).ok());
            let claims = claims
                .ok_or_else(|| OAuthError::invalid_request("id_token_hint is not an identity token of this issuer"))?;
            Ok(facts::load(conn, &snap.tenant, &claims.sub).await?)
        }
    }
}
