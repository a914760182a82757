//! What Tessera says of itself: the crate asks each user to name the parts of discovery that go beyond OpenID Connect's.

use anyhow::{Context, Result};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, ClientId, ClientSecret, DeviceAuthorizationUrl, EndpointMaybeSet, EndpointSet,
    IntrospectionUrl, IssuerUrl, LogoutProviderMetadata, ProviderMetadata, RevocationUrl, reqwest,
};
use serde::{Deserialize, Serialize};

/// RFC 8414's and RFC 8628's.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct More {
    pub device_authorization_endpoint: DeviceAuthorizationUrl,
    pub introspection_endpoint: IntrospectionUrl,
    pub revocation_endpoint: RevocationUrl,
}

impl AdditionalProviderMetadata for More {}

pub type Metadata = ProviderMetadata<
    LogoutProviderMetadata<More>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A client with all of Tessera's endpoints: authorization, device, introspection, revocation, token, UserInfo.
pub type Client = CoreClient<EndpointSet, EndpointSet, EndpointSet, EndpointSet, EndpointMaybeSet, EndpointMaybeSet>;

pub struct Provider {
    pub metadata: Metadata,
    pub http: reqwest::Client,
}

impl Provider {
    /// Reads discovery and keys; the crate compares the issuer.
    pub async fn discover(issuer: String) -> Result<Self> {
        let http = reqwest::ClientBuilder::new()
            // A provider does not redirect, and whoever does may lead to places that only this machine can reach.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        let metadata = Metadata::discover_async(IssuerUrl::new(issuer)?, &http).await.context("discovery")?;
        Ok(Self { metadata, http })
    }

    pub fn client(&self, id: &str, secret: Option<String>) -> Client {
        let more = &self.metadata.additional_metadata().additional_metadata;
        let secret = secret.map(ClientSecret::new);
        CoreClient::from_provider_metadata(self.metadata.clone(), ClientId::new(id.into()), secret)
            .set_device_authorization_url(more.device_authorization_endpoint.clone())
            .set_introspection_url(more.introspection_endpoint.clone())
            .set_revocation_url(more.revocation_endpoint.clone())
    }
}
