//! One file per check of an authorization request. Their order is in [`super`].

pub mod authorization_details;
pub mod claims;
pub mod client;
pub mod dpop;
pub mod hints;
pub mod identity_token;
pub mod max_age;
pub mod pkce;
pub mod prompt;
pub mod pushed;
pub mod redirect_uri;
pub mod repeated;
pub mod resource;
pub mod response_mode;
pub mod response_type;
pub mod scope;
pub mod signed;
pub mod unsupported;

use super::{AuthorizationRequest, Origin};
use crate::error::OAuthError;
use crate::params::Params;
use crate::tenant::{Application, Tenant};

/// What a check reads.
pub struct Checked<'a> {
    pub tenant: &'a Tenant,
    pub application: &'a Application,
    pub params: &'a Params,
    /// How the request came.
    pub origin: &'a Origin<'a>,
}

/// Looks at one thing and notes what it found in the request.
pub type Check = fn(&Checked<'_>, &mut AuthorizationRequest) -> Result<(), OAuthError>;
