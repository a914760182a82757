//! An object of the configuration as it stands in the database.

use serde::{Deserialize, Serialize};

/// A specification with what the database adds to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored<T> {
    /// Row id (UUID v7); never names another object later.
    pub id: String,
    /// Grows by one with each change; an edit form carries it.
    pub version: i64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// Unix seconds since when the object is disabled (subscriptions, applications, users).
    pub disabled_at: Option<i64>,
    /// What an administrator wrote.
    pub spec: T,
}

impl<T> Stored<T> {
    /// Disabled objects take no part in any flow.
    pub fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }
}
