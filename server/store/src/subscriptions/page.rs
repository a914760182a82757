//! The list of subscriptions, with what each holds.

use model::paging::Cursor;
use model::{Page, PageRequest};

use super::{Row, Subscription};
use crate::listing::Listing;
use crate::{Conn, Result};

/// Users of a subscription are counted up to here; one more means "more than that". Counting a
/// million takes tens of milliseconds.
pub const COUNTED_USERS: i64 = 10_000;

/// A line of the list of subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The subscription.
    pub subscription: Subscription,
    /// Applications in it.
    pub applications: i64,
    /// Users in it, at most [`COUNTED_USERS`] + 1.
    pub users: i64,
    /// When somebody signed in last: of the sessions that are kept, else as it was noted.
    pub last_sign_in: Option<i64>,
}

/// Which subscriptions a list may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visible<'a> {
    /// Every one.
    All,
    /// Those on which this user holds a role of their own.
    ByRole(&'a str),
}

#[derive(sqlx::FromRow)]
struct OverviewRow {
    #[sqlx(flatten)]
    row: Row,
    name_key: String,
    applications: i64,
    users: i64,
    last_sign_in: Option<i64>,
}

/// A page of the list, by name. The search matches names and slugs.
pub async fn page(c: &mut Conn, visible: Visible<'_>, request: &PageRequest) -> Result<Page<Overview>> {
    let Some(listing) = Listing::new(request) else { return Ok(Page { items: Vec::new(), next: None }) };
    let rows = match visible {
        Visible::All => every(c, &listing).await?,
        Visible::ByRole(user_id) => by_role(c, user_id, &listing).await?,
    };
    let page = Page::from_surplus(rows, request.size, |r| Cursor {
        key: r.name_key.clone(),
        id: r.row.stored.id().to_owned(),
    });
    let decode = |r: OverviewRow| -> Result<Overview> {
        Ok(Overview {
            subscription: r.row.decode()?,
            applications: r.applications,
            users: r.users,
            last_sign_in: r.last_sign_in,
        })
    };
    Ok(Page { items: page.items.into_iter().map(decode).collect::<Result<_>>()?, next: page.next })
}

async fn every(c: &mut Conn, listing: &Listing) -> Result<Vec<OverviewRow>> {
    sql!(
        c,
        all OverviewRow,
        "SELECT id, version, created_at, updated_at, disabled_at, spec, built_in, config_version, name_key,
            (SELECT COUNT(*) FROM applications a WHERE a.subscription_id = s.id) AS applications,
            (SELECT COUNT(*) FROM (SELECT 1 FROM users u WHERE u.subscription_id = s.id
                ORDER BY u.sort_key, u.id LIMIT $8) counted) AS users,
            COALESCE((SELECT l.auth_time FROM sessions l
                WHERE l.subscription_id >= s.id AND l.subscription_id <= s.id
                ORDER BY l.subscription_id DESC, l.id DESC LIMIT 1),
                s.last_sign_in_at) AS last_sign_in
        FROM subscriptions s
        WHERE (name_key, id) > ($1, $2)
            AND ((name_key >= $3 AND name_key < $4) OR (slug >= $5 AND slug < $6))
        ORDER BY name_key, id LIMIT $7",
        &listing.start_key,
        &listing.start_id,
        &listing.range.from,
        &listing.range.end,
        &listing.raw.from,
        &listing.raw.end,
        listing.limit,
        COUNTED_USERS + 1
    )
}

async fn by_role(c: &mut Conn, user_id: &str, listing: &Listing) -> Result<Vec<OverviewRow>> {
    sql!(
        c,
        all OverviewRow,
        "SELECT s.id, version, created_at, updated_at, disabled_at, spec, built_in, config_version, name_key,
            (SELECT COUNT(*) FROM applications a WHERE a.subscription_id = s.id) AS applications,
            (SELECT COUNT(*) FROM (SELECT 1 FROM users u WHERE u.subscription_id = s.id
                ORDER BY u.sort_key, u.id LIMIT $8) counted) AS users,
            COALESCE((SELECT l.auth_time FROM sessions l
                WHERE l.subscription_id >= s.id AND l.subscription_id <= s.id
                ORDER BY l.subscription_id DESC, l.id DESC LIMIT 1),
                s.last_sign_in_at) AS last_sign_in
        FROM roles r JOIN subscriptions s ON s.id = r.subscription_id
        WHERE r.user_id = $9 AND (s.name_key, s.id) > ($1, $2)
            AND ((s.name_key >= $3 AND s.name_key < $4) OR (s.slug >= $5 AND s.slug < $6))
        ORDER BY s.name_key, s.id LIMIT $7",
        &listing.start_key,
        &listing.start_id,
        &listing.range.from,
        &listing.range.end,
        &listing.raw.from,
        &listing.raw.end,
        listing.limit,
        COUNTED_USERS + 1,
        user_id
    )
}
