//! What an application would do with an answer, done in its place and written down.

use model::spec::SigningAlg;
use oidc::bearer::BearerRefusal;
use oidc::grant::{CodeData, authorization_code};
use serde_json::Value;

use super::Secrets;
use super::record::{Answer, Check, Ended, Happened, Record, SignIn, Token};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::playground;
use crate::snapshot::Snapshot;
use crate::tokens::{self, Failure, trial};

/// Events that tell how somebody got through a sign-in.
const ON_THE_WAY: [&str; 5] = ["sign_in", "registered", "claims_given", "consent_given", "consent_refused"];
/// Events looked through for them.
const RECENT: u32 = 20;

/// Redeems the code of this run, looks at everything, and revokes the grant however that went.
pub(super) async fn redeem(
    ctx: &Ctx,
    snap: &Snapshot,
    run: &store::playground_runs::Run,
    secrets: &Secrets,
    code: &str,
    record: &mut Record,
) -> Result<()> {
    let found = code_of(ctx, run, code).await?;
    let Some((grant_id, data)) = found else {
        // Another run's, an application's own, or nobody's: nothing is told of it, and it stays as it was.
        return refused(record, Failure::OAuth(oidc::grant::unknown_code()));
    };
    record.sign_in = sign_in(ctx, snap, run, &data).await?;
    let request = authorization_code::Request {
        code: code.to_owned(),
        redirect_uri: Some(playground::redirect_uri(&ctx.config.public_url)),
        code_verifier: Some(secrets.verifier.clone()),
        resources: Vec::new(),
        details: None,
        playground_run: Some(run.id.clone()),
    };
    let looked = match trial::redeem(ctx, snap, &run.application_id, &request).await {
        Ok(body) => look(ctx, snap, body, Some(secrets), record).await,
        Err(failure) => refused(record, failure),
    };
    trial::forget_grant(ctx, &grant_id).await?;
    looked
}

/// Lets the application act for itself, looks, and revokes the token.
pub(super) async fn by_itself(
    ctx: &Ctx,
    snap: &Snapshot,
    application_id: &str,
    scope: Option<String>,
    record: &mut Record,
) -> Result<()> {
    let body = match trial::act_for_itself(ctx, snap, application_id, scope).await {
        Ok(body) => body,
        Err(failure) => return refused(record, failure),
    };
    let token = text(&body, "access_token").unwrap_or_default().to_owned();
    let looked = look(ctx, snap, body, None, record).await;
    trial::forget(ctx, snap, &token).await?;
    looked
}

/// Grant and contents of a code, when it was issued for this very run.
async fn code_of(ctx: &Ctx, run: &store::playground_runs::Run, code: &str) -> Result<Option<(String, CodeData)>> {
    let row = store::codes::find(&mut ctx.read().await?, &crate::crypto::hash(code)).await?;
    let Some(row) = row else { return Ok(None) };
    let data: CodeData = row.data.decode()?;
    Ok(Some((row.grant_id, data)).filter(|(_, data)| data.playground_run.as_ref() == Some(&run.id)))
}

/// Who signed in, and what they did since the run began.
async fn sign_in(
    ctx: &Ctx,
    snap: &Snapshot,
    run: &store::playground_runs::Run,
    data: &CodeData,
) -> Result<Option<SignIn>> {
    let authentication = &data.authentication;
    let mut conn = ctx.read().await?;
    let Some(user) = crate::facts::load(&mut conn, &snap.tenant, &authentication.user_id).await? else {
        return Ok(None);
    };
    let recent = model::PageRequest { size: RECENT, ..model::PageRequest::default() };
    let events = store::events::page_of_user(&mut conn, &user.sub, &recent).await?.items.into_iter().rev();
    let events = events.filter(|event| {
        event.at >= run.created_at
            && event.application_id.as_ref() == Some(&run.application_id)
            && ON_THE_WAY.contains(&event.kind.as_str())
    });
    let happened = events.map(|event| {
        let data: Value = event.data.decode()?;
        let names = data.get("claims").or_else(|| data.get("scopes")).and_then(Value::as_array);
        let names = names.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        Ok(Happened { kind: event.kind, names })
    });
    Ok(Some(SignIn {
        name: crate::flow::user_name(&user),
        user_id: user.sub,
        auth_time: authentication.auth_time,
        amr: authentication.amr.clone(),
        is_new: authentication.auth_time >= run.created_at,
        happened: happened.collect::<Result<_>>()?,
    }))
}

/// Takes the token endpoint's answer apart, and asks the other endpoints with it.
async fn look(ctx: &Ctx, snap: &Snapshot, body: Value, secrets: Option<&Secrets>, record: &mut Record) -> Result<()> {
    let access_token = text(&body, "access_token").ok_or_else(|| Error::internal("an answer without a token"))?;
    if let Some(token) = text(&body, "id_token") {
        record.identity_token = Token::decode(token);
        let nonce = record.identity_token.as_ref().and_then(|token| token.payload.get("nonce")).and_then(Value::as_str);
        let same = nonce == secrets.map(|secrets| secrets.nonce.as_str());
        // Where the application's secret is the key, nobody here can check as the application does.
        let alg = record.identity_token.as_ref().and_then(|token| token.header.get("alg")).and_then(Value::as_str);
        if alg != Some(SigningAlg::Hs256.as_str()) {
            record.checks.push((Check::Signature, trial::is_ours(ctx, snap, token)));
        }
        record.checks.push((Check::Nonce, same));
    }
    record.access_token = Token::decode(access_token);
    if secrets.is_some() {
        record.userinfo = Some(match tokens::own_userinfo(ctx, snap, access_token).await? {
            Ok(body) => Answer::good(body),
            Err(refusal) => of_refusal(&refusal),
        });
    }
    let told = trial::introspect(ctx, snap, access_token).await?;
    record.introspection = told.into_iter().map(|(name, body)| (name, Answer::good(body))).collect();
    record.token = Some(Answer::good(body));
    record.ended = Some(Ended::Done);
    Ok(())
}

fn of_refusal(refusal: &BearerRefusal) -> Answer {
    let body = refusal.error().map_or(Value::Null, oidc::error::OAuthError::body);
    Answer { status: refusal.status(), body }
}

/// The token endpoint's error is what the run shows; one of ours is not.
fn refused(record: &mut Record, failure: Failure) -> Result<()> {
    match failure {
        Failure::OAuth(error) => {
            record.token = Some(Answer::error(&error));
            record.ended = Some(Ended::NoTokens);
            Ok(())
        }
        Failure::Service(error) => Err(error),
    }
}

fn text<'a>(body: &'a Value, member: &str) -> Option<&'a str> {
    body.get(member).and_then(Value::as_str)
}
