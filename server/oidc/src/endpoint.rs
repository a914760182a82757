//! Where the protocol's endpoints are, below an issuer.

/// Authorization endpoint.
pub const AUTHORIZE: &str = "/connect/authorize";
/// Token endpoint.
pub const TOKEN: &str = "/connect/token";
/// Device authorization endpoint (RFC 8628).
pub const DEVICE_AUTHORIZATION: &str = "/connect/device_authorization";
/// Backchannel authentication endpoint (OpenID Connect CIBA section 7).
pub const BACKCHANNEL_AUTHENTICATION: &str = "/connect/backchannel_authentication";
/// Where a person finds the sign-ins that applications ask for: a page.
pub const REQUESTS: &str = "/requests";
/// Where a person enters the code of a device: a page.
pub const DEVICE: &str = "/device";
/// UserInfo endpoint.
pub const USERINFO: &str = "/connect/userinfo";
/// Introspection endpoint (RFC 7662).
pub const INTROSPECT: &str = "/connect/introspect";
/// Revocation endpoint (RFC 7009).
pub const REVOCATION: &str = "/connect/revocation";
/// Pushed authorization requests (RFC 9126).
pub const PUSHED_REQUEST: &str = "/connect/par";
/// Client registration (RFC 7591 section 3); below it, by client identifier, its management (RFC 7592 section 2).
pub const REGISTER: &str = "/connect/register";
/// Metadata of API connections (RFC 9728), by name below it.
pub const RESOURCE_METADATA: &str = "/connect/resources";
/// RP-initiated logout.
pub const END_SESSION: &str = "/connect/endsession";
/// The frame that knows whether the sign-in is still the same (Session Management 1.0).
pub const CHECK_SESSION: &str = "/connect/checksession";
/// Keys.
pub const JWKS: &str = "/.well-known/jwks.json";
/// The same keys, where some software looks for them.
pub const JWKS_SHORT: &str = "/jwks.json";
/// OpenID Connect Discovery.
pub const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";
/// RFC 8414.
pub const OAUTH_SERVER: &str = "/.well-known/oauth-authorization-server";

/// The URL of an endpoint of an issuer.
pub fn url(issuer: &str, path: &str) -> String {
    format!("{}{path}", issuer.trim_end_matches('/'))
}
