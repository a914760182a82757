//! What happened in an interaction so far: stored with it, never in the browser.

use serde::{Deserialize, Serialize};

/// Each answer is bound to the session or the user that gave it, so that signing in as somebody
/// else in another tab does not inherit it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionState {
    /// Row id of the session that a sign-in or registration through this interaction made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in_session: Option<String>,
    /// Row id of the user who said "it is me" where accounts can be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_user: Option<String>,
    /// The answer to the consent page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentAnswer>,
    /// The answer to the page that asks whether a device is the user's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceAnswer>,
    /// The answer to the page that asks whether an application may have the sign-in that it asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backchannel: Option<BackchannelAnswer>,
    /// What the user chose to leave out for now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<SkippedClaims>,
    /// What became of the `id_token_hint`.
    #[serde(default)]
    pub hint: Hint,
}

/// An answer to the consent page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentAnswer {
    /// Row id of the user who gave it.
    pub user_id: String,
    /// Yes or no.
    pub granted: bool,
}

/// An answer to the page that asks whether a device is the user's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceAnswer {
    /// Row id of the user who gave it.
    pub user_id: String,
    /// Yes or no.
    pub connect: bool,
}

/// An answer to the page that asks whether an application may have the sign-in that it asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackchannelAnswer {
    /// Row id of the user who gave it.
    pub user_id: String,
    /// Yes or no.
    pub allow: bool,
}

/// Claims that a user left out for now: for this sign-in, and no other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedClaims {
    /// Row id of the user who left them out.
    pub user_id: String,
    /// Names of the claims that were offered, and no others.
    pub claims: Vec<String>,
}

/// An `id_token_hint` after its signature was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Hint {
    /// There was none.
    #[default]
    Absent,
    /// It is ours and names this user.
    Subject {
        /// The identity token's `sub`.
        sub: String,
    },
    /// It is not ours, or was changed.
    Invalid,
}
