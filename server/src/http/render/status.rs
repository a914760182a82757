//! Which status an error of a use case has, and what of it is logged.

use axum::http::StatusCode;
use service::Error;

/// Status of a use case that did not happen.
pub fn service_status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Forbidden | Error::OutOfUse { .. } => StatusCode::FORBIDDEN,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Changed | Error::InUse(_) => StatusCode::CONFLICT,
        Error::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Seconds for `Retry-After`, where trying again makes sense.
pub fn retry_after(error: &Error) -> Option<i64> {
    match error {
        Error::TooManyRequests { retry_after } => Some((*retry_after).max(1)),
        Error::Unavailable(_) => Some(1),
        _ => None,
    }
}

/// Causes go to the log, with the request's id, and nowhere else (docs/security.md 79).
pub fn log(error: &Error) {
    match error {
        Error::Internal(cause) => tracing::error!(%cause, "internal error"),
        Error::Unavailable(cause) => tracing::warn!(%cause, "unavailable"),
        _ => {}
    }
}
