//! Objects of a subscription by the beginning of what they are called, over the indexes of the lists.

use serde_json::Value;

use crate::listing::Range;
use crate::{Conn, JsonText, Result, key};
use model::canonical;

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `application`, `claim`, `scope` or `api_connection`.
    pub kind: String,
    /// Row id.
    pub id: String,
    /// Row id of the connection that an API scope belongs to.
    pub api_connection_id: Option<String>,
    /// For people; the name for programs where it has no other.
    pub title: String,
    /// For programs.
    pub name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    id: String,
    api_connection_id: Option<String>,
    spec: JsonText,
}

impl Row {
    fn decode(self) -> Result<Found> {
        let spec: Value = self.spec.decode()?;
        let text = |key: &str| spec[key].as_str().unwrap_or_default().to_owned();
        let (title, name) = match self.kind.as_str() {
            "application" => (text("name"), text("client_id")),
            _ => (text("display_name"), text("name")),
        };
        let title = if title.is_empty() { name.clone() } else { title };
        Ok(Found { kind: self.kind, id: self.id, api_connection_id: self.api_connection_id, title, name })
    }
}

/// At most `each` of every kind, whose name for people or for programs begins with the text.
pub async fn by_prefix(c: &mut Conn, subscription_id: &str, text: &str, each: i64) -> Result<Vec<Found>> {
    if !key::findable(text) {
        return Ok(Vec::new());
    }
    let (range, raw) = (Range::of_prefix(&canonical::text(text)), Range::of_prefix(text.trim()));
    let rows = sql!(
        c,
        all Row,
        "SELECT * FROM (SELECT 'application' AS kind, id, CAST(NULL AS TEXT) AS api_connection_id, spec
            FROM applications WHERE subscription_id = $1
                AND ((name_key >= $2 AND name_key < $3) OR (client_id >= $4 AND client_id < $5))
            ORDER BY name_key, id LIMIT $6) AS a
        UNION ALL SELECT * FROM (SELECT 'claim' AS kind, id, CAST(NULL AS TEXT) AS api_connection_id, spec
            FROM claims WHERE subscription_id = $1
                AND ((name_key >= $2 AND name_key < $3) OR (name >= $4 AND name < $5))
            ORDER BY standard, name_key, id LIMIT $6) AS b
        UNION ALL SELECT * FROM (SELECT 'scope' AS kind, id, CAST(api_connection_id AS TEXT) AS api_connection_id, spec
            FROM scopes WHERE subscription_id = $1
                AND ((name_key >= $2 AND name_key < $3) OR (name >= $4 AND name < $5))
            ORDER BY name_key, id LIMIT $6) AS c
        UNION ALL SELECT * FROM (SELECT 'api_connection' AS kind, id, CAST(NULL AS TEXT) AS api_connection_id, spec
            FROM api_connections WHERE subscription_id = $1
                AND ((name_key >= $2 AND name_key < $3) OR (name >= $4 AND name < $5))
            ORDER BY name_key, id LIMIT $6) AS d",
        subscription_id,
        &range.from,
        &range.end,
        &raw.from,
        &raw.end,
        each
    )?;
    rows.into_iter().map(Row::decode).collect()
}
