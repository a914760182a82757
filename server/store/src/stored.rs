//! A specification as a row: JSON beside the columns that every configuration object has.

use model::Stored;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::json::JsonText;
use crate::{Error, Result};

/// Columns of every configuration object. Tables whose objects cannot be disabled select
/// `CAST(NULL AS BIGINT) AS disabled_at`.
#[derive(sqlx::FromRow)]
pub(crate) struct StoredRow {
    id: String,
    version: i64,
    created_at: i64,
    updated_at: i64,
    disabled_at: Option<i64>,
    spec: JsonText,
}

impl StoredRow {
    /// Row id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Reads the specification.
    pub(crate) fn decode<T: DeserializeOwned>(self, what: &'static str) -> Result<Stored<T>> {
        Ok(Stored {
            spec: self.spec.decode().map_err(|_| Error::Corrupt { what })?,
            id: self.id,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            disabled_at: self.disabled_at,
        })
    }
}

/// Writes a specification.
pub(crate) fn encode<T: Serialize>(spec: &T) -> String {
    JsonText::encode(spec).as_str().to_owned()
}
