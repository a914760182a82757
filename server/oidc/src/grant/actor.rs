//! Who acts for a user (RFC 8693 section 4.1).

use serde::{Deserialize, Serialize};

/// Most applications that can have passed a token on, one after the other.
pub const MAX_DEPTH: usize = 8;

/// The `act` claim. Section 4.1: "A chain of delegation can be expressed by nesting one act claim within another. The
/// outermost act claim represents the current actor while nested act claims represent prior actors."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// `client_id` of the application that acts.
    pub sub: String,
    /// Who acted before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Box<Self>>,
}

/// The `may_act` claim (section 4.4): "makes a statement that one party is authorized to become the actor and act on
/// behalf of another party".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayAct {
    /// `client_id` of that party.
    pub sub: String,
}

impl Actor {
    /// An application that goes on where others have acted before.
    pub fn after(client_id: &str, before: Option<&Self>) -> Self {
        Self { sub: client_id.to_owned(), act: before.cloned().map(Box::new) }
    }

    /// How many have acted.
    pub fn depth(&self) -> usize {
        1 + self.act.as_ref().map_or(0, |before| before.depth())
    }
}
