//! What the playground's pages show.

use model::Role;
use model::spec::{ApplicationSpec, GrantType};
use oidc::scope::OFFLINE_ACCESS;
use store::playground_runs::{self, Run};

use super::record::{Ended, Record};
use super::{find, person};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::playground;

/// Runs that are listed.
const LISTED: i64 = 10;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// The browser is on its way.
    Waiting,
    /// No answer came in time.
    Expired,
    /// It was answered, and something on our side failed after that.
    Interrupted,
    /// It came to an end.
    Ended(Ended),
}

/// The page that runs are started from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaygroundView {
    /// The application.
    pub spec: ApplicationSpec,
    /// Whether it takes part in anything.
    pub is_enabled: bool,
    /// Origin of the sign-in pages, which a run leads to.
    pub origin: String,
    /// Grants that can be tried out.
    pub grants: Vec<GrantType>,
    /// Scopes that it may request.
    pub scopes: Vec<String>,
    /// The reader's own, the newest first.
    pub runs: Vec<RunSummary>,
}

/// A run in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSummary {
    /// Row id.
    pub id: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Where it stands.
    pub state: RunState,
    /// What was tried out.
    pub grant: GrantType,
    /// Who signed in.
    pub user: Option<String>,
}

/// A run's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunView {
    /// The application.
    pub spec: ApplicationSpec,
    /// The issuer that was asked.
    pub issuer: String,
    /// The redirect URI of every run.
    pub redirect_uri: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Where it stands.
    pub state: RunState,
    /// Of the refusal that ended it.
    pub reference: Option<String>,
    /// Everything that was seen.
    pub record: Record,
}

/// What an application can be tried out with, and the reader's runs of it. Viewers and above.
pub async fn page(ctx: &Ctx, actor: &Actor, slug: &str, application_id: &str) -> Result<PlaygroundView> {
    let admin = person(actor)?;
    let mut conn = ctx.read().await?;
    let (_, application) = find(&mut conn, actor, slug, application_id, Role::Viewer).await?;
    let rows = playground_runs::newest(&mut conn, &admin.user_id, application_id, LISTED).await?;
    let now = ctx.now();
    let runs = rows.into_iter().map(|run| {
        let record: Record = run.record.decode()?;
        Ok(RunSummary {
            state: state_of(&run, &record, now),
            id: run.id,
            created_at: run.created_at,
            grant: record.grant,
            user: record.sign_in.map(|sign_in| sign_in.name),
        })
    });
    let spec = application.object.spec.clone();
    Ok(PlaygroundView {
        is_enabled: application.object.is_enabled() && !spec.disabled,
        origin: url::Url::parse(&ctx.issuer(slug)).map(|url| url.origin().ascii_serialization()).unwrap_or_default(),
        grants: grants(&spec),
        scopes: scopes(&spec),
        runs: runs.collect::<Result<_>>()?,
        spec,
    })
}

/// One of the reader's own runs; those of others do not exist for them.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, application_id: &str, id: &str) -> Result<RunView> {
    let admin = person(actor)?;
    let mut conn = ctx.read().await?;
    let (_, application) = find(&mut conn, actor, slug, application_id, Role::Viewer).await?;
    let run = playground_runs::find(&mut conn, id).await?;
    let mine = run.filter(|run| run.administrator_id == admin.user_id && run.application_id == application_id);
    let run = mine.ok_or(Error::NotFound)?;
    let record: Record = run.record.decode()?;
    Ok(RunView {
        spec: application.object.spec,
        issuer: ctx.issuer(slug),
        redirect_uri: playground::redirect_uri(&ctx.config.public_url),
        created_at: run.created_at,
        state: state_of(&run, &record, ctx.now()),
        reference: run.reference,
        record,
    })
}

fn state_of(run: &Run, record: &Record, now: i64) -> RunState {
    match (record.ended, run.consumed_at) {
        (Some(ended), _) => RunState::Ended(ended),
        (None, Some(_)) => RunState::Interrupted,
        (None, None) if run.expires_at <= now => RunState::Expired,
        (None, None) => RunState::Waiting,
    }
}

/// Of the grants that an application may use, those that begin something.
fn grants(spec: &ApplicationSpec) -> Vec<GrantType> {
    let begin = [GrantType::AuthorizationCode, GrantType::ClientCredentials];
    begin.into_iter().filter(|grant| spec.grant_types.contains(grant)).collect()
}

fn scopes(spec: &ApplicationSpec) -> Vec<String> {
    let offline = spec.grant_types.contains(&GrantType::RefreshToken).then(|| OFFLINE_ACCESS.to_owned());
    spec.allowed_identity_scopes.iter().chain(&spec.allowed_api_scopes).cloned().chain(offline).collect()
}
