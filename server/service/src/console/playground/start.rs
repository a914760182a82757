//! Starting a run.

use model::playground::RunQuestion;
use model::spec::{ApplicationSpec, GrantType};
use model::{Problem, Role};
use oidc::digest;
use oidc::params::Params;
use serde_json::json;
use store::JsonText;
use store::playground_runs::{self, Run};

use super::record::{Record, kept};
use super::{KEPT, LIFETIME, Secrets, find, person, purpose, steps};
use crate::actor::Actor;
use crate::crypto;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::playground;

/// A run that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Started {
    /// The browser goes on to the authorization endpoint.
    SignIn {
        /// With the request.
        url: String,
    },
    /// The application acted for itself, and everything is there.
    Done {
        /// Row id of the run.
        id: String,
    },
}

/// Starts a run. Editors only: it makes a grant, and whoever signs in may leave consent and claims behind.
///
/// # Errors
/// `NotFound` for a built-in application, `Invalid` for one that is disabled.
pub async fn start(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    application_id: &str,
    question: &RunQuestion,
) -> Result<Started> {
    let admin = person(actor)?;
    let (subscription, application) = find(&mut ctx.read().await?, actor, slug, application_id, Role::Editor).await?;
    if !application.object.is_enabled() || application.object.spec.disabled {
        return Err(Error::field("", Problem::new("playground-disabled")));
    }
    let run = Run {
        id: ctx.new_id()?,
        subscription_id: subscription.object.id.clone(),
        application_id: application_id.to_owned(),
        administrator_id: admin.user_id.clone(),
        state_hash: None,
        request_hash: None,
        sealed: None,
        record: JsonText::encode(&()),
        reference: None,
        created_at: ctx.now(),
        expires_at: ctx.now() + LIFETIME,
        consumed_at: None,
    };
    match question.grant {
        GrantType::ClientCredentials => {
            // Of what is ticked, what an application can have for itself.
            let allowed = &application.object.spec.allowed_api_scopes;
            let scopes: Vec<&str> =
                question.scopes.iter().filter(|s| allowed.contains(s)).map(String::as_str).collect();
            by_itself(ctx, actor, slug, run, &scopes.join(" ")).await
        }
        _ => sign_in(ctx, actor, slug, run, &application.object.spec, question).await,
    }
}

/// Row and event, in one transaction.
async fn save(ctx: &Ctx, actor: &Actor, run: &Run, grant: GrantType) -> Result<()> {
    let mut tx = ctx.begin().await?;
    playground_runs::insert(&mut tx, run).await?;
    playground_runs::keep_newest(&mut tx, &run.administrator_id, KEPT).await?;
    let event = Event {
        application_id: Some(&run.application_id),
        ..Event::new("playground_run", json!({ "grant": grant.as_str() }))
    };
    event::record(ctx, &mut tx, Some(&run.subscription_id), actor.name(), event).await?;
    Ok(tx.commit().await?)
}

async fn sign_in(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    mut run: Run,
    spec: &ApplicationSpec,
    question: &RunQuestion,
) -> Result<Started> {
    let secrets = Secrets { verifier: ctx.random.token()?, nonce: ctx.random.token()? };
    let state = ctx.random.token()?;
    let request = request(ctx, spec, question, &state, &secrets);
    let too_long = |_| Error::field("scope", Problem::new("too-long").with("max", oidc::params::MAX_VALUE));
    let params = Params::from_pairs(request.clone()).map_err(too_long)?;
    let record = Record::begin(GrantType::AuthorizationCode, kept(&request, &["state"]));
    let plain = serde_json::to_vec(&secrets).map_err(Error::internal)?;
    run.state_hash = Some(crypto::hash(&state));
    run.request_hash = Some(playground::fingerprint(&params));
    run.sealed = Some(ctx.sealer.seal(&ctx.random, &purpose(&run.id), &plain)?);
    run.record = JsonText::encode(&record);
    save(ctx, actor, &run, question.grant).await?;
    let endpoint = oidc::endpoint::url(&ctx.issuer(slug), oidc::endpoint::AUTHORIZE);
    Ok(Started::SignIn { url: format!("{endpoint}?{}", params.to_urlencoded()) })
}

/// The authorization request of RFC 6749 section 4.1.1, as a careful application would send it.
fn request(
    ctx: &Ctx,
    spec: &ApplicationSpec,
    question: &RunQuestion,
    state: &str,
    secrets: &Secrets,
) -> Vec<(String, String)> {
    let mut pairs = vec![
        ("response_type", "code".to_owned()),
        ("client_id", spec.client_id.clone()),
        ("redirect_uri", playground::redirect_uri(&ctx.config.public_url)),
        ("scope", question.scopes.join(" ")),
        ("state", state.to_owned()),
        ("nonce", secrets.nonce.clone()),
        ("code_challenge", digest::sha256_base64url(secrets.verifier.as_bytes())),
        ("code_challenge_method", "S256".to_owned()),
    ];
    pairs.extend(question.prompt.clone().map(|prompt| ("prompt", prompt)));
    pairs.extend(question.max_age.map(|seconds| ("max_age", seconds.to_string())));
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Without a browser: asked and answered at once.
async fn by_itself(ctx: &Ctx, actor: &Actor, slug: &str, mut run: Run, scope: &str) -> Result<Started> {
    let snap = ctx.snapshots.get(ctx, slug).await?;
    let scope = Some(scope.to_owned()).filter(|scope| !scope.is_empty());
    let mut request = vec![("grant_type".to_owned(), GrantType::ClientCredentials.as_str().to_owned())];
    request.extend(scope.clone().map(|scope| ("scope".to_owned(), scope)));
    let mut record = Record::begin(GrantType::ClientCredentials, request);
    steps::by_itself(ctx, &snap, &run.application_id, scope, &mut record).await?;
    run.consumed_at = Some(ctx.now());
    run.record = JsonText::encode(&record);
    save(ctx, actor, &run, GrantType::ClientCredentials).await?;
    Ok(Started::Done { id: run.id })
}
