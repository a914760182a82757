//! Applications: OAuth clients.
//!
//! A specification is stored whole; what it refers to by name is also kept as references, so that
//! nothing in use can be deleted. `spec.disabled` and `disabled_at` always say the same, and
//! `spec.secret` is never stored.

use model::paging::Cursor;
use model::spec::ApplicationSpec;
use model::{Page, PageRequest, Stored};

use crate::listing::Listing;
use crate::stored::{StoredRow, encode};
use crate::{Conn, Error, NameKind, Result, Tx, client_names, key};

/// An OAuth client.
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    /// Its subscription.
    pub subscription_id: String,
    /// The console, which is derived from settings and cannot be deleted.
    pub built_in: bool,
    /// What an administrator wrote.
    pub object: Stored<ApplicationSpec>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    stored: StoredRow,
    subscription_id: String,
    name_key: String,
    built_in: bool,
}

impl Row {
    fn decode(self) -> Result<Application> {
        let mut object: Stored<ApplicationSpec> = self.stored.decode("application")?;
        object.spec.disabled = object.disabled_at.is_some();
        Ok(Application { subscription_id: self.subscription_id, built_in: self.built_in, object })
    }
}

fn stored_form(spec: &ApplicationSpec) -> String {
    encode(&ApplicationSpec { secret: None, disabled: false, ..spec.clone() })
}

/// Stores a new application. `Unique(ClientName)` when an application or a connection has the name;
/// [`Error::UnknownName`] for a scope or a claim that does not exist.
pub async fn insert(tx: &mut Tx, application: &Application) -> Result<()> {
    let object = &application.object;
    client_names::take(tx, &application.subscription_id, &object.spec.client_id).await?;
    sql!(
        tx,
        run "INSERT INTO applications (id, subscription_id, client_id, name_key, built_in, spec, version, created_at,
                updated_at, disabled_at, backchannel_logout)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &object.id,
        &application.subscription_id,
        &object.spec.client_id,
        key::text(&object.spec.name),
        application.built_in,
        stored_form(&object.spec),
        object.version,
        object.created_at,
        object.updated_at,
        object.disabled_at.or(object.spec.disabled.then_some(object.created_at)),
        object.spec.backchannel_logout_uri.is_some()
    )?;
    refer(tx, &application.subscription_id, &object.id, &object.spec).await
}

/// By its `client_id`.
pub async fn find_by_client_id(c: &mut Conn, subscription_id: &str, client_id: &str) -> Result<Option<Application>> {
    if !key::findable(client_id) {
        return Ok(None);
    }
    let row = sql!(
        c,
        optional Row,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, subscription_id, name_key, built_in
        FROM applications WHERE subscription_id = $1 AND client_id = $2",
        subscription_id,
        client_id
    )?;
    row.map(Row::decode).transpose()
}

/// By its row id.
pub async fn find(c: &mut Conn, id: &str) -> Result<Option<Application>> {
    let row = sql!(
        c,
        optional Row,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, subscription_id, name_key, built_in
        FROM applications WHERE id = $1",
        id
    )?;
    row.map(Row::decode).transpose()
}

/// All of a subscription, by `client_id`.
pub async fn list(c: &mut Conn, subscription_id: &str) -> Result<Vec<Application>> {
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, subscription_id, name_key, built_in
        FROM applications WHERE subscription_id = $1 ORDER BY client_id",
        subscription_id
    )?;
    rows.into_iter().map(Row::decode).collect()
}

/// A page of the list, by name. The search also matches `client_id`s.
pub async fn page(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<Application>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, subscription_id, name_key, built_in
        FROM applications WHERE subscription_id = $1 AND (name_key, id) > ($2, $3)
            AND ((name_key >= $4 AND name_key < $5) OR (client_id >= $6 AND client_id < $7))
        ORDER BY name_key, id LIMIT $8",
        subscription_id,
        &listing.start_key,
        &listing.start_id,
        &listing.range.from,
        &listing.range.end,
        &listing.raw.from,
        &listing.raw.end,
        listing.limit
    )?;
    let cursor = |r: &Row| Cursor { key: r.name_key.clone(), id: r.stored.id().to_owned() };
    let page = Page::from_surplus(rows, request.size, cursor);
    Ok(Page { items: page.items.into_iter().map(Row::decode).collect::<Result<_>>()?, next: page.next })
}

/// Writes an application, its references and whether it is disabled, over the expected version.
/// False: somebody else was faster, or it is gone. [`Error::UnknownName`] as for [`insert`].
pub async fn update(tx: &mut Tx, id: &str, version: i64, spec: &ApplicationSpec, now: i64) -> Result<bool> {
    let row = sql!(
        tx,
        optional(String,),
        "UPDATE applications SET name_key = $3, spec = $4, version = version + 1, updated_at = $5,
            disabled_at = CASE WHEN $6 THEN COALESCE(disabled_at, $5) ELSE NULL END, backchannel_logout = $7
        WHERE id = $1 AND version = $2 RETURNING subscription_id",
        id,
        version,
        key::text(&spec.name),
        stored_form(spec),
        now,
        spec.disabled,
        spec.backchannel_logout_uri.is_some()
    )?;
    let Some((subscription_id,)) = row else { return Ok(false) };
    refer(tx, &subscription_id, id, spec).await?;
    Ok(true)
}

/// Takes it out of use (`Some(since)`) or back into use, over the expected version.
pub async fn set_disabled(tx: &mut Tx, id: &str, version: i64, since: Option<i64>, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE applications SET disabled_at = $3, version = version + 1, updated_at = $4
            WHERE id = $1 AND version = $2",
        id,
        version,
        since,
        now
    )?;
    Ok(changed == 1)
}

/// Deletes an application with its secrets, consents, grants and tokens. False: it was not there,
/// or is built in.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    let row = sql!(
        tx,
        optional(String, String),
        "SELECT subscription_id, client_id FROM applications WHERE id = $1 AND NOT built_in",
        id
    )?;
    let Some((subscription_id, client_id)) = row else { return Ok(false) };
    sql!(tx, run "DELETE FROM applications WHERE id = $1", id)?;
    client_names::give_back(tx, &subscription_id, &client_id).await?;
    Ok(true)
}

/// Rewrites what an application refers to.
async fn refer(tx: &mut Tx, subscription_id: &str, id: &str, spec: &ApplicationSpec) -> Result<()> {
    sql!(tx, run "DELETE FROM application_scopes WHERE application_id = $1", id)?;
    sql!(tx, run "DELETE FROM application_required_claims WHERE application_id = $1", id)?;
    for (position, name) in (0_i64..).zip(&spec.allowed_identity_scopes) {
        let linked = sql!(
            tx,
            run "INSERT INTO application_scopes (application_id, scope_id, position)
                SELECT $1, id, $2 FROM scopes WHERE subscription_id = $3 AND name = $4 AND api_connection_id IS NULL",
            id,
            position,
            subscription_id,
            name
        )?;
        known(linked, NameKind::IdentityScope, name)?;
    }
    for (position, name) in (0_i64..).zip(&spec.allowed_api_scopes) {
        let linked = sql!(
            tx,
            run "INSERT INTO application_scopes (application_id, scope_id, position)
                SELECT $1, id, $2 FROM scopes
                WHERE subscription_id = $3 AND name = $4 AND api_connection_id IS NOT NULL",
            id,
            position,
            subscription_id,
            name
        )?;
        known(linked, NameKind::ApiScope, name)?;
    }
    for (position, required) in (0_i64..).zip(&spec.required_claims) {
        let linked = sql!(
            tx,
            run "INSERT INTO application_required_claims (application_id, claim_id, stage, position, until)
                SELECT $1, id, $2, $3, $6 FROM claims WHERE subscription_id = $4 AND name = $5",
            id,
            required.stage.as_str(),
            position,
            subscription_id,
            &required.claim,
            required.until.as_deref()
        )?;
        known(linked, NameKind::Claim, &required.claim)?;
    }
    Ok(())
}

fn known(linked: u64, kind: NameKind, name: &str) -> Result<()> {
    if linked == 1 { Ok(()) } else { Err(Error::UnknownName { kind, name: name.to_owned() }) }
}

/// Notes when applications last got tokens: id and unix seconds, at most once a minute for each.
pub async fn touch_last_used(tx: &mut Tx, used: &[(String, i64)]) -> Result<()> {
    // In one order on every node, or two of them could wait for each other.
    let mut used: Vec<_> = used.iter().collect();
    used.sort();
    for (id, at) in used {
        sql!(
            tx,
            run "UPDATE applications SET last_used_at = $2 WHERE id = $1 AND COALESCE(last_used_at, 0) < $2",
            id,
            *at
        )?;
    }
    Ok(())
}
