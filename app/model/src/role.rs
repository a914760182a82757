//! What an administrator may do, on the installation or on one subscription.

use serde::{Deserialize, Serialize};

/// Ordered: each role includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees configuration, changes nothing.
    Viewer,
    /// Changes configuration and users.
    Editor,
    /// Also deletes subscriptions, manages administrators and what loosens security.
    Owner,
}

impl Role {
    /// The name stored and shown in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// Reads a stored name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Viewer, Self::Editor, Self::Owner].into_iter().find(|r| r.as_str() == text)
    }
}
