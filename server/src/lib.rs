//! The server: command line, settings, routes, and the rendering of results and errors.
//!
//! Rules live in `oidc`, queries in `store`, use cases in `service`, pages in `app`. [`build`] is
//! apart from [`run::run`], so that tests build without listening.

pub mod cli;
pub mod config;
pub mod http;
pub mod listener;
pub mod logging;
pub mod run;
mod stop;
pub mod tls;

use anyhow::Context as _;
use axum::Router;
use service::installation::Outside;
use service::random::Random;
use service::{Ctx, installation};

use crate::config::{Settings, master_key};
use crate::http::Readiness;
use crate::tls::Tls;

/// A server that does not listen yet.
pub struct App {
    /// Answers every request.
    pub router: Router,
    /// What use cases need.
    pub ctx: Ctx,
    /// Turned off when the server is about to stop.
    pub readiness: Readiness,
    /// What connections are made with; `None` for a server that speaks HTTP.
    pub tls: Option<Tls>,
}

/// Opens the installation and puts the routes together.
///
/// # Errors
/// As [`open`].
pub async fn build(settings: &Settings, outside: Outside) -> anyhow::Result<App> {
    let authorities = tls::authorities(settings)?;
    let tls = Tls::load(settings, authorities.clone())?;
    let ctx = open(settings, outside).await?;
    installation::follow_settings(&ctx).await?;
    let readiness = Readiness::default();
    let router = http::router(ctx.clone(), settings, authorities, readiness.clone());
    Ok(App { router, ctx, readiness, tls })
}

/// Opens the database, brings it up to date, and unlocks it with the master key.
///
/// # Errors
/// When the database cannot be reached, or the key is missing or another one.
pub async fn open(settings: &Settings, outside: Outside) -> anyhow::Result<Ctx> {
    master_key::create_folder(&settings.data_dir)
        .with_context(|| format!("TESSERA_DATA_DIR: making the folder {}", settings.data_dir.display()))?;
    let key = |may_create| {
        let key = master_key::read_or_create(&settings.master_key_file, may_create, &Random::default());
        key.map_err(|error| service::Error::Internal(format!("{error:#}")))
    };
    Ok(installation::open(&settings.database_url, settings.service_config(), outside, key).await?)
}
