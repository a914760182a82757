//! JSON kept as text.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Result};

/// JSON as it stands in a column. What it means is the caller's business.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct JsonText(String);

impl JsonText {
    /// Writes a value.
    ///
    /// # Panics
    /// Never for types whose maps have text keys, which is all of ours.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Self {
        Self(serde_json::to_string(value).expect("our types serialise"))
    }

    /// Reads the value back; [`Error::Corrupt`] when it is not one.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.0).map_err(|_| Error::Corrupt { what: "JSON column" })
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for JsonText {
    /// Values stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JsonText({} bytes)", self.0.len())
    }
}
