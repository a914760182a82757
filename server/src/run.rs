//! `tessera serve`: listen, answer, and stop without breaking anything off.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use service::Ctx;
use service::installation::Outside;
use tokio::net::TcpListener;

use crate::App;
use crate::config::Settings;
use crate::listener;
use crate::stop::Stop;
use crate::tls::Tls;

/// Between two rounds of cleaning.
const CLEANING: Duration = Duration::from_mins(1);

/// Between two readings of the server's certificate.
const RENEWING: Duration = Duration::from_mins(1);

/// Between two looks for applications that are to be told of the end of a session, or of an answer.
const TELLING: Duration = Duration::from_secs(1);

/// Runs until SIGTERM or SIGINT.
///
/// # Errors
/// When the installation cannot be opened, or the address cannot be listened on.
pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let app = crate::build(&settings, Outside::default()).await?;
    let listening = TcpListener::bind(settings.listen).await;
    let listener = listening.with_context(|| format!("TESSERA_LISTEN: cannot listen on {}", settings.listen))?;
    let stop = Stop::catch()?;
    announce(&settings, &app, &listener).await?;
    let cleaning = tokio::spawn(clean(app.ctx.clone()));
    let telling = tokio::spawn(tell_applications(app.ctx.clone()));
    let ctx = app.ctx.clone();
    let stopped = stop.wait(&app.readiness, settings.http.stop_delay);
    let tls = app.tls.map(Arc::new);
    let renewing = tokio::spawn(renew(tls.clone()));
    listener::serve(listener, app.router, tls, stopped, settings.http).await;
    for task in [cleaning, telling, renewing] {
        task.abort();
        let _aborted = task.await;
    }
    if let Err(error) = service::housekeeping::write(&ctx).await {
        tracing::warn!(%error, "the counts of the last minute are lost");
    }
    ctx.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// On standard output, for the person who started it; the link works once and so is not logged.
async fn announce(settings: &Settings, app: &App, listener: &TcpListener) -> anyhow::Result<()> {
    let public_url = settings.public_url.as_str();
    let scheme = if app.tls.is_some() { "https" } else { "http" };
    println!("Tessera {} listens on {scheme}://{}", env!("CARGO_PKG_VERSION"), listener.local_addr()?);
    println!("Console: {public_url}/console");
    if let Some(token) = service::admin::setup_link(&app.ctx).await? {
        println!("Set-up link (valid 24 hours): {public_url}/console/setup?token={token}");
    }
    tracing::info!(listen = %listener.local_addr()?, public_url, "started");
    Ok(())
}

/// Certificates are renewed while the server runs: their files are read again, and bad ones change nothing.
async fn renew(tls: Option<Arc<Tls>>) {
    let Some(tls) = tls else { return };
    let mut rounds = tokio::time::interval(RENEWING);
    rounds.tick().await;
    loop {
        rounds.tick().await;
        let again = Arc::clone(&tls);
        match tokio::task::spawn_blocking(move || again.reload()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(error = format!("{error:#}"), "the certificate stays the one of before"),
            Err(error) => tracing::error!(%error, "the certificate could not be read"),
        }
    }
}

async fn clean(ctx: Ctx) {
    let mut rounds = tokio::time::interval(CLEANING);
    loop {
        rounds.tick().await;
        if let Err(error) = service::housekeeping::run_once(&ctx).await {
            tracing::warn!(%error, "cleaning failed; it is tried again in a minute");
        }
    }
}

/// What is broken off when the server stops is sent again by the next look a minute later.
async fn tell_applications(ctx: Ctx) {
    let mut rounds = tokio::time::interval(TELLING);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        loop {
            match service::pings::deliver_due(&ctx).await {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    tracing::warn!(%error, "applications could not be told of answers; it is tried again");
                    break;
                }
            }
        }
        loop {
            match service::logouts::deliver_due(&ctx).await {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "applications could not be told of ended sessions; it is tried again");
                    break;
                }
            }
        }
    }
}
