//! Runs every flow that the crate openidconnect supports, against the Tessera that the environment names.

mod browserless;
mod person;
mod provider;
mod website;

use anyhow::{Context, Result};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let provider = provider::Provider::discover(setting("ISSUER")?).await?;
    ok("discovery");
    website::Website::new(&provider)?.run().await?;
    browserless::client_credentials(&provider).await?;
    browserless::device_code(&provider).await
}

/// Tells the runner that a flow has worked.
fn ok(flow: &str) {
    println!("ok: {flow}");
}

/// From the environment (`end2end/clients/support/with_tessera`).
fn setting(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set: run this by end2end/clients/run openidconnect"))
}
