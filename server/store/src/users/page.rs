//! The list of users: by name, searched by name and address.
//!
//! Each of the two searches walks its own index, bounded by what a page holds, so that a page of a
//! million users costs what a page of a hundred does.

use model::paging::Cursor;
use model::{Page, PageRequest, canonical};

use super::User;
use crate::listing::Range;
use crate::{Conn, Result, key};

#[derive(sqlx::FromRow)]
struct Listed {
    #[sqlx(flatten)]
    user: User,
    list_key: String,
    sort_key: String,
}

/// A page of the list. Without a search: by user name, else address. With one: users whose name or
/// address begins with it, by what matched.
pub async fn page(c: &mut Conn, subscription_id: &str, request: &PageRequest) -> Result<Page<User>> {
    let start = request.after.clone().unwrap_or(Cursor { key: String::new(), id: String::new() });
    if ![&request.search, &start.key, &start.id].into_iter().all(|text| key::findable(text)) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let limit = i64::from(request.size) + 1;
    let range = Range::of_prefix(&canonical::text(&request.search));
    let start = if start.key < range.from { Cursor { key: range.from.clone(), id: String::new() } } else { start };
    let mut rows = by_sort_key(c, subscription_id, &start, &range.end, limit).await?;
    if !range.from.is_empty() {
        // Addresses beyond the last name of a full page belong to later pages.
        let full = i64::try_from(rows.len()).is_ok_and(|n| n == limit);
        let end = rows.last().filter(|_| full).map_or(range.end.clone(), |last| last.list_key.clone());
        rows.extend(by_email(c, subscription_id, &start, &range, &end, limit).await?);
        rows.sort_by(|a, b| (&a.list_key, &a.user.id).cmp(&(&b.list_key, &b.user.id)));
    }
    let cursor = |r: &Listed| Cursor { key: r.list_key.clone(), id: r.user.id.clone() };
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Page::from_surplus(rows, request.size, cursor).map(|r| r.user))
}

async fn by_sort_key(
    c: &mut Conn,
    subscription_id: &str,
    start: &Cursor,
    end: &str,
    limit: i64,
) -> Result<Vec<Listed>> {
    sql!(
        c,
        all Listed,
        "SELECT id, subscription_id, username, email, email_verified, password_hash, password_changed_at, version,
            created_at, updated_at, disabled_at, sort_key AS list_key, sort_key
        FROM users WHERE subscription_id = $1 AND (sort_key, id) > ($2, $3) AND sort_key < $4
        ORDER BY sort_key, id LIMIT $5",
        subscription_id,
        &start.key,
        &start.id,
        end,
        limit
    )
}

/// Users found by their address alone: those whose name matches too are listed by name.
async fn by_email(
    c: &mut Conn,
    subscription_id: &str,
    start: &Cursor,
    range: &Range,
    end: &str,
    limit: i64,
) -> Result<Vec<Listed>> {
    let rows = sql!(
        c,
        all Listed,
        "SELECT id, subscription_id, username, email, email_verified, password_hash, password_changed_at, version,
            created_at, updated_at, disabled_at, email_key AS list_key, sort_key
        FROM users WHERE subscription_id = $1 AND (email_key, id) > ($2, $3) AND email_key < $4
            AND NOT (sort_key >= $5 AND sort_key < $6)
        ORDER BY email_key LIMIT $7",
        subscription_id,
        &start.key,
        &start.id,
        end,
        &range.from,
        &range.end,
        limit
    )?;
    debug_assert!(rows.iter().all(|r| !range.holds(&r.sort_key)), "listed twice");
    Ok(rows)
}
