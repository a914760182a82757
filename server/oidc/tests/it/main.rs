//! The protocol's rules, one module per standard. Tests read as the specification.

mod fixture;

mod backchannel_logout;
mod ciba;
mod claims_engine;
mod discovery;
mod frontchannel_logout;
mod next_step;
mod oidc_core;
mod parameters;
mod playground;
mod required_claims;
mod rfc6749_authorize;
mod rfc6749_client_auth;
mod rfc6749_client_credentials;
mod rfc6749_code;
mod rfc6749_refresh;
mod rfc6750_bearer;
mod rfc7009_revocation;
mod rfc7515_jws;
mod rfc7523_client_assertion;
mod rfc7523_jwt_bearer;
mod rfc7591_software_statement;
mod rfc7636_pkce;
mod rfc7662_introspection;
mod rfc8628_device;
mod rfc8693_token_exchange;
mod rfc8707_resource;
mod rfc9068_access_token;
mod rfc9101_request_object;
mod rfc9207_iss;
mod rfc9396_authorization_details;
mod rp_initiated_logout;
mod session_management;
mod tenant;
