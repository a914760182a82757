//! Where the answer to an authorization request goes: a value of its own, so that whoever decides steps
//! need not know, and whoever answers must.

use serde::{Deserialize, Serialize};

use super::ResponseMode;
use crate::verified_uri::{self, VerifiedRedirectUri};

/// Where the answer goes. Stored within the request; each kind is known by its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnswerTo {
    /// To the application, by way of the browser (RFC 6749 section 4.1.2).
    Browser(Redirection),
    /// To a device, which asks the token endpoint for it (RFC 8628 section 3.4).
    Device(WaitingDevice),
    /// To an application that asked for somebody's sign-in, and asks the token endpoint for it (OpenID Connect CIBA).
    Backchannel(WaitingApplication),
}

impl AnswerTo {
    /// What the browser is told, where it carries the answer.
    pub fn redirection(&self) -> Option<&Redirection> {
        match self {
            Self::Browser(to) => Some(to),
            Self::Device(_) | Self::Backchannel(_) => None,
        }
    }

    /// The device that waits for it.
    pub fn device(&self) -> Option<&WaitingDevice> {
        match self {
            Self::Browser(_) | Self::Backchannel(_) => None,
            Self::Device(device) => Some(device),
        }
    }

    /// The application that waits for it.
    pub fn backchannel(&self) -> Option<&WaitingApplication> {
        match self {
            Self::Browser(_) | Self::Device(_) => None,
            Self::Backchannel(waiting) => Some(waiting),
        }
    }
}

/// How the browser carries an answer to an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirection {
    /// Where to.
    #[serde(with = "verified_uri::stored")]
    pub redirect_uri: VerifiedRedirectUri,
    /// True when the request named the redirect URI: the token request must then repeat it.
    pub redirect_uri_given: bool,
    /// How the answer travels.
    #[serde(default)]
    pub response_mode: ResponseMode,
    /// Given back as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// The device that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingDevice {
    /// By which its code is stored: SHA-256, hexadecimal.
    pub device_code_hash: String,
    /// The code that the person entered, sealed: for the page that shows it again.
    pub user_code_sealed: String,
}

/// An application that waits for somebody's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingApplication {
    /// By which its request is stored: SHA-256, hexadecimal.
    pub auth_req_id_hash: String,
    /// Row id of the only one who may answer.
    pub asked_user: String,
    /// What the person compares with the other screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binding_message: Option<String>,
    /// Unix seconds of the request.
    pub asked_at: i64,
}
