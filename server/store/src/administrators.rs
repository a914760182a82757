//! The list of administrators: users of the built-in subscription who hold a role.
//!
//! They are hundreds at most where users are a million, so a search walks them in their order.

use model::paging::Cursor;
use model::{Page, PageRequest, Role, canonical};

use crate::listing::Range;
use crate::{Conn, JsonText, Result, key, roles};

/// An administrator, without the roles.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Administrator {
    /// Row id.
    pub id: String,
    /// Sign-in name.
    pub username: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Unix seconds since when they are disabled.
    pub disabled_at: Option<i64>,
    /// Of the user, for forms.
    pub version: i64,
    /// By which the list is sorted.
    pub sort_key: String,
    /// Can sign in.
    pub has_password: bool,
    /// Value of the claim `name`.
    pub name: Option<JsonText>,
    /// Unix seconds of the newest sign-in whose session is kept.
    pub last_session: Option<i64>,
    /// Unix seconds of the newest sign-in that the log still holds.
    pub last_event: Option<i64>,
    /// Unix seconds until which a link to choose a password works.
    pub invited_until: Option<i64>,
}

impl std::fmt::Debug for Administrator {
    /// Personal data stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Administrator").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A role, with the subscription it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Whose.
    pub user_id: String,
    /// [`crate::roles::INSTALLATION`] or the row id of a subscription.
    pub scope: String,
    /// What they may do there.
    pub role: Role,
    /// Slug and specification of the subscription.
    pub subscription: Option<(String, JsonText)>,
}

/// Which administrators a list may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visible<'a> {
    /// Every one.
    All,
    /// Those with a role on a subscription that this user owns.
    OfOwner(&'a str),
    /// Those with a role of their own on this subscription.
    In(&'a str),
}

/// `$1` is the built-in subscription, `$2` now.
macro_rules! administrator {
    () => {
        "SELECT u.id, u.username, u.email, u.disabled_at, u.version, u.sort_key,
            u.password_hash IS NOT NULL AS has_password,
            (SELECT v.value FROM claim_values v JOIN claims k ON k.id = v.claim_id
                WHERE v.user_id = u.id AND k.name = 'name') AS name,
            (SELECT MAX(s.auth_time) FROM sessions s WHERE s.user_id = u.id) AS last_session,
            (SELECT e.at FROM events e WHERE e.user_id = u.id AND e.kind = 'sign_in' ORDER BY e.id DESC LIMIT 1)
                AS last_event,
            (SELECT i.expires_at FROM invitations i WHERE i.user_id = u.id AND i.expires_at > $2) AS invited_until
        FROM users u"
    };
}

/// Those after ($3, $4), found from `$5` to before `$6`, at most `$7`; the roles they must hold as told.
macro_rules! listed {
    ($roles:literal) => {
        concat!(
            administrator!(),
            " WHERE u.subscription_id = $1 AND (u.sort_key, u.id) > ($3, $4)
            AND ((u.sort_key >= $5 AND u.sort_key < $6) OR (u.email_key >= $5 AND u.email_key < $6)
                OR EXISTS (SELECT 1 FROM claim_values v JOIN claims k ON k.id = v.claim_id
                    WHERE v.user_id = u.id AND k.name = 'name' AND v.canonical >= $5 AND v.canonical < $6))
            AND EXISTS (SELECT 1 FROM roles r ",
            $roles,
            ") ORDER BY u.sort_key, u.id LIMIT $7"
        )
    };
}

struct Bounds {
    start: Cursor,
    range: Range,
    limit: i64,
}

/// A page of the list, by user name, else address. The search matches the beginning of either, and of
/// the name. `system` is the built-in subscription.
pub async fn page(
    c: &mut Conn,
    system: &str,
    visible: Visible<'_>,
    now: i64,
    request: &PageRequest,
) -> Result<Page<Administrator>> {
    let start = request.after.clone().unwrap_or(Cursor { key: String::new(), id: String::new() });
    if ![&request.search, &start.key, &start.id].into_iter().all(|text| key::findable(text)) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let range = Range::of_prefix(&canonical::text(&request.search));
    let bounds = Bounds { start, range, limit: i64::from(request.size) + 1 };
    let rows = match visible {
        Visible::All => every(c, system, now, &bounds).await?,
        Visible::OfOwner(user_id) => of_owner(c, user_id, system, now, &bounds).await?,
        Visible::In(scope) => within(c, scope, system, now, &bounds).await?,
    };
    Ok(Page::from_surplus(rows, request.size, |a| Cursor { key: a.sort_key.clone(), id: a.id.clone() }))
}

async fn every(c: &mut Conn, system: &str, now: i64, bounds: &Bounds) -> Result<Vec<Administrator>> {
    sql!(
        c,
        all Administrator,
        listed!("WHERE r.user_id = u.id"),
        system,
        now,
        &bounds.start.key,
        &bounds.start.id,
        &bounds.range.from,
        &bounds.range.end,
        bounds.limit
    )
}

async fn of_owner(c: &mut Conn, owner: &str, system: &str, now: i64, bounds: &Bounds) -> Result<Vec<Administrator>> {
    sql!(
        c,
        all Administrator,
        listed!("JOIN roles mine ON mine.subscription_id = r.subscription_id
                WHERE r.user_id = u.id AND mine.user_id = $8 AND mine.role = 'owner'"),
        system,
        now,
        &bounds.start.key,
        &bounds.start.id,
        &bounds.range.from,
        &bounds.range.end,
        bounds.limit,
        owner
    )
}

async fn within(c: &mut Conn, scope: &str, system: &str, now: i64, bounds: &Bounds) -> Result<Vec<Administrator>> {
    sql!(
        c,
        all Administrator,
        listed!("WHERE r.user_id = u.id AND r.subscription_id = $8"),
        system,
        now,
        &bounds.start.key,
        &bounds.start.id,
        &bounds.range.from,
        &bounds.range.end,
        bounds.limit,
        scope
    )
}

/// One administrator by id, whether or not they hold a role.
pub async fn find(c: &mut Conn, system: &str, id: &str, now: i64) -> Result<Option<Administrator>> {
    if !key::findable(id) {
        return Ok(None);
    }
    sql!(
        c,
        optional Administrator,
        concat!(administrator!(), " WHERE u.subscription_id = $1 AND u.id = $3"),
        system,
        now,
        id
    )
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    user_id: String,
    scope: String,
    role: String,
    slug: Option<String>,
    spec: Option<JsonText>,
}

/// The roles of some administrators: that on the installation first, then by the subscription's name.
pub async fn roles_of(c: &mut Conn, user_ids: &[&str]) -> Result<Vec<Held>> {
    let rows = sql!(
        c,
        all HeldRow,
        "WITH RECURSIVE wanted (id, rest) AS (SELECT '', CAST($1 AS TEXT) UNION ALL
            SELECT substr(rest, 1, 36), substr(rest, 37) FROM wanted WHERE rest <> '')
        SELECT r.user_id, r.subscription_id AS scope, r.role, s.slug, s.spec
        FROM wanted w JOIN roles r ON r.user_id = w.id LEFT JOIN subscriptions s ON s.id = r.subscription_id
        ORDER BY CASE WHEN r.subscription_id = '*' THEN 0 ELSE 1 END, s.name_key, s.slug",
        key::joined(user_ids)
    )?;
    let decode = |row: HeldRow| -> Result<Held> {
        let (role, subscription) = (roles::parse(&row.role)?, row.slug.zip(row.spec));
        Ok(Held { user_id: row.user_id, scope: row.scope, role, subscription })
    };
    rows.into_iter().map(decode).collect()
}

/// Slug and specification of the first subscriptions by name: all, or those that a user owns.
pub async fn places(c: &mut Conn, owner: Option<&str>, limit: i64) -> Result<Vec<(String, JsonText)>> {
    match owner {
        None => {
            sql!(c, all(String, JsonText), "SELECT slug, spec FROM subscriptions ORDER BY name_key, id LIMIT $1", limit)
        }
        Some(owner) => sql!(
            c,
            all(String, JsonText),
            "SELECT s.slug, s.spec FROM roles r JOIN subscriptions s ON s.id = r.subscription_id
            WHERE r.user_id = $1 AND r.role = 'owner' ORDER BY s.name_key, s.id LIMIT $2",
            owner,
            limit
        ),
    }
}
