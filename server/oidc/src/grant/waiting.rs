//! What is the same for grants that somebody gives on another screen: a device's (RFC 8628 section 3.5), and an application's
//! that asked for a sign-in (OpenID Connect CIBA section 11).

use super::data::{Answered, AnsweredGrant, WaitingRow};
use super::denied::Denied;
use crate::error::{ErrorCode, OAuthError};
use crate::tenant::Application;

/// Seconds by which one who asks too often must slow down, "for this and all subsequent requests".
const SLOWER: i64 = 5;
/// Seconds that a question may come early: times are whole seconds, and networks are not even.
const TOLERANCE: i64 = 1;

/// Why there are no tokens, and what the caller must do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoTokens {
    /// Nobody has answered yet: note that there was a question, with the interval that is to be kept from now on, commit
    /// that, and answer the error.
    Wait {
        /// `authorization_pending` or `slow_down`.
        error: OAuthError,
        /// Seconds.
        interval: i64,
    },
    /// There will be none.
    Denied(Denied),
}

impl From<OAuthError> for NoTokens {
    fn from(error: OAuthError) -> Self {
        Self::Denied(error.into())
    }
}

/// True for an answer that only says to ask again.
pub fn is_to_wait(error: &OAuthError) -> bool {
    matches!(error.code, ErrorCode::AuthorizationPending | ErrorCode::SlowDown)
}

/// How a grant words it.
pub(super) struct Words {
    pub unknown: &'static str,
    pub used: &'static str,
    pub expired: &'static str,
    pub refused: &'static str,
    pub too_often: &'static str,
}

/// What was granted, if that may be fetched now.
pub(super) fn granted<'r>(
    row: &'r WaitingRow,
    application: &Application,
    words: &Words,
    now: i64,
) -> Result<&'r AnsweredGrant, NoTokens> {
    // Said in the words for an unknown one, so that another application learns nothing.
    if row.application_id != application.id() {
        return Err(OAuthError::invalid_grant(words.unknown).into());
    }
    if row.consumed {
        return Err(NoTokens::Denied(Denied::Replay(OAuthError::invalid_grant(words.used))));
    }
    if now >= row.expires_at {
        return Err(OAuthError::new(ErrorCode::ExpiredToken, words.expired).into());
    }
    match &row.answered {
        Answered::NotYet => Err(wait(row, words, now)),
        Answered::Denied => Err(OAuthError::new(ErrorCode::AccessDenied, words.refused).into()),
        Answered::Granted(granted) if granted.grant_revoked => {
            Err(OAuthError::invalid_grant("what the user granted was revoked").into())
        }
        Answered::Granted(granted) => Ok(granted),
    }
}

/// RFC 8628 section 3.5 on `slow_down`, which CIBA section 11 repeats: "A variant of `authorization_pending`, the
/// authorization request is still pending and polling should continue, but the interval MUST be increased by 5 seconds for
/// this and all subsequent requests."
fn wait(row: &WaitingRow, words: &Words, now: i64) -> NoTokens {
    let early = row.polled_at.is_some_and(|at| now.saturating_sub(at) + TOLERANCE < row.interval);
    let (code, text, interval) = if early {
        (ErrorCode::SlowDown, words.too_often, row.interval + SLOWER)
    } else {
        (ErrorCode::AuthorizationPending, "the user has not answered yet", row.interval)
    };
    NoTokens::Wait { error: OAuthError::new(code, text), interval }
}
