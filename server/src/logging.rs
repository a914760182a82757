//! The log: lines on standard error, for people or as JSON. What is written is decided where it is
//! written; secrets and query strings never are.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt};

use crate::config::{LogFormat, Settings};

/// Starts the log of a server. A second start in one process changes nothing.
pub fn start(settings: &Settings) {
    let filter = settings.log.parse::<Targets>().unwrap_or_else(|_| Targets::new().with_default(LevelFilter::INFO));
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match settings.log_format {
        LogFormat::Text => fmt::layer().with_writer(stderr).with_ansi(stderr().is_terminal()).boxed(),
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .with_writer(stderr)
            .boxed(),
    };
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "a bug: {}", panic.payload_as_str().unwrap_or("panic"));
    }));
}

/// Warnings only, for commands whose output somebody reads.
pub fn start_quietly() {
    let lines = fmt::layer().with_writer(stderr).without_time().with_target(false).with_ansi(stderr().is_terminal());
    let _ = tracing_subscriber::registry().with(lines.with_filter(LevelFilter::WARN)).try_init();
}
