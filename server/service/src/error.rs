//! What can stop a use case. Four renderers in `server` turn it into answers.

use model::{FieldErrors, Problem};

/// Result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or not the caller's to know of.
    #[error("not found")]
    NotFound,
    /// The subscription exists, and an administrator has taken it out of use.
    #[error("the subscription {name} is out of use")]
    OutOfUse {
        /// The subscription's name, for the page that says so.
        name: String,
    },
    /// The caller may see it, but not do this.
    #[error("forbidden")]
    Forbidden,
    /// Refused input, with a reason at each field.
    #[error("invalid: {0}")]
    Invalid(FieldErrors),
    /// Somebody saved another version first.
    #[error("changed meanwhile")]
    Changed,
    /// Other objects refer to it.
    #[error("in use by {} others", .0.len())]
    InUse(Vec<Usage>),
    /// Too many attempts; try again after so many seconds.
    #[error("too many attempts, retry after {retry_after} s")]
    TooManyRequests {
        /// Seconds.
        retry_after: i64,
    },
    /// The database, or the confirmation of the configuration's version, is out of reach.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Our fault: logged with the request id, never shown.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// A refusal at one field.
    pub fn field(field: &str, problem: Problem) -> Self {
        Self::Invalid(FieldErrors::one(field, problem))
    }

    /// A fault of ours with its cause, for the log.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// An object that refers to the one in question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// `application`, `identity_scope`, `claim_values`, …
    pub object_type: String,
    /// Its name, or a count.
    pub name: String,
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Unavailable(cause) => Self::Unavailable(cause.to_string()),
            other => Self::internal(other),
        }
    }
}
