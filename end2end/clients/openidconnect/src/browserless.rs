//! Programs that no browser comes to: a service that acts for itself, and a television.

use anyhow::{Context, Result, ensure};
use openidconnect::core::CoreDeviceAuthorizationResponse;
use openidconnect::{AuthType, Nonce, OAuth2TokenResponse, Scope, TokenIntrospectionResponse, TokenResponse};

use crate::person::{Person, arrived};
use crate::provider::Provider;
use crate::{ok, setting};

/// With both ways to send a secret.
pub async fn client_credentials(provider: &Provider) -> Result<()> {
    let api = provider.client("books", Some(setting("API_SECRET")?));
    for (how, flow) in [(AuthType::BasicAuth, "client_secret_basic"), (AuthType::RequestBody, "client_secret_post")] {
        let client = provider.client("reports", Some(setting("REPORTS_SECRET")?)).set_auth_type(how);
        let request = client.exchange_client_credentials()?.add_scope(Scope::new("books-read".into()));
        let tokens = request.request_async(&provider.http).await.context(flow)?;
        let told = api.introspect(tokens.access_token()).request_async(&provider.http).await?;
        ensure!(told.active() && told.sub() == Some("reports"), "introspection says {told:?}");
        ok(flow);
    }
    ok("client credentials");
    Ok(())
}

/// A public client: the crate sends no secret where there is none. It asks until somebody has agreed.
pub async fn device_code(provider: &Provider) -> Result<()> {
    let client = provider.client("television", None).set_auth_type(AuthType::RequestBody);
    let request = client.exchange_device_code().add_scope(Scope::new("profile".into()));
    let codes: CoreDeviceAuthorizationResponse = request.request_async(&provider.http).await.context("codes")?;

    let address = codes.verification_uri_complete().context("no complete address")?.secret();
    let agreed = format!("{}/connected", codes.verification_uri().as_str());
    let (person, ask) = (Person::new(), client.exchange_device_access_token(&codes)?);
    let somebody = person.set_out(address, &agreed)?;
    let tokens = ask.request_async(&provider.http, tokio::time::sleep, None).await.context("device code")?;
    arrived(&somebody.wait_with_output()?)?;

    let token = tokens.id_token().context("no identity token")?;
    let claims = token.claims(&client.id_token_verifier(), |_: Option<&Nonce>| Ok(()))?;
    ensure!(claims.preferred_username().is_some_and(|name| name.as_str() == "john"), "somebody else: {claims:?}");
    ok("device code");
    ok("public client");
    Ok(())
}
