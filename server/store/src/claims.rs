//! Claims: the definitions. What users hold is in [`crate::claim_values`].

use model::paging::Cursor;
use model::spec::ClaimSpec;
use model::{Page, PageRequest, Stored};

use crate::listing::Listing;
use crate::stored::{StoredRow, encode};
use crate::{Conn, Result, Tx, Usage, key};

/// A claim's definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its subscription.
    pub subscription_id: String,
    /// One of OpenID Connect Core section 5.1, which cannot be deleted.
    pub standard: bool,
    /// Place in forms.
    pub position: i64,
    /// What an administrator wrote.
    pub object: Stored<ClaimSpec>,
}

/// What stands in the way of deleting a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimUsage {
    /// Identity scopes that let it out, applications that require it.
    pub used_by: Vec<Usage>,
    /// Users who hold a value.
    pub values: i64,
}

/// A value that several users hold.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Duplicate {
    /// The value in its canonical form.
    pub canonical: String,
    /// How many users hold it.
    pub users: i64,
}

impl std::fmt::Debug for Duplicate {
    /// Values stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Duplicate").field("users", &self.users).finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(flatten)]
    stored: StoredRow,
    subscription_id: String,
    name_key: String,
    standard: bool,
    position: i64,
}

impl Row {
    pub(crate) fn decode(self) -> Result<Claim> {
        Ok(Claim {
            subscription_id: self.subscription_id,
            standard: self.standard,
            position: self.position,
            object: self.stored.decode("claim")?,
        })
    }
}

/// Stores a new claim as given. `Unique(ClaimName)` when the name is taken.
pub async fn insert(tx: &mut Tx, claim: &Claim) -> Result<()> {
    let object = &claim.object;
    sql!(
        tx,
        run "INSERT INTO claims (id, subscription_id, name, name_key, standard, position, spec, version, created_at,
                updated_at, rules_changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        &object.id,
        &claim.subscription_id,
        &object.spec.name,
        key::text(object.spec.title()),
        claim.standard,
        claim.position,
        encode(&object.spec),
        object.version,
        object.created_at,
        object.updated_at
    )?;
    Ok(())
}

/// By its name.
pub async fn find(c: &mut Conn, subscription_id: &str, name: &str) -> Result<Option<Claim>> {
    if !key::findable(name) {
        return Ok(None);
    }
    let row = sql!(
        c,
        optional Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, standard, position
        FROM claims WHERE subscription_id = $1 AND name = $2",
        subscription_id,
        name
    )?;
    row.map(Row::decode).transpose()
}

/// All of a subscription, in the order of forms.
pub async fn list(c: &mut Conn, subscription_id: &str) -> Result<Vec<Claim>> {
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, standard, position
        FROM claims WHERE subscription_id = $1 ORDER BY position, id",
        subscription_id
    )?;
    rows.into_iter().map(Row::decode).collect()
}

/// A page of the custom claims, by what people read. The search also matches names.
pub async fn page_custom(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<Claim>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, standard, position
        FROM claims WHERE subscription_id = $1 AND standard = FALSE AND (name_key, id) > ($2, $3)
            AND ((name_key >= $4 AND name_key < $5) OR (name >= $6 AND name < $7))
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
    let page =
        Page::from_surplus(rows, request.size, |r| Cursor { key: r.name_key.clone(), id: r.stored.id().to_owned() });
    Ok(Page { items: page.items.into_iter().map(Row::decode).collect::<Result<_>>()?, next: page.next })
}

/// The position after the last claim: where a new one goes.
pub async fn next_position(c: &mut Conn, subscription_id: &str) -> Result<i64> {
    let (next,) = sql!(
        c,
        one(i64,),
        "SELECT COALESCE(MAX(position), 0) + 1 FROM claims WHERE subscription_id = $1",
        subscription_id
    )?;
    Ok(next)
}

/// Writes a definition over the expected version. False: somebody else was faster, or it is gone.
/// Turning `unique` on or off also needs [`set_unique`].
pub async fn update(tx: &mut Tx, id: &str, version: i64, spec: &ClaimSpec, now: i64) -> Result<bool> {
    let changed = sql!(
        tx,
        run "UPDATE claims SET name_key = $3, spec = $4, version = version + 1, updated_at = $5
            WHERE id = $1 AND version = $2",
        id,
        version,
        key::text(spec.title()),
        encode(spec),
        now
    )?;
    Ok(changed == 1)
}

/// Notes that values from before `now` were checked by other rules: see [`crate::compliance`].
pub async fn set_rules_changed(tx: &mut Tx, id: &str, now: i64) -> Result<()> {
    sql!(tx, run "UPDATE claims SET rules_changed_at = $2 WHERE id = $1", id, now)?;
    Ok(())
}

/// Deletes a custom claim. [`crate::Error::ForeignKey`] while something uses it: see [`usage`].
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(sql!(tx, run "DELETE FROM claims WHERE id = $1 AND NOT standard", id)? == 1)
}

/// Who uses a claim.
pub async fn usage(c: &mut Conn, id: &str) -> Result<ClaimUsage> {
    let used_by = sql!(
        c,
        all Usage,
        "SELECT 'identity_scope' AS object_type, s.id, s.name
            FROM identity_scope_claims l JOIN scopes s ON s.id = l.scope_id WHERE l.claim_id = $1
        UNION ALL
        SELECT 'application' AS object_type, a.id, a.client_id AS name
            FROM application_required_claims l JOIN applications a ON a.id = l.application_id WHERE l.claim_id = $1
        ORDER BY object_type, name",
        id
    )?;
    let (values,) = sql!(c, one(i64,), "SELECT COUNT(*) FROM claim_values WHERE claim_id = $1", id)?;
    Ok(ClaimUsage { used_by, values })
}

/// Values that several users hold, the most frequent first: what refuses making a claim unique.
pub async fn duplicates(c: &mut Conn, id: &str, limit: i64) -> Result<Vec<Duplicate>> {
    sql!(
        c,
        all Duplicate,
        "SELECT canonical, COUNT(*) AS users FROM claim_values WHERE claim_id = $1
        GROUP BY canonical HAVING COUNT(*) > 1 ORDER BY COUNT(*) DESC, canonical LIMIT $2",
        id,
        limit
    )
}

/// Makes the stored values of a claim unique, or lets them repeat. `Unique(ClaimValue)` when some
/// repeat: ask [`duplicates`] first.
pub async fn set_unique(tx: &mut Tx, id: &str, unique: Uniqueness) -> Result<()> {
    match unique {
        Uniqueness::Unique => {
            sql!(tx, run "UPDATE claim_values SET unique_key = canonical WHERE claim_id = $1", id)?;
        }
        Uniqueness::Repeatable => {
            sql!(tx, run "UPDATE claim_values SET unique_key = NULL WHERE claim_id = $1", id)?;
        }
    }
    Ok(())
}

/// Whether two users may hold the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uniqueness {
    /// They may not.
    Unique,
    /// They may.
    Repeatable,
}

impl From<bool> for Uniqueness {
    /// From a specification's `unique`.
    fn from(unique: bool) -> Self {
        if unique { Self::Unique } else { Self::Repeatable }
    }
}
