//! Identity scopes.

use model::spec::IdentityScopeSpec;
use model::{Page, PageRequest, Stored};

use super::{Row, find, list, title, update};
use crate::listing::Listing;
use crate::stored::encode;
use crate::{Conn, Error, NameKind, Result, Tx, key};

/// A name that lets claims out.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentityScope {
    /// Its subscription.
    pub subscription_id: String,
    /// Place at consent and in files.
    pub position: i64,
    /// What an administrator wrote.
    pub object: Stored<IdentityScopeSpec>,
}

/// Stores a new identity scope with its claims. `Unique(ScopeName)` when the name is taken;
/// [`Error::UnknownName`] for a claim that does not exist.
pub async fn insert_identity(tx: &mut Tx, scope: &IdentityScope) -> Result<()> {
    let object = &scope.object;
    sql!(
        tx,
        run "INSERT INTO scopes (id, subscription_id, name, name_key, api_connection_id, position, spec, version,
                created_at, updated_at)
            VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9)",
        &object.id,
        &scope.subscription_id,
        &object.spec.name,
        key::text(title(&object.spec.display_name, &object.spec.name)),
        scope.position,
        encode(&object.spec),
        object.version,
        object.created_at,
        object.updated_at
    )?;
    set_claims(tx, &scope.subscription_id, &object.id, &object.spec.claims).await
}

/// An identity scope by its name.
pub async fn find_identity(c: &mut Conn, subscription_id: &str, name: &str) -> Result<Option<IdentityScope>> {
    let row = find(c, subscription_id, name).await?;
    row.filter(Row::is_identity).map(Row::identity).transpose()
}

/// All identity scopes of a subscription, in their order.
pub async fn list_identity(c: &mut Conn, subscription_id: &str) -> Result<Vec<IdentityScope>> {
    let rows = list(c, subscription_id).await?;
    rows.into_iter().filter(Row::is_identity).map(Row::identity).collect()
}

/// A page of the identity scopes, by what people read. The search also matches names.
pub async fn page_identity(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<IdentityScope>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = sql!(
        c,
        all Row,
        "SELECT id, version, created_at, updated_at, CAST(NULL AS BIGINT) AS disabled_at, spec, subscription_id,
            name_key, api_connection_id, position
        FROM scopes WHERE subscription_id = $1 AND api_connection_id IS NULL AND (name_key, id) > ($2, $3)
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
    let page = Page::from_surplus(rows, request.size, Row::cursor);
    Ok(Page { items: page.items.into_iter().map(Row::identity).collect::<Result<_>>()?, next: page.next })
}

/// Writes an identity scope and its claims over the expected version. False: somebody else was
/// faster, or it is gone. [`Error::UnknownName`] for a claim that does not exist.
pub async fn update_identity(tx: &mut Tx, id: &str, version: i64, spec: &IdentityScopeSpec, now: i64) -> Result<bool> {
    let subscription = update(tx, id, version, title(&spec.display_name, &spec.name), encode(spec), now).await?;
    let Some(subscription_id) = subscription else { return Ok(false) };
    set_claims(tx, &subscription_id, id, &spec.claims).await?;
    Ok(true)
}

/// Rewrites which claims an identity scope refers to.
async fn set_claims(tx: &mut Tx, subscription_id: &str, id: &str, claims: &[String]) -> Result<()> {
    sql!(tx, run "DELETE FROM identity_scope_claims WHERE scope_id = $1", id)?;
    for (position, claim) in (0_i64..).zip(claims) {
        let linked = sql!(
            tx,
            run "INSERT INTO identity_scope_claims (scope_id, claim_id, position)
                SELECT $1, id, $2 FROM claims WHERE subscription_id = $3 AND name = $4",
            id,
            position,
            subscription_id,
            claim
        )?;
        if linked == 0 {
            return Err(Error::UnknownName { kind: NameKind::Claim, name: claim.clone() });
        }
    }
    Ok(())
}
