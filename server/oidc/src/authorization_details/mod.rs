//! Rich authorization requests (RFC 9396): what is asked for in objects, each of a type that an API connection defines.
//!
//! Reading, checking against the types, and narrowing at the token endpoint. Which of them a token is for is decided
//! with its audience ([`crate::grant::resource`]).

mod check;
mod narrow;
mod read;

pub use check::{check, still_allowed};
pub use narrow::narrow;
pub use read::{MAX_DETAILS, PARAMETER, parse, read};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{ErrorCode, OAuthError};

/// One object of `authorization_details`. `Debug` shows its type only: the rest can be about a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Detail(Map<String, Value>);

impl Detail {
    /// Section 2: "The type of resource or access requirement is determined by the type field". Compared exactly, as
    /// section 12 wants all strings.
    pub fn kind(&self) -> &str {
        self.0.get("type").and_then(Value::as_str).unwrap_or_default()
    }

    /// Its members.
    pub fn members(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl std::fmt::Debug for Detail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Detail({})", self.kind())
    }
}

/// `invalid_authorization_details` (section 5).
pub(crate) fn refused(text: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidAuthorizationDetails, text)
}
