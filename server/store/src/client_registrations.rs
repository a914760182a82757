//! Applications that registered themselves, and the token by which each manages itself (RFC 7592).

use crate::{Conn, Result, Tx};

/// What is known of such an application beside its specification.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClientRegistration {
    /// Row id.
    pub application_id: String,
    /// Row id.
    pub subscription_id: String,
    /// SHA-256 of the registration access token.
    pub token_hash: String,
    /// `client_secret_basic` or `client_secret_post`, as it said.
    pub secret_method: String,
    /// Row id of the token by which it came.
    pub initial_access_token_id: Option<String>,
    /// Unix seconds.
    pub created_at: i64,
    /// The software statement that it came with, as it was sent.
    pub software_statement: Option<String>,
    /// It came of a document at the address that it is called by, and nobody has its token.
    pub is_document: bool,
}

/// Stores a new one.
pub async fn insert(tx: &mut Tx, row: &ClientRegistration) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO client_registrations
                (application_id, subscription_id, token_hash, secret_method, initial_access_token_id, created_at,
                software_statement, is_document)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &row.application_id,
        &row.subscription_id,
        &row.token_hash,
        &row.secret_method,
        &row.initial_access_token_id,
        row.created_at,
        &row.software_statement,
        row.is_document
    )?;
    Ok(())
}

/// That of an application; `None` for one that an administrator made.
pub async fn find(c: &mut Conn, application_id: &str) -> Result<Option<ClientRegistration>> {
    sql!(
        c,
        optional ClientRegistration,
        "SELECT application_id, subscription_id, token_hash, secret_method, initial_access_token_id, created_at,
            software_statement, is_document
        FROM client_registrations WHERE application_id = $1",
        application_id
    )
}

/// Row ids of the applications of a subscription that registered themselves.
pub async fn applications(c: &mut Conn, subscription_id: &str) -> Result<Vec<String>> {
    let rows = sql!(
        c,
        all(String,),
        "SELECT application_id FROM client_registrations WHERE subscription_id = $1",
        subscription_id
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many a subscription holds.
pub async fn count(c: &mut Conn, subscription_id: &str) -> Result<i64> {
    let (count,) =
        sql!(c, one(i64,), "SELECT COUNT(*) FROM client_registrations WHERE subscription_id = $1", subscription_id)?;
    Ok(count)
}

/// Notes how the secret is sent, and which statement counts.
pub async fn update(
    tx: &mut Tx,
    application_id: &str,
    secret_method: &str,
    software_statement: Option<&str>,
) -> Result<()> {
    sql!(
        tx,
        run "UPDATE client_registrations SET secret_method = $2, software_statement = $3 WHERE application_id = $1",
        application_id,
        secret_method,
        software_statement
    )?;
    Ok(())
}

/// Row id of the oldest application of a document that was made before a time, and for which nobody agreed to anything and
/// nothing was granted; in one subscription, or in all.
pub async fn oldest_unused_document(
    c: &mut Conn,
    subscription_id: Option<&str>,
    before: i64,
) -> Result<Option<String>> {
    let row = match subscription_id {
        Some(subscription_id) => sql!(
            c,
            optional(String,),
            "SELECT r.application_id FROM client_registrations r
            WHERE r.is_document = TRUE AND r.created_at < $1 AND r.subscription_id = $2
                AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.application_id = r.application_id)
                AND NOT EXISTS (SELECT 1 FROM consents a WHERE a.application_id = r.application_id)
            ORDER BY r.created_at LIMIT 1",
            before,
            subscription_id
        )?,
        None => sql!(
            c,
            optional(String,),
            "SELECT r.application_id FROM client_registrations r
            WHERE r.is_document = TRUE AND r.created_at < $1
                AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.application_id = r.application_id)
                AND NOT EXISTS (SELECT 1 FROM consents a WHERE a.application_id = r.application_id)
            ORDER BY r.created_at LIMIT 1",
            before
        )?,
    };
    Ok(row.map(|(id,)| id))
}
