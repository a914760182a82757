//! What can go wrong in the database, in words that are the same on both engines.
//!
//! No value of a row is ever part of an error: causes keep the engine's code and its first line.

use std::fmt;

/// Result of every query.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a query failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached, is too busy or is out of space: worth another try later.
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// Another row already has this value.
    #[error("already taken: {0:?}")]
    Unique(Constraint),
    /// The row is still referred to, or refers to nothing.
    #[error("still in use")]
    ForeignKey,
    /// A specification names an object that does not exist.
    #[error("no {kind:?} of the name {name}")]
    UnknownName {
        /// What was looked for.
        kind: NameKind,
        /// Its name.
        name: String,
    },
    /// A stored value that this release cannot read.
    #[error("unreadable {what}")]
    Corrupt {
        /// Table or column.
        what: &'static str,
    },
    /// A text with a character that the database cannot hold (NUL).
    #[error("a character that cannot be stored")]
    Unstorable,
    /// The schema is not what this release expects.
    #[error("migration {version} was changed after it was applied")]
    Migration {
        /// Number of the migration.
        version: i64,
    },
    /// Anything else: a mistake of ours.
    #[error("the database refused a statement")]
    Other(#[source] Cause),
}

/// The unique constraints that people run into, by what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// A slug.
    SubscriptionSlug,
    /// The name of a claim in its subscription.
    ClaimName,
    /// The name of an identity or API scope in its subscription.
    ScopeName,
    /// A `client_id` or the name of an API connection in its subscription.
    ClientName,
    /// The resource indicator of an API connection, which is no name of another.
    Resource,
    /// A user name in its subscription.
    UserName,
    /// An e-mail address in its subscription.
    UserEmail,
    /// The value of a unique claim.
    ClaimValue,
    /// Any other, by the engine's name for it.
    Other(String),
}

/// What an unknown name was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A claim.
    Claim,
    /// An identity scope.
    IdentityScope,
    /// An API scope.
    ApiScope,
}

/// The engine's own words about a failure, without any value.
#[derive(Clone, Debug)]
pub struct Cause {
    /// The engine's error code, where it gave one.
    pub code: Option<String>,
    /// The engine's message.
    pub message: String,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} ({code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Cause {}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        let cause = |code| Cause { code, message: words(&error) };
        match &error {
            E::Io(_)
            | E::Tls(_)
            | E::Protocol(_)
            | E::PoolTimedOut
            | E::PoolClosed
            | E::WorkerCrashed
            | E::BeginFailed => Self::Unavailable(cause(None)),
            E::ColumnDecode { .. } | E::Decode(_) => Self::Corrupt { what: "column" },
            E::Database(database) => {
                let code = database.code().map(std::borrow::Cow::into_owned);
                if database.is_unique_violation() {
                    Self::Unique(constraint(database.constraint(), database.message()))
                } else if database.is_foreign_key_violation() {
                    Self::ForeignKey
                } else if code.as_deref() == Some("22021") {
                    Self::Unstorable
                } else if code.as_deref().is_some_and(is_passing) {
                    Self::Unavailable(cause(code))
                } else {
                    Self::Other(cause(code))
                }
            }
            _ => Self::Other(cause(None)),
        }
    }
}

/// The message alone: PostgreSQL's details quote values.
fn words(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |database| database.message().to_owned())
}

/// Conditions that pass: another try later may succeed.
fn is_passing(code: &str) -> bool {
    // PostgreSQL, appendix A: connection, resources, operator intervention, lock not available,
    // serialisation failure, deadlock, read-only after a failover.
    if code.len() == 5 {
        return ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class))
            || matches!(code, "55P03" | "40001" | "40P01" | "25006");
    }
    // SQLite: the primary code is the low byte. BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

/// PostgreSQL names the constraint; SQLite names the columns in its message.
fn constraint(name: Option<&str>, message: &str) -> Constraint {
    let name = name.unwrap_or_else(|| message.trim_start_matches("UNIQUE constraint failed: "));
    match name {
        "subscriptions_slug_key" | "subscriptions.slug" => Constraint::SubscriptionSlug,
        "claims_subscription_id_name_key" | "claims.subscription_id, claims.name" => Constraint::ClaimName,
        "scopes_subscription_id_name_key" | "scopes.subscription_id, scopes.name" => Constraint::ScopeName,
        "client_names_pkey"
        | "client_names.subscription_id, client_names.name"
        | "applications_by_client_id"
        | "applications.subscription_id, applications.client_id"
        | "api_connections_by_name"
        | "api_connections.subscription_id, api_connections.name" => Constraint::ClientName,
        "users_by_username" | "users.subscription_id, users.username_key" => Constraint::UserName,
        "users_by_email" | "users.subscription_id, users.email_key" => Constraint::UserEmail,
        "claim_values_unique" | "claim_values.claim_id, claim_values.unique_key" => Constraint::ClaimValue,
        other => Constraint::Other(other.to_owned()),
    }
}
