//! UserInfo (OpenID Connect Core section 5.3).

use oidc::bearer::{BearerRefusal, PresentedToken};
use oidc::certificate::{self, Certificate};
use oidc::dpop::{self, Proof};
use oidc::endpoint;
use oidc::error::OAuthError;
use oidc::grant::AccessTokenData;
use oidc::possession;
use oidc::tenant::Application;
use oidc::userinfo::{jwt_payload, unknown_token};
use serde_json::{Map, Value};

use super::{Answer, caller, found};
use crate::ctx::Ctx;
use crate::error::Error;
use crate::jwe::{Content, Recipient};
use crate::proof::{self, Message};
use crate::snapshot::Snapshot;

/// Why UserInfo tells nothing.
#[derive(Debug)]
pub enum UserInfoFailure {
    /// The token's fault (RFC 6750 section 3).
    Bearer(BearerRefusal),
    /// The fault of the proof that must go with the token (RFC 9449 section 7.1).
    Proof(OAuthError),
    /// Ours.
    Service(Error),
}

impl From<Error> for UserInfoFailure {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

/// A request for claims.
pub struct Asked<'a> {
    /// The token, as far as it could be read.
    pub token: Result<PresentedToken, BearerRefusal>,
    /// Every `DPoP` header.
    pub dpop: Vec<&'a [u8]>,
    /// Of the connection.
    pub certificate: Option<&'a Certificate>,
    /// HTTP method.
    pub method: &'a str,
}

/// The claims that the token's scopes and requested claims let out, as they are now; signed and encrypted where the
/// application wants that.
pub async fn userinfo(ctx: &Ctx, snap: &Snapshot, asked: Asked<'_>) -> Result<Answer, UserInfoFailure> {
    let presented = asked.token.as_ref().map_err(|refusal| UserInfoFailure::Bearer(refusal.clone()))?;
    let Some(found) = found::access_token(ctx, snap, &presented.token).await? else {
        return Err(UserInfoFailure::Bearer(unknown_token()));
    };
    check_possession(ctx, snap, &asked, presented, &found.data).await?;
    let claims = claims(ctx, snap, &found.data).await?.map_err(UserInfoFailure::Bearer)?;
    match snap.tenant.application(&found.data.client_id) {
        Some(application) => sealed(ctx, snap, application, claims).await,
        None => Ok(Answer::Json(Value::Object(claims))),
    }
}

/// As the application wants it. OpenID Connect Core section 5.3.2: "The UserInfo Response MAY be encrypted without also
/// being signed. If both signing and encryption are requested, the response MUST be signed then encrypted".
async fn sealed(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
    claims: Map<String, Value>,
) -> Result<Answer, UserInfoFailure> {
    let recipient = match application.spec().userinfo_encryption() {
        Some(encryption) => {
            let found = Recipient::find(ctx, snap, application, encryption).await;
            let refused = |text| UserInfoFailure::Bearer(BearerRefusal::Error(OAuthError::invalid_request(text)));
            Some(found.map_err(refused)?)
        }
        None => None,
    };
    let Some(alg) = application.spec().userinfo_signed_response_alg else {
        let claims = Value::Object(claims);
        return match recipient {
            Some(recipient) => Ok(Answer::Jwt(recipient.encrypt(ctx, Content::Claims, &claims.to_string())?)),
            None => Ok(Answer::Json(claims)),
        };
    };
    let payload = jwt_payload(&snap.tenant, application.client_id(), claims);
    let signed = snap.keyring.signing(alg, ctx.now())?.sign("JWT", &Value::Object(payload))?;
    Ok(Answer::Jwt(match recipient {
        Some(recipient) => recipient.encrypt(ctx, Content::Jwt, &signed)?,
        None => signed,
    }))
}

/// The same for a token that the server itself has just issued, and holds: nobody has to prove anything.
pub(crate) async fn own(ctx: &Ctx, snap: &Snapshot, token: &str) -> Result<Result<Value, BearerRefusal>, Error> {
    match found::access_token(ctx, snap, token).await? {
        Some(found) => Ok(claims(ctx, snap, &found.data).await?.map(Value::Object)),
        None => Ok(Err(unknown_token())),
    }
}

async fn claims(
    ctx: &Ctx,
    snap: &Snapshot,
    token: &AccessTokenData,
) -> Result<Result<Map<String, Value>, BearerRefusal>, Error> {
    let user = found::user(ctx, snap, token).await?;
    Ok(oidc::userinfo::answer(&snap.tenant, token, user.as_ref(), ctx.now()))
}

/// A token that is bound to a certificate counts over a connection with that one; one that is bound to a key, with a
/// proof of that key, made for this request.
async fn check_possession(
    ctx: &Ctx,
    snap: &Snapshot,
    asked: &Asked<'_>,
    presented: &PresentedToken,
    token: &AccessTokenData,
) -> Result<(), UserInfoFailure> {
    let x5t = asked.certificate.map(|one| one.thumbprint.as_str());
    let same = certificate::check(x5t, token.x5t.as_deref());
    same.map_err(|error| UserInfoFailure::Bearer(BearerRefusal::Error(error)))?;
    let proof = if presented.with_proof { read_proof(ctx, snap, asked, presented)? } else { None };
    possession::check(presented, token, proof.as_ref()).map_err(UserInfoFailure::Proof)?;
    let Some(proof) = proof else { return Ok(()) };
    let required = snap.tenant.application(&token.client_id).is_some_and(|one| one.spec().require_dpop_nonce);
    caller::check_nonce(ctx, snap, &proof, required).map_err(UserInfoFailure::Proof)?;
    let message = Message { kind: "proof", id: &proof.id, expires_at: proof.expires_at };
    if proof::first_use(ctx, snap, &[message]).await? {
        return Ok(());
    }
    Err(UserInfoFailure::Proof(dpop::used()))
}

fn read_proof(
    ctx: &Ctx,
    snap: &Snapshot,
    asked: &Asked<'_>,
    presented: &PresentedToken,
) -> Result<Option<Proof>, UserInfoFailure> {
    let url = endpoint::url(snap.tenant.issuer(), endpoint::USERINFO);
    let expected = dpop::Expected {
        method: asked.method,
        url: &url,
        access_token: Some(&presented.token),
        signatures: &proof::verifies,
        now: ctx.now(),
    };
    dpop::read(&asked.dpop, &expected).map_err(UserInfoFailure::Proof)
}
