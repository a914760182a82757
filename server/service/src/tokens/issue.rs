//! From a plan to tokens: what must be stored is stored, then everything is signed.

use model::spec::AccessTokenFormat;
use oidc::grant::TokenPlan;
use oidc::token::{self, TokenResponse};
use serde_json::Value;

use super::Failure;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;

/// Random parts of what is issued.
pub(super) struct Issued {
    /// The reference token itself, or the `jti` of a JWT.
    access: String,
    /// The refresh token itself.
    pub refresh_token: Option<String>,
}

/// True when issuing leaves a row behind.
pub(super) fn needs_write(plan: &TokenPlan) -> bool {
    plan.access_token.format == AccessTokenFormat::Reference || plan.refresh_token.is_some()
}

/// For a plan that leaves no row behind.
pub(super) fn without_write(ctx: &Ctx) -> Result<Issued> {
    Ok(Issued { access: ctx.new_id()?, refresh_token: None })
}

/// Stores reference and refresh tokens by their hashes. `refresh_token` is the random value that
/// becomes the refresh token where the plan has one.
pub(super) async fn write(
    ctx: &Ctx,
    tx: &mut store::Tx,
    snap: &Snapshot,
    plan: &TokenPlan,
    refresh_token: String,
) -> Result<Issued> {
    let now = ctx.now();
    let access = match plan.access_token.format {
        AccessTokenFormat::Jwt => ctx.new_id()?,
        AccessTokenFormat::Reference => {
            let reference = ctx.random.hex_token()?;
            let row = store::access_tokens::AccessToken {
                hash: crypto::hash(&reference),
                subscription_id: snap.subscription_id.clone(),
                application_id: plan.application_id.clone(),
                user_id: plan.user_id.clone(),
                grant_id: plan.grant_id.clone(),
                data: store::JsonText::encode(&plan.access_token.data),
                created_at: now,
                expires_at: plan.access_token.data.expires_at,
                revoked_at: None,
            };
            store::access_tokens::insert(tx, &row).await?;
            reference
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

/// Signs, and puts the answer of the token endpoint together.
pub(super) fn respond(ctx: &Ctx, snap: &Snapshot, plan: &TokenPlan, issued: Issued) -> Result<Value, Failure> {
    let application =
        snap.tenant.application_by_id(&plan.application_id).ok_or_else(|| Error::internal("application"))?;
    let key = snap.keyring.signing(ctx.now())?;
    let access_token = match plan.access_token.format {
        AccessTokenFormat::Reference => issued.access,
        AccessTokenFormat::Jwt => {
            let payload = token::access_payload(&snap.tenant, application, &plan.access_token, &issued.access);
            key.sign("at+jwt", &Value::Object(payload))?
        }
    };
    let identity_token = match &plan.identity_token {
        None => None,
        Some(spec) => {
            let payload = token::identity_payload(&snap.tenant, application, spec, &access_token);
            Some(key.sign("JWT", &Value::Object(payload))?)
        }
    };
    let response = TokenResponse::new(plan, access_token, identity_token, issued.refresh_token);
    Ok(serde_json::to_value(response).map_err(Error::internal)?)
}
