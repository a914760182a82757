//! What in a subscription's configuration looks forgotten: a few of each kind, for its overview.

use crate::{Conn, JsonText, Result};

/// A secret that was never used, or ends soon, with its owner's specification.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Secret {
    /// The application it belongs to, unless it is a connection's.
    pub application_id: Option<String>,
    /// See above.
    pub application: Option<JsonText>,
    /// The API connection it belongs to, unless it is an application's.
    pub api_connection_id: Option<String>,
    /// See above.
    pub api_connection: Option<JsonText>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds; `None` for one that stays.
    pub expires_at: Option<i64>,
    /// Unix seconds, to the minute or so.
    pub last_used_at: Option<i64>,
}

/// An application that nobody can sign in to, or that never got a token.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Application {
    /// Row id.
    pub id: String,
    /// Its specification.
    pub spec: JsonText,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute or so.
    pub last_used_at: Option<i64>,
}

/// Secrets in force made before `unused_before` and never used since, or ending before `ends_before`.
pub async fn secrets(
    c: &mut Conn,
    subscription_id: &str,
    now: i64,
    unused_before: i64,
    ends_before: i64,
    limit: i64,
) -> Result<Vec<Secret>> {
    sql!(
        c,
        all Secret,
        "SELECT s.application_id, a.spec AS application, s.api_connection_id, c.spec AS api_connection, s.created_at,
            s.expires_at, s.last_used_at
        FROM secrets s
            LEFT JOIN applications a ON a.id = s.application_id
            LEFT JOIN api_connections c ON c.id = s.api_connection_id
        WHERE s.subscription_id = $1 AND a.disabled_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > $2)
            AND ((s.last_used_at IS NULL AND s.created_at < $3) OR s.expires_at < $4)
        ORDER BY s.id LIMIT $5",
        subscription_id,
        now,
        unused_before,
        ends_before,
        limit
    )
}

/// Applications in use that were made before `unused_before` and never got a token, or that begin
/// sign-ins and have no redirect URI. The specification is looked into as the text it is stored as: a
/// quotation mark within a value stands behind a backslash there, so that no value looks like a key.
pub async fn applications(
    c: &mut Conn,
    subscription_id: &str,
    unused_before: i64,
    limit: i64,
) -> Result<Vec<Application>> {
    sql!(
        c,
        all Application,
        r#"SELECT id, spec, created_at, last_used_at FROM applications
        WHERE subscription_id = $1 AND NOT built_in AND disabled_at IS NULL
            AND ((last_used_at IS NULL AND created_at < $2)
                OR (spec LIKE '%"redirect_uris":[]%' AND spec LIKE '%"grant_types":[%"authorization_code"%'))
        ORDER BY name_key, id LIMIT $3"#,
        subscription_id,
        unused_before,
        limit
    )
}
