//! The answer to a run's authorization request, as it arrives in a browser.

use model::Role;
use oidc::params::Params;
use store::JsonText;
use store::playground_runs::{self, Run};

use super::record::{Check, Ended, Record, WITHHELD, kept};
use super::{Secrets, person, purpose, steps};
use crate::actor::Actor;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Parameters of an answer that are looked at and kept (RFC 6749 section 4.1.2, RFC 9207); whatever else the
/// address holds is nobody's.
const ANSWER: [&str; 5] = ["code", "error", "error_description", "state", "iss"];
/// Longest value that is kept, in characters.
const LONGEST: usize = 500;

/// Where a run's page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// The subscription's slug.
    pub slug: String,
    /// Row id of the application.
    pub application_id: String,
    /// Row id of the run.
    pub run_id: String,
}

/// Takes the answer: once, from the administrator who started the run and may still start one. A run that
/// is answered already or has expired stays as it is.
///
/// # Errors
/// `NotFound` for an answer to a run of somebody else's or of nobody's, and for one that does not name the
/// issuer that was asked.
pub async fn finish(ctx: &Ctx, actor: &Actor, params: &Params) -> Result<Landing> {
    let admin = person(actor)?;
    let state = params.get("state").ok_or(Error::NotFound)?;
    let mut conn = ctx.read().await?;
    let run = playground_runs::find_by_state(&mut conn, &crypto::hash(state)).await?;
    let run = run.filter(|run| run.administrator_id == admin.user_id).ok_or(Error::NotFound)?;
    let subscription = store::subscriptions::find(&mut conn, &run.subscription_id).await?.ok_or(Error::NotFound)?;
    drop(conn);
    actor.require(&run.subscription_id, Role::Editor)?;
    let slug = subscription.object.spec.slug;
    // RFC 9207 section 2.4: the answer must come from the issuer that was asked.
    if params.get("iss") != Some(&ctx.issuer(&slug)) {
        return Err(Error::NotFound);
    }
    let landing = Landing { application_id: run.application_id.clone(), run_id: run.id.clone(), slug: slug.clone() };
    let mut tx = ctx.begin().await?;
    let won = playground_runs::consume(&mut tx, &run.id, ctx.now()).await?;
    tx.commit().await?;
    if won {
        let record = answered(ctx, &slug, &run, params).await?;
        let mut tx = ctx.begin().await?;
        playground_runs::save(&mut tx, &run.id, &JsonText::encode(&record)).await?;
        tx.commit().await?;
    }
    Ok(landing)
}

/// What the answer led to.
async fn answered(ctx: &Ctx, slug: &str, run: &Run, params: &Params) -> Result<Record> {
    let mut record: Record = run.record.decode()?;
    let came = ANSWER.iter().filter_map(|name| Some(((*name).to_owned(), cut(params.get(name)?))));
    record.answer = kept(&came.collect::<Vec<_>>(), &["code", "state"]);
    record.checks.extend([(Check::State, true), (Check::Issuer, true)]);
    let Some(code) = params.get("code") else {
        record.ended = Some(Ended::Refused);
        return Ok(record);
    };
    let sealed = run.sealed.as_deref().and_then(|sealed| ctx.sealer.open(&purpose(&run.id), sealed));
    let sealed = sealed.ok_or_else(|| Error::internal("a run without its verifier"))?;
    let secrets: Secrets = serde_json::from_slice(&sealed).map_err(Error::internal)?;
    let snap = ctx.snapshots.get(ctx, slug).await?;
    steps::redeem(ctx, &snap, run, &secrets, code, &mut record).await?;
    Ok(record)
}

fn cut(value: &str) -> String {
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}{WITHHELD}", &value[..end]),
        None => value.to_owned(),
    }
}
