//! From a plan to tokens: what must be stored is stored, then everything is signed.

use model::spec::AccessTokenFormat;
use oidc::grant::{AccessTokenData, IdentityTokenSpec, TokenPlan};
use oidc::token::{self, TokenResponse};
use serde_json::Value;

use super::Failure;
use super::sign::{Signer, sign};
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// What of a response is made before it is answered.
pub(super) struct Issued {
    pub access: Access,
    /// The refresh token itself.
    pub refresh_token: Option<String>,
}

/// An access token, as far as it is made.
pub(super) enum Access {
    /// Whole: a reference, or a JWT that is stored.
    Token(String),
    /// The `jti` of a JWT that is signed once the transaction is over.
    Jti(String),
}

/// By fewer seconds than these the end of a token is moved to tell it from others: in dialects without a `jti`
/// two tokens of one second can be the same.
const MOVED: i64 = 3;

/// Where nothing else is saved with what is issued. A JWT that is not stored needs no write.
pub(super) async fn alone(ctx: &Ctx, snap: &Snapshot, signer: &Signer<'_>, plan: &TokenPlan) -> Result<Value, Failure> {
    let issued = if plan.access_token.is_stored || plan.refresh_token.is_some() {
        let mut tx = ctx.begin_brief().await?;
        let issued = write(ctx, &mut tx, snap, signer, plan, ctx.random.token()?).await?;
        tx.commit().await?;
        issued
    } else {
        Issued { access: Access::Jti(ctx.new_id()?), refresh_token: None }
    };
    respond(ctx, snap, signer, plan, issued)
}

/// Stores what counts only while it is stored, by hashes. `refresh_token` is the random value that becomes the
/// refresh token where the plan has one.
pub(super) async fn write(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    signer: &Signer<'_>,
    plan: &TokenPlan,
    refresh_token: String,
) -> Result<Issued> {
    let now = ctx.now();
    let access = match plan.access_token.format {
        AccessTokenFormat::Jwt if !plan.access_token.is_stored => Access::Jti(ctx.new_id()?),
        AccessTokenFormat::Jwt => Access::Token(stored_jwt(ctx, tx, snap, signer, plan).await?),
        AccessTokenFormat::Reference => {
            let reference = ctx.random.hex_token()?;
            store(tx, snap, plan, &plan.access_token.data, &reference, now).await?;
            Access::Token(reference)
        }
    };
    let refresh_token = match (&plan.refresh_token, &plan.grant_id) {
        (Some(spec), Some(grant_id)) => {
            let row = store::refresh_tokens::RefreshToken {
                hash: crypto::hash(&refresh_token),
                grant_id: grant_id.clone(),
                data: store::JsonText::encode(&spec.data),
                created_at: now,
                expires_at: spec.expires_at,
                consumed_at: None,
                revoked_at: None,
                successor_hash: None,
            };
            store::refresh_tokens::insert(tx, &row).await?;
            Some(refresh_token)
        }
        _ => None,
    };
    Ok(Issued { access, refresh_token })
}

/// Signs and stores a JWT that has no id of its own. Where the same one was issued before, it ends a second
/// later: each stands for its own grant. An application that asks many times a second would use up the seconds
/// of its later tokens, so after a few of them a random member of the header tells them apart.
async fn stored_jwt(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    signer: &Signer<'_>,
    plan: &TokenPlan,
) -> Result<String> {
    let typ = token::access_type(signer.application);
    for moved in 0..=MOVED {
        let mut spec = plan.access_token.clone();
        spec.data.expires_at += if moved < MOVED { moved } else { 0 };
        let payload = token::access_payload(&snap.tenant, signer.application, &spec, "");
        let apart = if moved < MOVED { None } else { Some(ctx.random.token()?) };
        let alg = signer.application.spec().access_token_alg();
        let jwt = sign(ctx, snap, signer, alg, typ, payload, apart.as_deref())?;
        if store(tx, snap, plan, &spec.data, &jwt, ctx.now()).await? {
            return Ok(jwt);
        }
    }
    Err(Error::internal("a random token that was issued before"))
}

/// Stores an access token by its hash. False: the same one was issued before.
async fn store(
    tx: &mut store::Tx,
    snap: &Snapshot,
    plan: &TokenPlan,
    data: &AccessTokenData,
    token: &str,
    now: i64,
) -> Result<bool> {
    let row = store::access_tokens::AccessToken {
        hash: crypto::hash(token),
        subscription_id: snap.subscription_id.clone(),
        application_id: plan.application_id.clone(),
        user_id: plan.user_id.clone(),
        grant_id: plan.grant_id.clone(),
        data: store::JsonText::encode(data),
        created_at: now,
        expires_at: data.expires_at,
        revoked_at: None,
    };
    Ok(store::access_tokens::insert(tx, &row).await?)
}

/// Signs, and puts the answer of the token endpoint together.
pub(super) fn respond(
    ctx: &Ctx,
    snap: &Snapshot,
    signer: &Signer<'_>,
    plan: &TokenPlan,
    issued: Issued,
) -> Result<Value, Failure> {
    let access_token = access_token(ctx, snap, signer, plan, issued.access)?;
    let identity = plan.identity_token.as_ref();
    let identity_token =
        identity.map(|spec| identity_token(ctx, snap, signer, spec, Some(&access_token))).transpose()?;
    let response = TokenResponse::new(plan, access_token, identity_token, issued.refresh_token);
    Ok(serde_json::to_value(response).map_err(Error::internal)?)
}

/// Signs the access token where that is left to do.
pub(super) fn access_token(
    ctx: &Ctx,
    snap: &Snapshot,
    signer: &Signer<'_>,
    plan: &TokenPlan,
    access: Access,
) -> Result<String> {
    let application = signer.application;
    match access {
        Access::Token(token) => Ok(token),
        Access::Jti(jti) => {
            let payload = token::access_payload(&snap.tenant, application, &plan.access_token, &jti);
            let alg = application.spec().access_token_alg();
            sign(ctx, snap, signer, alg, token::access_type(application), payload, None)
        }
    }
}

/// Signs an identity token, and encrypts it where the application wants that.
pub(super) fn identity_token(
    ctx: &Ctx,
    snap: &Snapshot,
    signer: &Signer<'_>,
    spec: &IdentityTokenSpec,
    access_token: Option<&str>,
) -> Result<String> {
    let payload = token::identity_payload(&snap.tenant, signer.application, spec, access_token);
    let token = sign(ctx, snap, signer, spec.alg, "JWT", payload, None)?;
    signer.identity_token(ctx, token)
}
