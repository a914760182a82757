//! The protocol as pure decisions: (request, client, user, now) in, a plan or an error out.
//!
//! No HTTP framework, no database, no clock, no randomness: time comes in as unix seconds, stored
//! rows come in as values, and what leaves is for the caller to sign, save and render.

pub mod acr;
pub mod authorization_details;
pub mod authorize;
pub mod bearer;
pub mod certificate;
pub mod ciba;
pub mod claims;
pub mod client_auth;
pub mod client_registration;
pub mod consent;
pub mod device;
pub mod dialect;
pub mod digest;
pub mod discovery;
pub mod dpop;
pub mod endpoint;
pub mod endsession;
pub mod error;
pub mod frontchannel_logout;
pub mod grant;
pub mod introspection;
pub mod jose;
pub mod logout_token;
pub mod params;
pub mod possession;
pub mod preview;
pub mod protected_resource;
pub mod respond;
pub mod revocation;
pub mod scope;
pub mod session_state;
pub mod tenant;
pub mod token;
pub mod user;
pub mod userinfo;
pub mod verified_uri;
pub mod verify;

pub use error::{ErrorCode, OAuthError};
pub use params::Params;
pub use tenant::{Application, Connection, SecretHash, Tenant, TenantParts};
pub use user::{Authentication, UserFacts};
pub use verified_uri::VerifiedRedirectUri;
