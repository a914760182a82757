//! The two logs by their filters, each the newest first, with what their rows are called now.
//!
//! A statement has an arm for each index; which of them runs is decided by the mode, before any row is read.
//! What another filter asks for besides is looked at row by row. PostgreSQL plans them anew each time: only
//! whoever sees the kind or the object that is asked for knows whether the log is full of it or has none.

use model::canonical;

use crate::events::Event;
use crate::listing::Range;
use crate::revisions::Revision;
use crate::{Conn, Result, key};

/// Ids that a search is resolved to at most. [`named`] says it again.
pub const MAX_IDS: usize = 100;

/// What the log is asked for. Empty texts ask for nothing in particular.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Below this id; empty for all.
    pub below: &'a str,
    /// From this id on.
    pub from: &'a str,
    /// Rows.
    pub limit: i64,
    /// Kind of the object.
    pub object_type: &'a str,
    /// What was done.
    pub action: &'a str,
    /// Who did it: a name, or a user's id.
    pub actors: [&'a str; 2],
    /// Row ids of objects or users, at most [`MAX_IDS`]; `None` where they do not matter.
    pub objects: Option<&'a [String]>,
    /// Rows of [`Self::objects`], and also those done by `actors` or with this reference.
    pub reference: Option<&'a str>,
    /// Kinds of events that stand for the object's kind.
    pub kinds: [&'a str; 4],
}

impl Wanted<'_> {
    fn mode(&self) -> &'static str {
        match (self.reference, self.objects) {
            (Some(_), _) => "search",
            (None, Some(_)) => "object",
            _ if !self.actors[0].is_empty() => "actor",
            _ if !self.action.is_empty() => "action",
            _ if !self.object_type.is_empty() => "type",
            _ => "all",
        }
    }

    fn ids(&self) -> String {
        key::joined(&self.objects.unwrap_or_default().iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Ids begin with a hexadecimal digit, so this is above each of them.
    fn below(&self) -> &str {
        if self.below.is_empty() { "g" } else { self.below }
    }

    /// In a search the actor is one of several reasons to be found; elsewhere it is a filter.
    fn who(&self) -> &str {
        if self.reference.is_some() { "" } else { self.actors[0] }
    }

    fn is_findable(&self) -> bool {
        let texts = [self.below, self.object_type, self.action, self.actors[0], self.actors[1]];
        texts.into_iter().chain(self.reference).all(key::findable)
    }
}

/// A change, and whether its object still stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RevisionRow {
    /// As it was written.
    #[sqlx(flatten)]
    pub revision: Revision,
    /// Row id of the object while it stands.
    pub standing: Option<String>,
    /// Connection of an API scope that stands.
    pub connection: Option<String>,
}

/// An event, with what those in it are called now, inside the same subscription.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// As it was written.
    #[sqlx(flatten)]
    pub event: Event,
    /// Of the user whom it is about.
    pub user_name: Option<String>,
    /// Of the user who did it.
    pub actor_name: Option<String>,
    /// `client_id` of the application.
    pub client_id: Option<String>,
}

/// The row ids of `$10`: see [`key::joined`].
macro_rules! ids {
    () => {
        "WITH RECURSIVE wanted (id, rest) AS (SELECT '', CAST($10 AS TEXT) UNION ALL
            SELECT substr(rest, 1, 36), substr(rest, 37) FROM wanted WHERE rest <> '')"
    };
}

/// What filters ask of a change.
macro_rules! of_revisions {
    () => {
        "AND ($5 = '' OR o.object_type = $5) AND ($6 = '' OR o.action = $6) AND ($7 = '' OR o.actor = $7)"
    };
}

/// What filters ask of an event.
macro_rules! of_events {
    () => {
        "AND ($5 = '' OR ($5 = 'user' AND o.user_id IS NOT NULL)
                OR ($5 = 'application' AND o.user_id IS NULL AND o.application_id IS NOT NULL))
            AND ($6 = '' OR o.kind = $6) AND ($7 = '' OR o.actor IN ($7, $11))"
    };
}

/// An arm with one key: the newest rows.
macro_rules! of_one {
    ($log:literal, $filters:ident, $is:literal) => {
        concat!(
            "SELECT * FROM (SELECT o.* FROM ",
            $log,
            " o WHERE ",
            $is,
            " AND o.subscription_id = $1 AND o.id < $2 AND o.id >= $3 ",
            $filters!(),
            " ORDER BY o.id DESC LIMIT $4) AS found"
        )
    };
}

/// The newest row of the key `$key` below `$below`, by the column's own index. Bounds and order of both columns,
/// and an expression for the subscription, because then no other index will do: a planner that does not know
/// the key expects to find it soon in any.
macro_rules! next_of {
    ($log:literal, $filters:ident, $column:literal, $key:literal, $below:literal) => {
        concat!(
            "(SELECT o.id FROM ",
            $log,
            " o WHERE o.",
            $column,
            " IS NOT NULL AND (o.",
            $column,
            ", o.id) < (",
            $key,
            ", ",
            $below,
            ") AND (o.",
            $column,
            ", o.id) >= (",
            $key,
            ", $3) AND o.subscription_id || '' = $1 ",
            $filters!(),
            " ORDER BY o.",
            $column,
            " DESC, o.id DESC LIMIT 1)"
        )
    };
}

/// Walks from row to row of each of any number of keys, the newest first, as far as a page goes.
macro_rules! walk {
    ($name:literal, $log:literal, $filters:ident, $column:literal, $keys:literal) => {
        concat!(
            ", ",
            $name,
            " (key, id, step) AS (SELECT k.key, ",
            next_of!($log, $filters, $column, "k.key", "$2"),
            ", 1 FROM (",
            $keys,
            ") k UNION ALL SELECT w.key, ",
            next_of!($log, $filters, $column, "w.key", "w.id"),
            ", w.step + 1 FROM ",
            $name,
            " w WHERE w.id IS NOT NULL AND w.step < $4)"
        )
    };
}

/// An arm with any number of keys: the rows that a [`walk!`] found.
macro_rules! of_each {
    ($walk:literal, $log:literal) => {
        concat!("SELECT o.* FROM ", $walk, " w CROSS JOIN ", $log, " o WHERE o.id = w.id")
    };
}

macro_rules! revisions_if {
    ($is:literal) => {
        of_one!("revisions", of_revisions, $is)
    };
}

/// Changes of a subscription's configuration.
pub async fn revisions(c: &mut Conn, subscription_id: &str, wanted: &Wanted<'_>) -> Result<Vec<RevisionRow>> {
    if !wanted.is_findable() {
        return Ok(Vec::new());
    }
    sql!(
        c,
        fresh RevisionRow,
        concat!(
            ids!(),
            walk!(
                "of_objects",
                "revisions",
                of_revisions,
                "object_id",
                "SELECT id AS key FROM wanted WHERE $8 IN ('search', 'object')"
            ),
            " SELECT r.*, COALESCE(a.id, d.id, s.id, k.id) AS standing, s.api_connection_id AS connection FROM (",
            of_each!("of_objects", "revisions"),
            " UNION ",
            revisions_if!("$8 IN ('search', 'actor') AND o.actor = $9"),
            " UNION ",
            revisions_if!("$8 = 'type' AND o.object_type = $5"),
            " UNION ",
            revisions_if!("$8 = 'action' AND o.action = $6"),
            " UNION ",
            revisions_if!("$8 = 'all'"),
            ") AS r
            LEFT JOIN applications a ON a.id = r.object_id
            LEFT JOIN claims d ON d.id = r.object_id
            LEFT JOIN scopes s ON s.id = r.object_id
            LEFT JOIN api_connections k ON k.id = r.object_id
            ORDER BY r.id DESC LIMIT $4"
        ),
        subscription_id,
        wanted.below(),
        wanted.from,
        wanted.limit,
        wanted.object_type,
        wanted.action,
        wanted.who(),
        wanted.mode(),
        wanted.actors[0],
        wanted.ids()
    )
}

macro_rules! events_if {
    ($is:literal) => {
        of_one!("events", of_events, $is)
    };
}

/// Events of a subscription.
pub async fn events(c: &mut Conn, subscription_id: &str, wanted: &Wanted<'_>) -> Result<Vec<EventRow>> {
    if !wanted.is_findable() {
        return Ok(Vec::new());
    }
    let mode = match wanted.mode() {
        // Only some kinds of events are about an application; almost all are about users.
        "type" if wanted.object_type == "user" => "all",
        mode => mode,
    };
    // Only what is an application is looked for among applications: one of them may be in every event, and
    // to find that another is in none can take as long as reading the log.
    sql!(
        c,
        fresh EventRow,
        concat!(
            ids!(),
            walk!(
                "of_users",
                "events",
                of_events,
                "user_id",
                "SELECT id AS key FROM wanted WHERE $8 IN ('search', 'object')"
            ),
            walk!(
                "of_applications",
                "events",
                of_events,
                "application_id",
                "SELECT a.id AS key FROM wanted x CROSS JOIN applications a WHERE a.id = x.id AND $8 IN ('search', 'object')"
            ),
            " SELECT e.*, COALESCE(u.username, u.email) AS user_name, COALESCE(w.username, w.email) AS actor_name,
                p.client_id AS client_id FROM (",
            of_each!("of_users", "events"),
            " UNION ",
            of_each!("of_applications", "events"),
            " UNION ",
            events_if!("$8 IN ('search', 'actor') AND o.actor = $9"),
            " UNION ",
            events_if!("$8 IN ('search', 'actor') AND o.actor = $11"),
            " UNION ",
            events_if!("$8 = 'action' AND o.kind = $6"),
            " UNION ",
            events_if!("$8 = 'type' AND o.kind = $12"),
            " UNION ",
            events_if!("$8 = 'type' AND o.kind = $13"),
            " UNION ",
            events_if!("$8 = 'type' AND o.kind = $14"),
            " UNION ",
            events_if!("$8 = 'type' AND o.kind = $15"),
            " UNION ",
            events_if!("$8 = 'search' AND o.reference = $16"),
            " UNION ",
            events_if!("$8 = 'all'"),
            ") AS e
            LEFT JOIN users u ON u.id = e.user_id AND u.subscription_id = $1
            LEFT JOIN users w ON w.id = e.actor AND w.subscription_id = $1
            LEFT JOIN applications p ON p.id = e.application_id AND p.subscription_id = $1
            ORDER BY e.id DESC LIMIT $4"
        ),
        subscription_id,
        wanted.below(),
        wanted.from,
        wanted.limit,
        wanted.object_type,
        wanted.action,
        wanted.who(),
        mode,
        wanted.actors[0],
        wanted.ids(),
        wanted.actors[1],
        wanted.kinds[0],
        wanted.kinds[1],
        wanted.kinds[2],
        wanted.kinds[3],
        wanted.reference.unwrap_or_default()
    )
}

/// Row ids of what is called something that begins with a text: objects of the log by the name for programs,
/// those that stand also by the one for people, users by name and address. At most [`MAX_IDS`].
pub async fn named(c: &mut Conn, subscription_id: &str, text: &str) -> Result<Vec<String>> {
    if !key::findable(text) {
        return Ok(Vec::new());
    }
    let (raw, folded) = (Range::of_prefix(text.trim()), Range::of_prefix(&canonical::text(text)));
    let rows = sql!(
        c,
        all(String,),
        "SELECT id FROM (SELECT DISTINCT object_id AS id FROM revisions
            WHERE subscription_id = $1 AND object_name {bytes} >= $2 AND object_name {bytes} < $3 LIMIT 100) AS a
        UNION SELECT id FROM (SELECT id FROM applications
            WHERE subscription_id = $1 AND name_key >= $4 AND name_key < $5 LIMIT 100) AS b
        UNION SELECT id FROM (SELECT id FROM scopes
            WHERE subscription_id = $1 AND name_key >= $4 AND name_key < $5 LIMIT 100) AS c
        UNION SELECT id FROM (SELECT id FROM api_connections
            WHERE subscription_id = $1 AND name_key >= $4 AND name_key < $5 LIMIT 100) AS d
        UNION SELECT id FROM (SELECT id FROM users
            WHERE subscription_id = $1 AND sort_key >= $4 AND sort_key < $5 LIMIT 100) AS e
        UNION SELECT id FROM (SELECT id FROM users
            WHERE subscription_id = $1 AND email_key >= $4 AND email_key < $5 LIMIT 100) AS f
        ORDER BY id LIMIT 100",
        subscription_id,
        &raw.from,
        &raw.end,
        &folded.from,
        &folded.end
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Row id of the user whose name or address is exactly this.
pub async fn user_called(c: &mut Conn, subscription_id: &str, text: &str) -> Result<Option<String>> {
    if !key::findable(text) {
        return Ok(None);
    }
    let row = sql!(
        c,
        optional(String,),
        "SELECT id FROM users WHERE subscription_id = $1 AND username_key = $2
        UNION ALL SELECT id FROM users WHERE subscription_id = $1 AND email_key = $3 LIMIT 1",
        subscription_id,
        key::text(text),
        key::email(text)
    )?;
    Ok(row.map(|(id,)| id))
}
