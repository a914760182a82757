//! Runs of the console's playground as the authorization endpoint sees them. What administrators do with
//! them is in [`crate::console::playground`].
//!
//! A run's answer goes to a redirect URI of the server's own. It is good for one request only, the one that
//! the run was started with, to the letter, while the run waits for its answer; for any other request it is
//! a redirect URI that nobody registered.

use oidc::authorize::PlaygroundRun;
use oidc::params::Params;

use crate::crypto;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::snapshot::Snapshot;

/// The redirect URI of every run.
pub fn redirect_uri(public_url: &str) -> String {
    format!("{public_url}/console/playground/callback")
}

/// What identifies a request: its parameters in their order, the state among them.
pub(crate) fn fingerprint(params: &Params) -> String {
    crypto::hash(&params.to_urlencoded())
}

/// A run that waits for the answer to the request at hand.
pub(crate) struct Run {
    id: String,
    application_id: String,
    redirect_uri: String,
}

impl Run {
    /// What the checks look at.
    pub fn fact(&self) -> PlaygroundRun<'_> {
        PlaygroundRun { id: &self.id, application_id: &self.application_id, redirect_uri: &self.redirect_uri }
    }

    /// Notes under which reference the request was refused, for the run's page. That the request is refused
    /// does not depend on it.
    pub async fn note(&self, ctx: &Ctx, reference: &str) {
        let noted = async {
            let mut tx = ctx.begin().await?;
            store::playground_runs::note_reference(&mut tx, &self.id, reference).await?;
            Ok::<_, crate::Error>(tx.commit().await?)
        };
        if let Err(error) = noted.await {
            tracing::error!(%error, "a run of the playground was refused, and that could not be noted");
        }
    }
}

/// The run whose request this is. The database is asked only for a request that names the built-in redirect
/// URI.
pub(crate) async fn of_request(ctx: &Ctx, snap: &Snapshot, params: &Params) -> Result<Option<Run>> {
    let own = redirect_uri(&ctx.config.public_url);
    let Some(state) = params.get("state").filter(|_| params.get("redirect_uri") == Some(&own)) else {
        return Ok(None);
    };
    let found = store::playground_runs::find_by_state(&mut ctx.read().await?, &crypto::hash(state)).await?;
    let found = found.filter(|run| {
        run.subscription_id == snap.subscription_id
            && run.request_hash.as_deref() == Some(&fingerprint(params))
            && run.consumed_at.is_none()
            && run.expires_at > ctx.now()
    });
    Ok(found.map(|run| Run { id: run.id, application_id: run.application_id, redirect_uri: own }))
}
