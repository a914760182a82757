//! The log of configuration changes, written in the transaction of the change.

use model::{Page, PageRequest};

use crate::{Conn, JsonText, Result, Tx, listing};

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Revision {
    /// Row id, which orders them.
    pub id: String,
    /// Where it happened; `None` for the installation.
    pub subscription_id: Option<String>,
    /// Unix seconds.
    pub at: i64,
    /// Who did it.
    pub actor: String,
    /// Kind of the object.
    pub object_type: String,
    /// Row id of the object.
    pub object_id: String,
    /// Name of the object at that time.
    pub object_name: String,
    /// What was done to it.
    pub action: String,
    /// The object before; `None` when it was made.
    pub before: Option<JsonText>,
    /// The object after; `None` when it was deleted.
    pub after: Option<JsonText>,
    /// The change that it is part of; `None` for one of its own, named by this row's id.
    pub change_id: Option<String>,
    /// What the specification does not say of the row.
    pub facts: Option<JsonText>,
}

/// Writes a change down.
pub async fn insert(tx: &mut Tx, new: &Revision) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO revisions (id, subscription_id, at, actor, object_type, object_id, object_name, action, before,
                after, change_id, facts)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &new.id,
        new.subscription_id.as_deref(),
        new.at,
        &new.actor,
        &new.object_type,
        &new.object_id,
        &new.object_name,
        &new.action,
        new.before.as_ref(),
        new.after.as_ref(),
        new.change_id.as_deref(),
        new.facts.as_ref()
    )?;
    Ok(())
}

/// One change.
pub async fn find(c: &mut Conn, id: &str) -> Result<Option<Revision>> {
    sql!(
        c,
        optional Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE id = $1",
        id
    )
}

/// A page of a subscription's changes, the newest first.
pub async fn page(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<Revision>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE subscription_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        subscription_id,
        below,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |r| listing::by_id(&r.id)))
}

/// A page of all changes of the installation, the newest first.
pub async fn page_of_installation(c: &mut Conn, request: &PageRequest) -> Result<Page<Revision>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE id < $1 ORDER BY id DESC LIMIT $2",
        below,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |r| listing::by_id(&r.id)))
}

/// A page of one object's changes, the newest first.
pub async fn page_of_object(c: &mut Conn, object_id: &str, request: &PageRequest) -> Result<Page<Revision>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE object_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        object_id,
        below,
        limit
    )?;
    Ok(Page::from_surplus(rows, request.size, |r| listing::by_id(&r.id)))
}

/// What one change did in a subscription, in the order in which it was done.
pub async fn of_change(c: &mut Conn, subscription_id: &str, change_id: &str) -> Result<Vec<Revision>> {
    sql!(
        c,
        all Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE change_id = $1 AND subscription_id = $2
        UNION ALL
        SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE id = $1 AND subscription_id = $2 AND change_id IS NULL
        ORDER BY id",
        change_id,
        subscription_id
    )
}

/// The last that was done to an object of a subscription.
pub async fn last_of_object(c: &mut Conn, subscription_id: &str, object_id: &str) -> Result<Option<Revision>> {
    sql!(
        c,
        optional Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE object_id = $1 AND subscription_id = $2 ORDER BY id DESC LIMIT 1",
        object_id,
        subscription_id
    )
}

/// For each object whose specification changed at or after an id, the first change since: what stands
/// before it is what stood at that moment.
pub async fn first_since(c: &mut Conn, subscription_id: &str, from: &str) -> Result<Vec<Revision>> {
    sql!(
        c,
        all Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE id IN (
            SELECT MIN(id) FROM revisions
            WHERE subscription_id = $1 AND id >= $2 AND (before IS NOT NULL OR after IS NOT NULL)
            GROUP BY object_id)
        ORDER BY id",
        subscription_id,
        from
    )
}

/// The first time since an id that a subscription was taken out of use or back into use.
pub async fn first_switch_since(c: &mut Conn, subscription_id: &str, from: &str) -> Result<Option<Revision>> {
    sql!(
        c,
        optional Revision,
        "SELECT id, subscription_id, at, actor, object_type, object_id, object_name, action, before, after,
            change_id, facts
        FROM revisions WHERE object_id = $1 AND subscription_id = $1 AND id >= $2 AND action IN ('disable', 'enable')
        ORDER BY id LIMIT 1",
        subscription_id,
        from
    )
}
